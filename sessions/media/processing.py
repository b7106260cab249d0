"""From an original to its renditions, in a folder that nobody sees yet. Knows files only, no database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from sessions.enums import RenditionKind
from sessions.media import ffmpeg, recipes
from sessions.media.faults import Fault, MediaError
from sessions.media.probe import Probe, probe
from sessions.media.recipes import Recipe

SLOWNESS = 8.0
"""How many times its own length the preparation of a recording may take."""
LEAST_SECONDS = 300.0
SPARE_BYTES = 200 << 20
MISSING_SHARE, MISSING_SECONDS = 0.1, 2.0
"""What may be missing at the end of a file that is still called whole."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made; `size` in bytes, `width` and `height` in pixels where it has a picture."""

    recipe: Recipe
    size: int
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """All that was made of a recording; `duration` in seconds, measured on what was made."""

    duration: float
    has_video: bool
    files: list[Made]


Report = Callable[[int], None]
"""Is told the progress, in per cent."""


def make(original: Path, source: Probe, work: Path, folder: Path, report: Report) -> Product:
    """Make the renditions of `original` in `folder` and return what they are; `work` is for ffmpeg's messages.

    Raises MediaError; what stands in `folder` is then worth nothing.
    """
    wanted = recipes.main_recipes(source)
    limit = settings.MEDIA_MAX_SECONDS
    if shutil.disk_usage(folder).free < recipes.bytes_needed(wanted, source.duration or 0) + SPARE_BYTES:
        raise MediaError(Fault.NO_SPACE)
    seconds = max(LEAST_SECONDS, SLOWNESS * (source.duration or limit))
    arguments = ["-v", "error", "-progress", "pipe:1", "-nostats", *ffmpeg.opened(original, source.demuxer)]
    # One second more than the limit, so that what is longer shows as longer.
    arguments += recipes.outputs(wanted, folder, limit + 1)
    ffmpeg.run(arguments, work, seconds=seconds, on_line=_progress(source.duration, report))
    files = {one.kind: _measured(one, work, folder) for one in wanted}
    duration = max(found.duration or 0 for found, _made in files.values())
    _check_whole(source, duration)
    made = [one for _found, one in files.values()]
    made += _pictures(files, work, folder, duration)
    report(100)
    return Product(duration, source.size is not None, made)


def _progress(duration: float | None, report: Report) -> Callable[[str], None]:
    """Return what reads ffmpeg's `-progress` and reports up to 95 per cent of a recording of `duration` seconds."""

    def read(line: str) -> None:
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.lstrip("-").isdigit() and duration:
            report(max(0, min(95, int(int(value) / 1e6 / duration * 95))))

    return read


def _measured(recipe: Recipe, work: Path, folder: Path) -> tuple[Probe, Made]:
    """Read a file that was made as a stranger's: what cannot be read, or lasts no time, is not served."""
    found = probe(folder / recipe.name, work)
    if not found.duration:
        raise MediaError(Fault.BROKEN, f"{recipe.name} lasts no time")
    return found, Made(recipe, (folder / recipe.name).stat().st_size, *(found.size or ()))


def _check_whole(source: Probe, duration: float) -> None:
    if duration > settings.MEDIA_MAX_SECONDS:
        raise MediaError(Fault.TOO_LONG, f"{duration:.0f} s")
    declared = source.duration or 0
    if declared - duration > max(MISSING_SECONDS, declared * MISSING_SHARE):
        raise MediaError(Fault.TRUNCATED, f"{duration:.0f} s of {declared:.0f} s")


def _pictures(files: dict[RenditionKind, tuple[Probe, Made]], work: Path, folder: Path, duration: float) -> list[Made]:
    """Make what stands for a recording before it plays: a picture of a video, the line of a sound."""
    made = []
    video = files.get(RenditionKind.VIDEO_720) or files.get(RenditionKind.VIDEO_360)
    if video:
        found, one = video
        start = ["-ss", f"{min(duration * 0.1, 30):.2f}"]
        made.append(_picture(recipes.POSTER, folder / one.recipe.name, work, folder, before=start, size=found.size))
    if RenditionKind.AUDIO in files:
        source = folder / recipes.AUDIO.name
        made.append(_picture(recipes.WAVEFORM, source, work, folder, before=[], size=(960, 96)))
    return made


def _picture(recipe: Recipe, source: Path, work: Path, folder: Path, *, before: list[str], size: tuple[int, int] | None) -> Made:
    target = folder / recipe.name
    arguments = ["-v", "error", *before, *ffmpeg.opened(source, "mov"), *recipe.arguments, str(target)]
    ffmpeg.run(arguments, work, seconds=LEAST_SECONDS, on_line=lambda line: None)
    return Made(recipe, target.stat().st_size, *(size or ()))
