"""Django's cache in a file of SQLite: what one process counts, all processes of the machine know, also after a restart.

Counters hang on addresses of connections and of people: the file holds only a keyed hash of each name, and what is too old is
taken out of it within a minute of use.
"""

from __future__ import annotations

import logging
import os
import pickle
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

_TABLE = "CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, value BLOB NOT NULL, expires REAL NOT NULL) WITHOUT ROWID"
_FRESH = "SELECT value FROM entry WHERE key = ? AND expires > ?"
_PUT = "INSERT OR REPLACE INTO entry (key, value, expires) VALUES (?, ?, ?)"
_ADD = (
    "INSERT INTO entry (key, value, expires) VALUES (?, ?, ?) "
    "ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires WHERE entry.expires <= ?"
)
_TIDIED_EVERY = 60
"""Seconds between two looks for what is too old, or too much."""


class FileCache(BaseCache):
    """A cache in the file at LOCATION. Where the file cannot be used nothing is found and nothing is added."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._path = Path(location)
        self._own = threading.local()
        self._tidied = -float(_TIDIED_EVERY)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept under `key`, or `default`."""
        rows = self._run(_FRESH, self._name(key, version), time.time()).rows
        return pickle.loads(rows[0][0]) if rows else default  # noqa: S301 - nobody else writes the file

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep `value` under `key` for `timeout` seconds."""
        self._run(_PUT, self._name(key, version), pickle.dumps(value), self._until(timeout))

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep `value` if nothing is kept under `key`; return whether it was: of all who ask at once, one is told so."""
        row = (self._name(key, version), pickle.dumps(value), self._until(timeout))
        return self._run(_ADD, *row, time.time()).changed

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep what is kept under `key` for `timeout` seconds from now; return whether there is something."""
        sql = "UPDATE entry SET expires = ? WHERE key = ? AND expires > ?"
        return self._run(sql, self._until(timeout), self._name(key, version), time.time()).changed

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Forget `key`; return whether it was known."""
        return self._run("DELETE FROM entry WHERE key = ?", self._name(key, version)).changed

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Add `delta` to the number under `key` and return it, however many do so at once.

        Raises ValueError where there is none.
        """
        self._run("BEGIN IMMEDIATE")
        try:
            number = self.get(key, None, version)
            if number is None:
                raise ValueError(f"Key '{key}' not found")
            sql = "UPDATE entry SET value = ? WHERE key = ?"
            self._run(sql, pickle.dumps(number + delta), self._name(key, version))
        finally:
            self._run("COMMIT")
        return int(number + delta)

    def clear(self) -> None:
        """Forget everything."""
        self._run("DELETE FROM entry")

    def _until(self, timeout: Any) -> float:
        until = self.get_backend_timeout(timeout)
        return float("inf") if until is None else float(until)

    def _name(self, key: Any, version: int | None) -> str:
        """Return what stands in the file for `key`: without SECRET_KEY nobody tells whose it is."""
        return salted_hmac("portal.base.file_cache", self.make_and_validate_key(key, version), algorithm="sha256").hexdigest()

    def _tidy(self) -> None:
        """Take out what is too old, and a third of the rest where there is too much."""
        self._tidied = time.monotonic()
        self._run("DELETE FROM entry WHERE expires <= ?", time.time())
        rows = self._run("SELECT COUNT(*) FROM entry").rows
        if rows and rows[0][0] > self._max_entries:
            soonest = "SELECT key FROM entry ORDER BY expires LIMIT ?"
            self._run(f"DELETE FROM entry WHERE key IN ({soonest})", rows[0][0] // self._cull_frequency)  # noqa: S608

    def _run(self, sql: str, *parameters: Any) -> _Answer:
        now = time.monotonic()
        if now - self._tidied >= _TIDIED_EVERY:
            self._tidy()
        try:
            cursor = self._connection().execute(sql, parameters)
            return _Answer(cursor.fetchall(), cursor.rowcount > 0)
        except sqlite3.Error:
            logger.exception("the cache cannot be used: %s", self._path)
            return _Answer([], False)

    def _connection(self) -> sqlite3.Connection:
        """Return the connection of this thread; a process that was forked opens its own."""
        if getattr(self._own, "process", None) != os.getpid():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._path, timeout=5, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(_TABLE)
            self._own.connection, self._own.process = connection, os.getpid()
        found: sqlite3.Connection = self._own.connection
        return found


class _Answer:
    """What a statement found, and whether it changed anything."""

    __slots__ = ("changed", "rows")

    def __init__(self, rows: list[Any], changed: bool) -> None:
        self.rows = rows
        self.changed = changed
