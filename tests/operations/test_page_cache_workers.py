"""The page cache under the real server: no worker shows an old page after a publication."""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.operations import proc
from tests.operations.serving import ROOT, PortalServer, environment

pytestmark = pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="asks Linux's /proc who holds which connection")

CONNECTIONS = 8
REPETITIONS = 200
PATH = "/fr/sessions/"

PUBLISHER = """
import json, sys
from sessions.models import WorkshopPage
from wagtail.models import Locale

page = WorkshopPage.objects.get(locale=Locale.objects.get(language_code="fr"))
for line in sys.stdin:
    order = json.loads(line)
    if order["do"] == "publish":
        page.title = order["title"]
        page.save_revision().publish()
    else:
        getattr(page, order["do"])()
    print("done", flush=True)
"""


@pytest.fixture
def publisher(server: PortalServer) -> Iterator[subprocess.Popen[str]]:
    """Yield a process that publishes what it is told, beside the web workers."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", PUBLISHER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=environment(server.var_dir), **pipes) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def tell(publisher: subprocess.Popen[str], **order: str) -> None:
    """Have the publisher do something, and wait until it has."""
    assert publisher.stdin
    assert publisher.stdout
    publisher.stdin.write(json.dumps(order) + "\n")
    publisher.stdin.flush()
    assert publisher.stdout.readline() == "done\n"


def ask(connection: http.client.HTTPConnection, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Ask for the page through a connection that stays open, so that the same worker answers each time."""
    connection.request("GET", PATH, headers=headers or {})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def holders(server: PortalServer) -> set[int]:
    """Return the processes that hold connections to the server's port."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    inodes = {f"socket:[{line[9]}]" for line in lines if line[1].endswith(f":{server.port:04X}") and line[3] == "01"}
    return {pid for pid in proc.children(server.pid) if inodes & {_target(link) for link in Path(f"/proc/{pid}/fd").iterdir()}}


def _target(link: Path) -> str:
    try:
        return os.readlink(link)  # noqa: PTH115 - a socket is no path
    except OSError:
        return ""


def test_no_worker_shows_an_old_page_after_a_publication(server: PortalServer, publisher: subprocess.Popen[str]) -> None:
    with ExitStack() as stack:
        connections = [
            stack.enter_context(closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)))
            for _ in range(CONNECTIONS)
        ]
        for connection in connections:
            connection.connect()
        for connection in connections:
            ask(connection)
        seen: set[int] = set()
        for number in range(REPETITIONS):
            title = f"Titre numéro {number}."
            tell(publisher, do="publish", title=title)
            for connection in connections:
                status, text = ask(connection)
                assert (status, title in text) == (200, True), f"an old page after publication {number}"
            seen |= holders(server)
        tell(publisher, do="unpublish")
        assert {ask(connection)[0] for connection in connections} == {404}
    assert len(seen) == 2, "both workers were asked"


def test_pages_are_kept_and_a_page_that_is_known_costs_no_bytes(server: PortalServer) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as connection:
        connection.request("GET", PATH, headers={"Accept-Encoding": "br"})
        first = connection.getresponse()
        first.read()
        assert first.headers["Content-Encoding"] == "br"
        connection.request("GET", PATH, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
        second = connection.getresponse()
        assert (second.status, second.read()) == (304, b"")
        connection.request("HEAD", PATH, headers={"Accept-Encoding": "br"})
        third = connection.getresponse()
        assert (third.headers["Content-Length"], third.read()) == (first.headers["Content-Length"], b"")
