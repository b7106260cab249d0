"""Draws the first pages of a PDF, in a process of its own: `python -m sessions.previews.drawing SOURCE FOLDER`.

PDFium reads what anybody made. Whatever a file does to it happens in a process that has little memory, little time and writes
images into one folder; `sessions.previews.domain` starts it and reads them.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from pathlib import Path

MAX_PAGES = 12
WIDTH = 480
MAX_HEIGHT = 960
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 30
MAX_WRITTEN = 4 * 1024 * 1024
QUALITY = 72


def draw(source: Path, folder: Path) -> dict[str, int]:
    """Write the first pages of `source` as `1.webp`, `2.webp` ... into `folder`; return `images`, `pages`, `width`, `height`.

    Raises what PDFium and Pillow raise for a file that is broken, locked or no PDF.
    """
    import pypdfium2  # loaded under the limits, and in this process only

    document = pypdfium2.PdfDocument(source)
    done = {"images": 0, "pages": len(document), "width": 0, "height": 0}
    for number in range(min(len(document), MAX_PAGES)):
        page = document[number]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), MAX_HEIGHT / max(height, 1))
        image = page.render(scale=scale).to_pil().convert("RGB")
        image.save(folder / f"{number + 1}.webp", quality=QUALITY, method=4)
        if not number:
            done["width"], done["height"] = image.size
        done["images"] += 1
    return done


def limit() -> None:
    """Leave this process little memory, time and room: a hostile file ends it, not the server."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, MAX_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # some systems know no limit of this kind
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    limit()
    sys.stdout.write(json.dumps(draw(Path(sys.argv[1]), Path(sys.argv[2]))))
