"""Connections to the index: one per thread and file, none shared with a child process."""

import os
import sqlite3
import threading
from pathlib import Path

from search.engines.base import EngineUnavailableError
from search.engines.embedded import schema
from search.engines.embedded.generations import REBUILD_HINT

_abandoned: list[sqlite3.Connection] = []
"""Connections that a parent process opened: closing them here could break the parent's locks, so they are only kept."""


class Connections(threading.local):
    """This thread's open generations, the two last used."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.open: dict[Path, sqlite3.Connection] = {}

    def get(self, path: Path) -> sqlite3.Connection:
        """Return a connection to an existing generation. Raises EngineUnavailableError if it is missing, broken or outdated."""
        self._forget_parent()
        if path not in self.open:
            connection = _connect(path)
            while len(self.open) > 1:
                self.close(next(iter(self.open)))
            self.open[path] = connection
        return self.open[path]

    def close(self, path: Path) -> None:
        """Close the connection to a generation, if there is one."""
        connection = self.open.pop(path, None)
        if connection is not None:
            connection.close()

    def _forget_parent(self) -> None:
        if self.pid != os.getpid():
            _abandoned.extend(self.open.values())
            self.open = {}
            self.pid = os.getpid()


def _connect(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None)
    except sqlite3.Error as error:
        raise EngineUnavailableError(f"The search index is missing ({path.name}): {REBUILD_HINT}.") from error
    try:
        found = schema.version(connection)
        if found != schema.USER_VERSION:
            raise EngineUnavailableError(f"The search index was written by another version of the portal: {REBUILD_HINT}.")
        schema.prepare(connection)
    except sqlite3.Error as error:
        connection.close()
        raise EngineUnavailableError(f"The search index is broken ({error}): {REBUILD_HINT}.") from error
    except EngineUnavailableError:
        connection.close()
        raise
    return connection
