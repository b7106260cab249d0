"""A real Elasticsearch node for the tests: started in seconds on a free local port, gone with them.

`python -m tests.elasticsearch.node [number]` starts one or several and prints their addresses until interrupted.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.elasticsearch import distribution
from tests.elasticsearch.distribution import NodeUnavailableError

USER = 39_200
"""Elasticsearch refuses to run as root: a numeric user of its own, which owns nothing but the node's data."""
JAVA = "-Xms512m -Xmx512m -XX:-UseG1GC -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
"""Little memory and a quick start, for the tests; no speed is measured so."""
START_TIMEOUT = 300
LOCAL = "127.0.0.1"
_SETTINGS = {
    "network.host": LOCAL,
    "xpack.security.enabled": "false",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "bootstrap.memory_lock": "false",
}


class Node:
    """One process of Elasticsearch with its data in a folder of its own."""

    def __init__(self, name: str, port: int, transport_port: int, peers: Sequence["tuple[str, int]"], java: str) -> None:
        self.name, self.url = name, f"http://{LOCAL}:{port}"
        self.folder = Path(tempfile.mkdtemp(prefix="portal-elasticsearch-"))
        self._ports, self._peers, self._java = (port, transport_port), peers, java
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process; `wait` says when it answers. After `kill` it starts again with its data."""
        home, java = distribution.home(), distribution.java_home()
        self._configure(home)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "ES_JAVA_HOME": str(java),
            "ES_PATH_CONF": str(self.folder / "config"),
            "ES_TMPDIR": str(self.folder / "tmp"),
            "ES_JAVA_OPTS": self._java,
            "CLI_JAVA_OPTS": "-Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
        }
        as_user = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
        with (self.folder / "output").open("ab") as output:
            self._process = subprocess.Popen(
                [home / "bin" / "elasticsearch"],
                cwd=self.folder,
                env=environment,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                **as_user,
            )

    @property
    def pid(self) -> int:
        """The launcher, whose child the server is. Raises NodeUnavailableError before `start`."""
        if self._process is None:
            raise NodeUnavailableError("The node was not started.")
        return self._process.pid

    def wait(self, nodes: int = 1) -> None:
        """Return when a cluster of so many nodes answers. Raises NodeUnavailableError if it does not."""
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise NodeUnavailableError(f"Elasticsearch ended while starting: {self._last_words()}")
            with contextlib.suppress(OSError, ValueError):
                health = self.ask(f"/_cluster/health?wait_for_nodes={nodes}&wait_for_status=yellow&timeout=5s", timeout=10)
                if not health["timed_out"] and health["number_of_nodes"] == nodes:
                    return
            time.sleep(0.2)
        raise NodeUnavailableError(f"Elasticsearch did not start in {START_TIMEOUT} seconds: {self._last_words()}")

    def ask(self, path: str, timeout: float = 5) -> dict:
        """Return what the node answers to a GET of `path`."""
        with urllib.request.urlopen(f"{self.url}{path}", timeout=timeout) as answer:
            return json.load(answer)

    def kill(self) -> None:
        """End the node as a failing machine would."""
        self._signal(signal.SIGKILL)
        if self._process:
            self._process.wait(20)

    def pause(self) -> None:
        """Let the node hang: it keeps its connections and answers nothing."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a paused node go on."""
        self._signal(signal.SIGCONT)

    def close(self) -> None:
        """End the node and remove its data."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _signal(self, number: int) -> None:
        """Reach the launcher and the server that it started: the session that `start` made holds both."""
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, number)

    def _configure(self, home: Path) -> None:
        config = self.folder / "config"
        if not config.exists():
            shutil.copytree(home / "config", config)
            (self.folder / "tmp").mkdir()
        lines = {**_SETTINGS, **self._own_settings()}
        (config / "elasticsearch.yml").write_text("".join(f"{name}: {value}\n" for name, value in lines.items()))
        if os.geteuid() == 0:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, USER, USER)

    def _own_settings(self) -> dict[str, str]:
        port, transport_port = self._ports
        settings = {
            "cluster.name": f"tests-{self._peers[0][1]}",
            "node.name": self.name,
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "http.port": str(port),
            "transport.port": str(transport_port),
        }
        if len(self._peers) < 2:
            return {**settings, "discovery.type": "single-node"}
        return {
            **settings,
            "discovery.seed_hosts": json.dumps([f"{LOCAL}:{peer}" for _name, peer in self._peers]),
            "cluster.initial_master_nodes": json.dumps([name for name, _peer in self._peers]),
        }

    def _last_words(self) -> str:
        lines = (self.folder / "output").read_text(errors="replace").splitlines()
        return " | ".join([line for line in lines if not line.startswith("\tat ")][-5:]) or "no output"


@contextlib.contextmanager
def running(number: int = 1, java: str = JAVA) -> Iterator[list[Node]]:
    """Give the nodes of one cluster, ready, and take them away afterwards. Raises NodeUnavailableError.

    `java` are the options of the Java that runs each.
    """
    ports = _free_ports(2 * number)
    peers = [(f"node-{place}", ports[number + place]) for place in range(number)]
    nodes = [Node(name, ports[place], transport, peers, java) for place, (name, transport) in enumerate(peers)]
    try:
        for node in nodes:
            node.start()
        for node in nodes:
            node.wait(number)
        yield nodes
    finally:
        for node in nodes:
            node.close()


def _free_ports(number: int) -> list[int]:
    """Return ports that nobody listens to; all are held until all are known, so that they differ."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for one in sockets:
            one.bind((LOCAL, 0))
        return [one.getsockname()[1] for one in sockets]


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with running(int(sys.argv[1]) if len(sys.argv) > 1 else 1) as started:
        sys.stdout.write(",".join(node.url for node in started) + "\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()
