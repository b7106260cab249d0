"""Where recordings lie on disk: what visitors play, what is being made, and who is making it."""

from __future__ import annotations

import fcntl
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage

FOLDER = "recordings"
_MAKING = ".making-"
STALE_SECONDS = 24 * 60 * 60
"""What belongs to no recording is removed after a day: younger, it may be on its way."""


def public_folder(folder: uuid.UUID) -> Path:
    """Return where the renditions of a recording lie."""
    return _root() / str(folder)


@contextmanager
def workplace(pk: int) -> Iterator[Path | None]:
    """Give an empty folder for preparing recording `pk`, on the disk of what is served, to one process at a time.

    Yields None while another process has it. The lock is the kernel's: it ends with its process, even one that was killed.
    """
    root = _root()
    root.mkdir(parents=True, exist_ok=True)
    with _lock(pk).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        folder = root / f"{_MAKING}{pk}"
        shutil.rmtree(folder, ignore_errors=True)  # what a killed process left
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def is_taken(pk: int) -> bool:
    """Return whether a process prepares recording `pk` just now."""
    path = _lock(pk)
    if not path.exists():
        return False
    with path.open("r") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def sweep(known: set[str]) -> int:
    """Remove folders of renditions that are older than a day and not among the `known` ones; return how many there were."""
    before = time.time() - STALE_SECONDS
    removed = 0
    for path in _root().iterdir():
        if _is_uuid(path.name) and path.name not in known and path.stat().st_mtime < before:
            shutil.rmtree(path, ignore_errors=True)
            removed += 1
    return removed


def remove(folder: uuid.UUID) -> None:
    """Remove the renditions in a folder; one that is not there is no error."""
    shutil.rmtree(public_folder(folder), ignore_errors=True)


def _root() -> Path:
    return Path(default_storage.path(FOLDER))


def _lock(pk: int) -> Path:
    return _root() / f"{_MAKING}{pk}.lock"


def _is_uuid(name: str) -> bool:
    try:
        return str(uuid.UUID(name)) == name
    except ValueError:
        return False
