"""What keeps the portal from starting is told in one line, with exit status 1, by `make run`'s check and by `serve` alike."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.operations import preflight
from tests.operations.serving import ROOT, environment, free_port, manage


def check(var_dir: Path, port: int) -> subprocess.CompletedProcess[str]:
    """Run the check of `make run` as a process of its own."""
    command = [sys.executable, "-m", "portal.operations.preflight", "--port", str(port)]
    return subprocess.run(command, cwd=ROOT, env=environment(var_dir), capture_output=True, text=True, timeout=30, check=False)


def assert_one_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One line on stderr that holds `words`, status 1, no traceback."""
    assert done.returncode == 1, done
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert all(word in done.stderr for word in words), done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def taken_port() -> Iterator[int]:
    """Yield a port that somebody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield int(other.getsockname()[1])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a folder on a disk of one megabyte, or skip where none can be mounted."""
    folder = tmp_path / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small disk here")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.fixture
def read_only_disk(small_disk: Path) -> Path:
    """Return a folder on a disk that cannot be written."""
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    return small_disk


def test_all_is_well(tmp_path: Path) -> None:
    done = check(tmp_path / "var", free_port())
    assert (done.returncode, done.stderr) == (0, "")


def test_taken_port(tmp_path: Path, taken_port: int) -> None:
    assert_one_line(check(tmp_path / "var", taken_port), str(taken_port), "taken", "make run PORT=")


def test_serve_refuses_a_taken_port_before_it_does_anything(tmp_path: Path, taken_port: int) -> None:
    done = manage(tmp_path / "var", "serve", "--port", str(taken_port))
    assert_one_line(done, str(taken_port), "taken")
    assert not (tmp_path / "var" / "portal.sqlite3").exists()


@pytest.mark.parametrize("port", [70000, -1])
def test_not_a_port(tmp_path: Path, port: int) -> None:
    assert_one_line(check(tmp_path / "var", port), "not a port")


def test_a_file_in_the_folder_s_place(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("in the way")
    assert_one_line(check(tmp_path / "var", free_port()), str(tmp_path / "var"), "VAR_DIR")


def test_a_file_in_the_place_of_a_parent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert_one_line(check(tmp_path / "file" / "var", free_port()), "VAR_DIR")


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert_one_line(check(tmp_path / "var", free_port()), "cannot be written", "permission")


def test_a_read_only_disk(read_only_disk: Path) -> None:
    assert_one_line(check(read_only_disk / "var", free_port()), "read-only")


def test_serve_on_a_read_only_disk_that_has_its_secret(small_disk: Path) -> None:
    (small_disk / "secret_key").write_text("x" * 60)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert_one_line(manage(small_disk, "serve", "--port", str(free_port())), "read-only")


def test_a_full_disk(small_disk: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        (small_disk / "ballast").write_bytes(bytes(2 << 20))
    assert_one_line(check(small_disk, free_port()), "full")


def test_a_disk_without_room(small_disk: Path) -> None:
    assert_one_line(check(small_disk, free_port()), "nearly full", "MB needed")


def test_a_database_file_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "portal.sqlite3").mkdir()  # refused to the administrator too
    with pytest.raises(preflight.NotReadyError, match="cannot be written"):
        preflight.check_file(tmp_path / "portal.sqlite3")


def test_a_bound_address_is_ours_until_served() -> None:
    bound = preflight.bind("127.0.0.1", 0)
    with bound, socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        with pytest.raises(OSError, match="in use"):
            other.bind(bound.getsockname())
