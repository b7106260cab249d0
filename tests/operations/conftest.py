"""A folder prepared once by the real commands, of which every test that serves gets a copy."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.operations import proc
from tests.operations.serving import PortalServer
from tests.operations.waiting import wait_until


@pytest.fixture
def eventually() -> Callable[..., object]:
    """Return the deadline helper: `eventually(condition, seconds, what)`."""
    return wait_until


@pytest.fixture(scope="session")
def prepared_var_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder as a first start leaves it."""
    folder = tmp_path_factory.mktemp("prepared") / "var"
    with PortalServer(folder):
        pass
    return folder


@pytest.fixture
def var_dir(prepared_var_dir: Path, tmp_path: Path) -> Path:
    """Return a prepared folder of the test's own."""
    return Path(shutil.copytree(prepared_var_dir, tmp_path / "var"))


@pytest.fixture
def server(var_dir: Path) -> Iterator[PortalServer]:
    """Yield a running server, all its processes there: two web workers and the task worker."""
    with PortalServer(var_dir) as running:
        wait_until(lambda: len(proc.children(running.pid)) == 3 and running.task_worker(), 10, "all processes start")
        yield running
