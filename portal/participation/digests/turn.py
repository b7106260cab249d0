"""One sender of digests at a time, on this machine and, with PostgreSQL, on all of them."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

_LOCK = 0x6469_6765_7374
"""The key of PostgreSQL's advisory lock: "digest"."""


class BusyError(Exception):
    """Digests are being sent by another process."""


@contextmanager
def turn() -> Iterator[None]:
    """Hold the turn for the block; a process that is killed gives it back. Raises BusyError where another has it."""
    path = Path(settings.VAR_DIR) / "digests.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError("Digests are being sent already.") from None
        with _everywhere():
            yield


@contextmanager
def _everywhere() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise BusyError("Digests are being sent already, on another machine.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
