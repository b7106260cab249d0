"""`make bench`: how fast the public pages are beside a bare Django view, on the demonstration content, in one run.

Loopback only. It takes about two minutes after the server's first start: `BENCH_SECONDS` (default 4) for each page and load.
"""

import gzip
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import brotli

from tests.benchmarks.wrk import Measure, WrkMissingError, drive, ensure_wrk
from tests.operations import proc
from tests.operations.serving import ROOT, PortalServer, free_port
from tests.operations.waiting import wait_until

SECONDS = int(os.environ.get("BENCH_SECONDS", "4"))
CONNECTIONS = (1, 8)
WARM_REQUESTS = 20
SEARCH = "/ar/search/?q=" + urllib.parse.quote("عرائض النقل المدرسي")
TASKS_SECONDS = 180.0
AIM = 60
NOT_PAGES = {"contribute", "dashboard"}
"""Addresses below the library that are no practice."""


@dataclass(frozen=True)
class Page:
    """An address to measure, under the name that the table shows."""

    name: str
    url: str


@dataclass(frozen=True)
class Weight:
    """Bytes of a page's body: as sent to a browser, plain, and as it would be compressed."""

    sent: int
    plain: int
    gzip: int
    brotli: int


def fetch(url: str, compressed: bool = False) -> bytes:
    """Return the body of an address as it was sent. Raises HTTPError where it is no success."""
    headers = {"Accept-Encoding": "br, gzip"} if compressed else {}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as response:
        return bytes(response.read())


def weigh(url: str) -> Weight:
    """Return how heavy a page is."""
    plain = fetch(url)
    return Weight(
        len(fetch(url, compressed=True)), len(plain), len(gzip.compress(plain, 6)), len(brotli.compress(plain, quality=5))
    )


def first_link(url: str, under: str) -> str:
    """Return the first address directly below `under` that the page links to."""
    links = re.findall(rf'href="({re.escape(under)}[^/"?#.]+/)"', fetch(url).decode())
    found = [link for link in links if link.removeprefix(under).strip("/") not in NOT_PAGES]
    if not found:
        raise LookupError(f"{url} links to nothing below {under}")
    return found[0]


def pages(base: str) -> Iterator[Page]:
    """Yield the pages of the main job, those inside found from the pages that list them."""
    yield Page("home", f"{base}/ar/")
    yield Page("programme", f"{base}/ar/sessions/")
    yield Page("session", base + first_link(f"{base}/ar/sessions/", "/ar/sessions/"))
    yield Page("library", f"{base}/ar/practices/")
    practice = next(
        match
        for match in re.findall(r'href="(/ar/practices/[^/"?#.]+/)"', fetch(f"{base}/ar/practices/").decode())
        if "contribute" not in match
    )
    yield Page("practice", base + practice)
    yield Page("search", base + SEARCH)


@contextmanager
def bare_view() -> Iterator[Page]:
    """Serve the bare view as the portal is served."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.bare", str(port)], cwd=ROOT)
    page = Page("bare view", f"http://127.0.0.1:{port}/")
    try:
        wait_until(lambda: _answers(page.url), 20, "the bare view answers")
        yield page
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def _answers(url: str) -> bool:
    try:
        return bool(fetch(url))
    except OSError:
        return False


def measure(page: Page) -> dict[int, Measure]:
    """Warm a page up, then drive it with each number of connections."""
    for _ in range(WARM_REQUESTS):
        fetch(page.url)
    return {connections: drive(page.url, connections, SECONDS) for connections in CONNECTIONS}


def row(page: Page, measures: dict[int, Measure], bare: dict[int, Measure], weight: Weight) -> str:
    """Return a line of the table."""
    cells = [f"{page.name:<10}"]
    for connections, seen in measures.items():
        failed = f" {seen.errors} FAILED" if seen.errors else ""
        cells.append(f"{seen.rate:8.0f} {seen.p50:7.1f} {seen.p99:7.1f} {seen.rate / bare[connections].rate:6.1%}{failed}")
    cells.append(f"{weight.sent:8} {weight.plain:8} {weight.gzip:7} {weight.brotli:7}")
    return " |".join(cells)


def heading() -> str:
    """Return the two lines above the table."""
    load = "".join(f" |{f'{connections} connection(s)':^31}" for connections in CONNECTIONS)
    units = " |   req/s  p50 ms  p99 ms of bare" * len(CONNECTIONS)
    return f"{'':<10}{load} |{'bytes of the page':^33}\n{'page':<10}{units} |    sent    plain    gzip      br"


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def tasks_waiting(var_dir: Path) -> int:
    """Return how many background tasks are not done yet: the first start leaves many, which would disturb the measure."""
    with closing(sqlite3.connect(f"file:{var_dir / 'portal.sqlite3'}?mode=ro", uri=True)) as database:
        query = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"
        return int(database.execute(query).fetchone()[0])


def bench(folder: Path) -> None:
    """Measure everything and print it."""
    say("Starting the portal on a folder of its own (its first start takes a while) ...")
    with PortalServer(folder / "var") as server, bare_view() as bare_page:
        wait_until(lambda: tasks_waiting(server.var_dir) == 0, TASKS_SECONDS, "the background tasks of the first start are done")
        bare = measure(bare_page)
        say(f"\n{os.cpu_count()} processors under a load of {os.getloadavg()[0]:.1f}, 2 workers of 4 threads, {SECONDS} s each")
        say(f"\n{heading()}")
        say(row(bare_page, bare, bare, weigh(bare_page.url)))
        slowest = float("inf")
        for page in pages(server.url):
            measures = measure(page)
            slowest = min(slowest, measures[CONNECTIONS[-1]].rate)
            say(row(page, measures, bare, weigh(page.url)))
        say(f"\nslowest page at {CONNECTIONS[-1]} connections: {slowest:.0f} requests/s (aim: {AIM})")
        say(f"memory of all {len(proc.family(server.pid))} processes: {proc.memory(server.pid) >> 20} MB PSS (aim: under 400)")


def main() -> int:
    """Measure, or say in one line why not; return the exit status."""
    try:
        ensure_wrk()
        with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
            bench(Path(folder))
    except (WrkMissingError, LookupError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
