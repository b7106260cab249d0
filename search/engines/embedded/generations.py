"""The files of the index: one per generation, a pointer to the current one, a pointer to the one being built."""

import contextlib
import fcntl
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from search.engines.base import EngineUnavailableError, RebuildRunningError

CURRENT = "CURRENT"
BUILDING = "BUILDING"
_LOCK = "rebuild.lock"
_NAME = re.compile(r"generation-[0-9]+-[0-9]+\.sqlite3")
REBUILD_HINT = "run `manage.py search_rebuild`"


class Generations:
    """The folder of the index. A pointer is replaced in one step (`os.replace`), so a reader sees the old or the new one."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def current(self) -> Path | None:
        """Return the file that searches read, None where there is none yet."""
        return self._pointed(CURRENT)

    def writable(self) -> tuple[Path | None, Path | None]:
        """Return (current, being built).

        The second is read first: if the swap happens between the two readings, it is the new generation that is seen.
        """
        building = self._pointed(BUILDING)
        current = self.current()
        return current, building if building != current else None

    def start(self) -> Path:
        """Return the file of a new generation, not yet made. Leftovers of rebuilds that were killed are removed."""
        keep = {path.name for path in (self.current(),) if path}
        for name in self._files():
            if name.split(".sqlite3")[0] + ".sqlite3" not in keep:
                (self.directory / name).unlink(missing_ok=True)
        return self.directory / f"generation-{time.time_ns()}-{os.getpid()}.sqlite3"

    def announce(self, path: Path) -> None:
        """From now on updates are also written to `path`."""
        self._point(BUILDING, path)

    def promote(self, path: Path) -> None:
        """From now on searches read `path`. The generation before it stays until the next rebuild: someone may be opening it."""
        self._point(CURRENT, path)

    def retract(self) -> None:
        """Stop writing updates to a generation being built."""
        (self.directory / BUILDING).unlink(missing_ok=True)

    def discard(self, path: Path) -> None:
        """Remove a generation that will not be used."""
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)

    @contextlib.contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Hold the right to rebuild, which ends with the process whatever happens. Raises RebuildRunningError if it is taken."""
        self.directory.mkdir(parents=True, exist_ok=True)
        with (self.directory / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise RebuildRunningError("Another rebuild of the search index is running.") from error
            yield

    def is_rebuilding(self) -> bool:
        """Tell whether a living process holds the right to rebuild."""
        try:
            with self.rebuilding():
                return False
        except RebuildRunningError:
            return True

    def _pointed(self, pointer: str) -> Path | None:
        try:
            name = (self.directory / pointer).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise EngineUnavailableError(f"The search index cannot be read ({error}): {REBUILD_HINT}.") from error
        if not _NAME.fullmatch(name):
            raise EngineUnavailableError(f"The search index points nowhere: {REBUILD_HINT}.")
        return self.directory / name

    def _point(self, pointer: str, path: Path) -> None:
        draft = self.directory / f".{pointer}.{os.getpid()}"
        with draft.open("w", encoding="ascii") as file:
            file.write(path.name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.directory / pointer)

    def _files(self) -> list[str]:
        return [path.name for path in self.directory.glob("generation-*")]
