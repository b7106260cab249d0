"""The real server, as a process of its own on a folder of its own: `manage.py serve`, started, asked, stopped or killed."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.operations import proc
from tests.operations.waiting import wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = "portal.settings.local"
FIRST_START_SECONDS = 300.0
"""Migrations, content, index and static files, on a slow machine."""


@dataclass(frozen=True)
class Account:
    """A demonstration account, as its line in `var/demonstration_accounts.txt` says it."""

    role: str
    email: str
    password: str


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(var_dir: Path, settings: str = SETTINGS) -> dict[str, str]:
    """Return the environment of a machine of one's own, whatever settings the tests run with, on `var_dir`."""
    kept = {name: value for name, value in os.environ.items() if name not in ("TEST_VAR_DIR", "DATABASE_URL", "WEB_WORKERS")}
    return {**kept, "DJANGO_SETTINGS_MODULE": settings, "VAR_DIR": str(var_dir)}


def manage(
    var_dir: Path, *arguments: str, seconds: float = FIRST_START_SECONDS, settings: str = SETTINGS
) -> subprocess.CompletedProcess[str]:
    """Run a management command on `var_dir` to its end and return what became of it."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment(var_dir, settings), capture_output=True, text=True, timeout=seconds, check=False
    )


class PortalServer:
    """One run of the server. Start it by entering it; leaving stops it."""

    def __init__(self, var_dir: Path, port: int | None = None, log: Path | None = None, settings: str = SETTINGS) -> None:
        self.var_dir = var_dir
        self.settings = settings
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log_path = log or var_dir.with_name(f"{var_dir.name}-{self.port}.log")
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "PortalServer":
        try:
            return self.start()
        except BaseException:
            self.kill()
            raise

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> "PortalServer":
        """Start the server in a process group of its own and wait until it answers. Raises AssertionError with its log."""
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
        with self.log_path.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment(self.var_dir, self.settings), stdout=log, stderr=log, start_new_session=True
            )
        try:
            wait_until(self._answers_or_ended, FIRST_START_SECONDS, "the server answers")
        except AssertionError as late:
            raise AssertionError(f"{late}\n{self.log()}") from None
        if not self.answers():
            raise AssertionError(f"the server ended\n{self.log()}")
        return self

    @property
    def pid(self) -> int:
        """The parent process."""
        assert self.process is not None
        return self.process.pid

    def task_worker(self) -> int | None:
        """Return the task worker's process: the child that leads a group of its own."""
        found = [pid for pid in proc.children(self.pid) if proc.alive(pid) and proc.leads_group(pid)]
        return found[0] if found else None

    def log(self) -> str:
        """Return what the server wrote."""
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def accounts(self) -> dict[str, Account]:
        """Return the demonstration accounts by role."""
        lines = (self.var_dir / "demonstration_accounts.txt").read_text(encoding="utf-8").splitlines()
        return {fields[0]: Account(*fields) for line in lines if len(fields := line.split()) == 3 and "@" in fields[1]}

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a management command on the server's folder."""
        return manage(self.var_dir, *arguments, settings=self.settings)

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Return the status and body of an address, an error's too."""
        request = urllib.request.Request(self.url + path, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def answers(self) -> bool:
        """Return whether the server says that it is alive."""
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def stop(self, signum: int = signal.SIGTERM) -> int:
        """Ask the server to stop; return its exit status. One that does not within 30 seconds is killed."""
        if self.process is None:
            return 0
        self.process.send_signal(signum)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def kill(self) -> None:
        """Kill the parent process, and only it: the others have to notice by themselves."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=10)

    def _answers_or_ended(self) -> bool:
        assert self.process is not None
        return self.process.poll() is not None or self.answers()
