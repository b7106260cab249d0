"""`make bench`: how fast the public pages are beside a bare Django view, in one run, with 60 sessions over three days.

Each page is asked for twice: by visitors whom the page cache answers, and by readers with a cookie, for whom it is made anew.
With `PAGE_CACHE=0` nothing at all is remembered between two requests, and both rows are the same.
Loopback only. It takes about three minutes after the server's first start: `BENCH_SECONDS` (default 4) for each page and load.
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
from dataclasses import dataclass, replace
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
ANEW = "reader=1"
"""A cookie that the page cache does not know: whoever bears it has every page made anew."""

PRETALX = 18.6 / 3363
"""What pretalx's programme without JavaScript does with 60 sessions, as a share of the bare view beside it (two workers each)."""

ANEW_BAR, KEPT_BAR = 5 * PRETALX, 50 * PRETALX
SIXTY_SESSIONS = "from tests.benchmarks.workshop import make; print(make())"
NAME = 18
NOT_PAGES = {"contribute", "dashboard"}
"""Addresses below the library that are no practice."""


@dataclass(frozen=True)
class Page:
    """An address to measure, under the name that the table shows, asked for with a cookie if there is one."""

    name: str
    url: str
    cookie: str = ""


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
    """Serve the bare view as the portal is served; below it, at `cached/`, is the same through Django's cache."""
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
    return {connections: drive(page.url, connections, SECONDS, page.cookie) for connections in CONNECTIONS}


def row(page: Page, measures: dict[int, Measure], bare: dict[int, Measure], weight: Weight) -> str:
    """Return a line of the table."""
    cells = [f"{page.name:<{NAME}}"]
    for connections, seen in measures.items():
        failed = f" {seen.errors} FAILED" if seen.errors else ""
        cells.append(f"{seen.rate:8.0f} {seen.p50:7.1f} {seen.p99:7.1f} {seen.rate / bare[connections].rate:6.1%}{failed}")
    cells.append(f"{weight.sent:8} {weight.plain:8} {weight.gzip:7} {weight.brotli:7}")
    return " |".join(cells)


def heading() -> str:
    """Return the two lines above the table."""
    load = "".join(f" |{f'{connections} connection(s)':^31}" for connections in CONNECTIONS)
    units = " |   req/s  p50 ms  p99 ms of bare" * len(CONNECTIONS)
    return f"{'':<{NAME}}{load} |{'bytes of the page':^33}\n{'page':<{NAME}}{units} |    sent    plain    gzip      br"


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
        made = server.manage("shell", "--no-imports", "-c", SIXTY_SESSIONS)
        if made.returncode:
            raise LookupError(f"the 60 sessions could not be made:\n{made.stderr}")
        wait_until(lambda: tasks_waiting(server.var_dir) == 0, TASKS_SECONDS, "the background tasks of the first start are done")
        bare = measure(bare_page)
        say(f"\n{os.cpu_count()} processors under a load of {os.getloadavg()[0]:.1f}, 2 workers of 4 threads, {SECONDS} s each")
        say(f"\n{heading()}")
        say(row(bare_page, bare, bare, weigh(bare_page.url)))
        cached = replace(bare_page, name="bare, cached", url=f"{bare_page.url}cached/")
        say(row(cached, measure(cached), bare, weigh(cached.url)))
        for page in pages(server.url):
            anew, kept = replace(page, cookie=ANEW), replace(page, name=f"{page.name}, kept")
            measures = measure(anew), measure(kept)
            for one, seen in zip((anew, kept), measures, strict=True):
                say(row(one, seen, bare, weigh(one.url)))
            if page.name == "programme":
                verdict = compare(*measures, bare)
        say(f"\n{verdict}")
        say(f"memory of all {len(proc.family(server.pid))} processes: {proc.memory(server.pid) >> 20} MB PSS (aim: under 400)")


def compare(anew: dict[int, Measure], kept: dict[int, Measure], bare: dict[int, Measure]) -> str:
    """Return how the programme stands beside pretalx's, both held against the bare view of their own run."""
    most = CONNECTIONS[-1]
    shares = anew[most].rate / bare[most].rate, kept[most].rate / bare[most].rate
    return (
        f"programme: anew {shares[0]:.1%} of the bare view (bar {ANEW_BAR:.1%}), {shares[0] / PRETALX:.1f} times pretalx's; "
        f"kept {shares[1]:.1%} (bar {KEPT_BAR:.1%}), {shares[1] / PRETALX:.0f} times"
    )


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
