"""Search as it is served, beside Wagtail's own: `python -m tests.benchmarks.search_pages [--pages 10000]` (needs wrk).

The portal's server on a folder of its own, with so many practices of some 1,200 characters. Questions of two to four words: a
third as they follow each other in some page, a third so without stop words, a third expressions of the portal's glossary;
mixed, and then each kind by itself, for Wagtail's cost grows with the square of what it finds. `/api/search/` answers twenty
hits with snippets and all facets. Beside it, in the same server over the same pages, stands the search page that Wagtail's
project template ships, on the database backend, which answers ten titles. Exit status 1 if ours answers the mixed questions
less than five times as often a second.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.pages import ANEW, TASKS_SECONDS, fetch, say, tasks_waiting
from tests.benchmarks.wrk import Measure, WrkMissingError, drive, ensure_wrk
from tests.operations.serving import ROOT, PortalServer, environment, manage
from tests.operations.waiting import wait_until

SETTINGS = "tests.benchmarks.site_settings"
CONNECTIONS = (1, 8)
SECONDS = 15
WARM_REQUESTS = 40
FILL_SECONDS = 1_800.0
BAR = 5.0
WAGTAIL, API, PAGE = "Wagtail's search page", "/api/search/", "/fr/search/"
ADDRESSES = {WAGTAIL: "/wagtail-search/", API: "/api/search/", PAGE: "/fr/search/"}


def prepare(var_dir: Path, pages: int) -> dict[str, list[str]]:
    """Make a portal with so many practices, indexed by both searches; return kind -> questions as parts of an address."""
    for command in ("migrate", "load_content"):
        done = manage(var_dir, command, settings=SETTINGS)
        if done.returncode:
            raise RuntimeError(done.stderr)
    file = var_dir / "questions.json"
    command = [sys.executable, "-m", "tests.benchmarks.library", str(pages), str(file)]
    subprocess.run(command, cwd=ROOT, env=environment(var_dir, SETTINGS), timeout=FILL_SECONDS, check=True)
    found: dict[str, list[str]] = json.loads(file.read_text(encoding="ascii"))
    return found


def measure(base: str, path: str, questions: list[str], connections: tuple[int, ...] = CONNECTIONS) -> dict[int, Measure]:
    """Warm an address up, then ask it the questions with each number of connections."""
    with tempfile.TemporaryDirectory(prefix="search-questions-") as folder:
        return _measure(base, path, questions, connections, Path(folder))


def _measure(base: str, path: str, questions: list[str], connections: tuple[int, ...], folder: Path) -> dict[int, Measure]:
    file = folder / "addresses.txt"
    file.write_text("".join(f"{path}?{question}\n" for question in questions), encoding="ascii")
    for question in questions[:WARM_REQUESTS]:
        fetch(f"{base}{path}?{question}")
    return {number: drive(base, number, SECONDS, ANEW, file) for number in connections}


def row(name: str, measures: dict[int, Measure], slowest: dict[int, Measure]) -> str:
    """Return a line of the table."""
    cells = [f"{name:<24}"]
    for connections, seen in measures.items():
        failed = f" {seen.errors} FAILED" if seen.errors else ""
        cells.append(f"{seen.rate:9.1f} {seen.p50:9.1f} {seen.p99:9.1f} {seen.rate / slowest[connections].rate:8.1f}{failed}")
    return " |".join(cells)


def heading() -> str:
    """Return the two lines above the table."""
    load = "".join(f" |{f'{connections} connection(s)':^39}" for connections in CONNECTIONS)
    return f"{'':<24}{load}\n{'':<24}" + " |    req/s    p50 ms    p99 ms    times" * len(CONNECTIONS)


def by_kind(base: str, kind: str, questions: list[str]) -> str:
    """Return a line on questions of one kind."""
    most = CONNECTIONS[-1:]
    (wagtail,), (api,) = (measure(base, ADDRESSES[name], questions, most).values() for name in (WAGTAIL, API))
    rates = f"Wagtail {wagtail.rate:.1f}, /api/search/ {api.rate:.1f} req/s"
    return f"{kind:<24} at {most[0]} connections: {rates}: {api.rate / wagtail.rate:.1f} times"


def bench(folder: Path, pages: int) -> bool:
    """Measure everything and print it; return whether the bar is kept."""
    say(f"Making a portal with {pages:,} practices (this takes a few minutes) ...")
    questions = prepare(folder / "var", pages)
    mixed = list(itertools.chain.from_iterable(zip(*questions.values(), strict=True)))
    found: dict[str, dict[int, Measure]] = {}
    with PortalServer(folder / "var", settings=SETTINGS) as server:
        wait_until(lambda: tasks_waiting(server.var_dir) == 0, TASKS_SECONDS, "the background tasks of the first start are done")
        say(f"\n{os.cpu_count()} processors under a load of {os.getloadavg()[0]:.1f}, 2 workers of 4 threads, {SECONDS} s each")
        say(f"{len(mixed)} questions: {', '.join(questions)}\n\n{heading()}")
        for name, path in ADDRESSES.items():
            found[name] = measure(server.url, path, mixed)
            say(row(name, found[name], found[WAGTAIL]))
        say("")
        for kind, some in questions.items():
            say(by_kind(server.url, kind, some))
    times = min(found[API][number].rate / found[WAGTAIL][number].rate for number in CONNECTIONS)
    say(f"\n/api/search/ answers {times:.1f} times as many requests a second as Wagtail's own search (bar: {BAR:g})")
    return times >= BAR


def main() -> int:
    """Measure, or say in one line why not; 1 if the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=10_000)
    arguments = parser.parse_args()
    try:
        ensure_wrk()
        with tempfile.TemporaryDirectory(prefix="search-pages-") as folder:
            return int(not bench(Path(folder), arguments.pages))
    except (WrkMissingError, OSError, subprocess.SubprocessError, RuntimeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
