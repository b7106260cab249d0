"""A machine of one's own makes its secret once, and keeps it to itself."""

import os
import stat
import subprocess
import sys

CODE = "from portal.settings import local as s; print(s.SECRET_KEY, s.DEBUG, *s.ALLOWED_HOSTS)"


def start(folder, **environment):
    clean = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder), **environment}
    return subprocess.run(
        [sys.executable, "-c", CODE], env=clean, capture_output=True, text=True, timeout=60, check=True
    ).stdout.split()


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path):
    first, second = start(tmp_path / "var")[0], start(tmp_path / "var")[0]
    assert first == second == (tmp_path / "var" / "secret_key").read_text()
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600


def test_each_machine_has_its_own_secret(tmp_path):
    assert start(tmp_path / "a")[0] != start(tmp_path / "b")[0]


def test_a_secret_that_was_given_is_kept_nowhere(tmp_path):
    assert start(tmp_path, SECRET_KEY="given")[0] == "given"
    assert not (tmp_path / "secret_key").exists()


def test_it_serves_this_machine_only_and_in_production_shape(tmp_path):
    assert start(tmp_path)[1:] == ["False", "localhost", "127.0.0.1", "[::1]"]
