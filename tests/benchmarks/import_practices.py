"""How long 10,000 rows take, and how much memory: `python -m tests.benchmarks.import_practices [ROWS]`.

In a folder of its own: a portal is made, then CSV, XLSX and JSON Lines of as many practices are checked, the last is imported,
and imported again. Texts are recombined from the shared corpora. Prints seconds and the peak of the memory of each run.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django

ROWS = 10_000
SEED = 20_201_123
PROJECT = Path(__file__).resolve().parents[2]
LANGUAGES = ("ar", "fr", "en")
BAR = "bar: 300 s, 500 MB"


def rows(number: int) -> Any:
    """Yield practices as exports have them, each in one language, the languages by turns."""
    from good_practices.exchange.columns import Kind, columns
    from tests.benchmarks import corpus

    choice = random.Random(SEED)
    paragraphs = corpus.passages()
    empty: dict[str, Any] = {column.name: [] if column.kind in (Kind.LINES, Kind.CODES) else "" for column in columns()}
    for place in range(number):
        language = LANGUAGES[place % len(LANGUAGES)]
        text = corpus.variant(language, paragraphs[language], choice)
        words = {"title": text.title[:250], "summary": text.body[:250], "problem": text.body, "action": text.body[::-1][:600]}
        yield {
            **empty,
            **{f"{field}_{language}": value for field, value in words.items()},
            **{"external_id": f"row-{place}", "instrument": "petition", "territory": "04.421", "outcome": "under_way"},
            **{"themes": ["environment", "quality-of-life"], "axes": ["youth"], "evidence": ["https://example.org/"]},
            **{f"evidence_titles_{language}": ["x"], "figures": ["12 km"], f"figure_labels_{language}": ["y"]},
            **{"stage_filed_on": "2019-03-01", "illustrative": True},
        }


def measured(label: str, *command: str) -> None:
    """Run a command of the portal and print what it took."""
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "manage.py", *command], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    said = process.stdout.read().strip() if process.stdout else ""
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds, megabytes = time.monotonic() - began, usage.ru_maxrss / 1024
    sys.stdout.write(f"{label:<32} {seconds:7.1f} s {megabytes:7.0f} MB   {said.splitlines()[-1] if said else ''}\n")
    sys.stdout.flush()
    if status:
        sys.exit(f"{label}: ended with {status}")


def main() -> None:
    """Measure all of it."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update({"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings.local"})
        for command in (("migrate", "-v0"), ("load_content",)):
            measured(command[0], *command)
        django.setup()
        from good_practices.exchange.formats import write

        sys.stdout.write(f"{number} rows; {BAR}\n")
        for kind in ("csv", "xlsx", "jsonl"):
            path = Path(folder) / f"practices.{kind}"
            write(rows(number), path, kind)
            measured(f"check {kind} ({path.stat().st_size >> 20} MB)", "import_practices", str(path), "--dry-run", "--publish")
        measured("import", "import_practices", str(path), "--publish")
        measured("import again", "import_practices", str(path), "--publish")
        measured("export xlsx", "export_practices", f"{folder}/library.xlsx")


if __name__ == "__main__":
    main()
