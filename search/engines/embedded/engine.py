"""The embedded engine: no service to run, safe with several worker processes."""

import contextlib
import gc
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from search.engines.base import Change, Completion, EngineMissingError, EngineResults, EngineUnavailableError
from search.engines.embedded import analysing, columns, completion, reading, schema, vocabulary, writing
from search.engines.embedded.columns import Columns
from search.engines.embedded.connections import Connections
from search.engines.embedded.generations import REBUILD_HINT, Generations
from search.engines.embedded.vocabulary import Vocabulary
from search.query import SearchQuery

T = TypeVar("T")
_BATCH = 2048
"""Documents that a rebuild writes in one transaction, unless they are long."""
_BATCH_CHARACTERS = 4_000_000
_ATTEMPTS = 3
"""A search that meets the very moment of a swap opens a file that is gone, and starts again with the new one."""


def from_settings() -> "EmbeddedEngine":
    """Return the engine in the folder `SEARCH_INDEX_DIR`."""
    return EmbeddedEngine(Path(settings.SEARCH_INDEX_DIR))


class EmbeddedEngine:
    """SQLite FTS5 in a folder. Follows `search.engines.base.Engine`."""

    def __init__(self, directory: Path) -> None:
        self._generations = Generations(directory)
        self._connections = Connections()
        self._columns: Mapping[Path, Columns] = {}
        self._vocabularies: Mapping[Path, Vocabulary] = {}

    def search(self, query: SearchQuery) -> EngineResults:
        """Return the page that `query` asks for. Raises EngineUnavailableError without a readable index."""
        return self._read(lambda path, connection: reading.search(connection, self._current_columns(path, connection), query))

    def correct(self, words: Collection[str]) -> Mapping[str, str]:
        """Return the most likely word for each that is unknown. Raises EngineUnavailableError without a readable index."""
        return self._read(lambda path, connection: self._corrections(path, connection, words))

    def complete(self, text: str, language: str, limit: int = 8) -> tuple[Completion, ...]:
        """Return subjects whose title goes on from `text`. Raises EngineUnavailableError without a readable index."""
        return self._read(lambda _path, connection: completion.complete(connection, text, language, limit))

    def count(self) -> int:
        """Return the number of subjects in the index. Raises EngineUnavailableError without a readable index."""
        return self._read(lambda _path, connection: _count(connection))

    def apply(self, changes: Iterable[Change]) -> None:
        """Write changes to the current generation, and to the one being built. Raises EngineUnavailableError without an index."""
        if not any(self._generations.writable()):  # before any work: an empty portal is filled in one transaction
            raise EngineMissingError()
        prepared = [writing.prepare(change) for change in changes]
        current, building = self._generations.writable()
        if current:
            self._write(current, prepared)
        if building:
            self._write_to_building(building, prepared)
        if not current:  # what is only in a generation being built is not visible: the outbox keeps it
            raise EngineMissingError()

    def rebuild(self, changes: Iterable[Change]) -> int:
        """Build a new generation and swap it in. Raises RebuildRunningError if another runs, and what `changes` raises."""
        try:
            with self._generations.rebuilding():
                return self._build(changes)
        except (OSError, sqlite3.Error) as error:
            raise EngineUnavailableError(f"The search index cannot be written: {error}.") from error

    def _build(self, changes: Iterable[Change]) -> int:
        path = self._generations.start()
        try:
            _create(path)
            self._generations.announce(path)
            self._run(path, lambda connection: schema.expect_bulk(connection, True))
            with _no_collection(), contextlib.closing(analysing.prepared(changes)) as prepared:
                for batch in _batches(prepared):
                    self._write(path, batch)
            number = self._finish(path)
            self._generations.promote(path)
        except BaseException:
            self._connections.close(path)
            self._generations.retract()
            self._generations.discard(path)
            raise
        self._generations.retract()
        return number

    def _finish(self, path: Path) -> int:
        """Merge the segments of a new generation and bring it to the disk before anyone reads it."""

        def finish(connection: sqlite3.Connection) -> int:
            schema.merge(connection)
            schema.expect_bulk(connection, False)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return _count(connection)

        return self._run(path, finish)

    def _current_columns(self, path: Path, connection: sqlite3.Connection) -> Columns:
        """Return the columns of what the transaction sees; what another thread brought up to date meanwhile is as good."""
        found = columns.current(connection, self._columns.get(path, columns.EMPTY))
        self._columns = {path: found}
        return found

    def _corrections(self, path: Path, connection: sqlite3.Connection, words: Collection[str]) -> Mapping[str, str]:
        unknown = list(vocabulary.unknown(connection, words))
        if not unknown:
            return {}
        known = self._vocabularies.get(path, Vocabulary.empty()).extended(connection)
        self._vocabularies = {path: known}
        return {word: found for word in unknown if (found := known.nearest(connection, word))}

    def _read(self, action: Callable[[Path, sqlite3.Connection], T]) -> T:
        """Run an action on the current generation, in a transaction of its own."""
        for attempt in range(_ATTEMPTS):
            path = self._generations.current()
            if path is None:
                raise EngineMissingError()
            try:
                return self._run(path, reading.in_transaction(partial(action, path)))
            except EngineUnavailableError:
                if attempt == _ATTEMPTS - 1 or self._generations.current() == path:
                    raise
        raise EngineUnavailableError("The search index changes too fast.")  # pragma: no cover - the loop returns or raises

    def _write(self, path: Path, prepared: Iterable[writing.Prepared]) -> None:
        self._run(path, lambda connection: writing.write(connection, prepared))

    def _write_to_building(self, path: Path, prepared: Iterable[writing.Prepared]) -> None:
        """Write to the generation being built; one that a killed rebuild left behind does not count."""
        try:
            self._write(path, prepared)
        except EngineUnavailableError:
            if self._generations.is_rebuilding():
                raise

    def _run(self, path: Path, action: Callable[[sqlite3.Connection], T]) -> T:
        """Run an action on a generation. A failed connection is closed: the next one starts afresh."""
        try:
            return action(self._connections.get(path))
        except sqlite3.Error as error:
            self._connections.close(path)
            raise EngineUnavailableError(f"The search index failed ({error}): if it stays, {REBUILD_HINT}.") from error


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Spare Python the search for reference cycles among millions of words: there are none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _batches(changes: Iterable[writing.Prepared]) -> Iterator[list[writing.Prepared]]:
    """Yield analysed changes, so many at once that writing them pays and memory stays small."""
    batch: list[writing.Prepared] = []
    characters = 0
    for prepared in changes:
        batch.append(prepared)
        characters += len(prepared.streams.exact)
        if len(batch) == _BATCH or characters > _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _create(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        schema.create(connection)
    finally:
        connection.close()


def _count(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("SELECT count(*) FROM documents WHERE type IS NOT NULL").fetchone()[0]
    return found
