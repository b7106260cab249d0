"""Changes become rows of a generation, each batch in one transaction."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.cleaning import clean
from search.documents import Document, Variant
from search.engines.base import Change
from search.engines.embedded import reading, streams, vocabulary
from search.engines.embedded.postings import MAX_DOCUMENT, Pending
from search.engines.embedded.schema import LANGUAGES
from search.engines.embedded.streams import Streams

_COLUMNS = ("version", "type", "date", "discussion", "published", "length", "codes", "changed")
_INSERT = f"INSERT INTO documents({', '.join(_COLUMNS)}, key) VALUES ({'?, ' * len(_COLUMNS)}?)"  # noqa: S608 - constants
_UPDATE = f"UPDATE documents SET {', '.join(f'{name} = ?' for name in _COLUMNS)} WHERE id = ?"  # noqa: S608 - constants
"""Never one statement for both: SQLite takes a savepoint before it may replace a row, at which FTS5 writes all it gathered."""


class IndexFullError(sqlite3.DataError):
    """More documents than a document's number can tell apart."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A change with its streams: analysed before the write lock is taken."""

    change: Change
    document: Document | None
    streams: Streams


def prepare(change: Change) -> Prepared:
    """Analyse a change."""
    if change.document is None:
        return Prepared(change, None, streams.EMPTY)
    document = streams.cleaned(change.document)
    return Prepared(change, document, streams.analyse(document.variants))


def write(connection: sqlite3.Connection, changes: Iterable[Prepared]) -> None:
    """Write changes in one transaction; those older than what the generation knows of their key are ignored."""
    latest = _latest(changes)
    connection.execute("BEGIN IMMEDIATE")
    try:
        if latest:
            Batch(connection).write(latest)
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _latest(changes: Iterable[Prepared]) -> list[Prepared]:
    """Return one change for each key: the newest, the last of equals."""
    latest: dict[str, Prepared] = {}
    for prepared in changes:
        known = latest.get(prepared.change.key)
        if known is None or known.change.version <= prepared.change.version:
            latest[prepared.change.key] = prepared
    return list(latest.values())


class Batch:
    """One transaction's changes: what concerns many documents at once is gathered and written at its end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._pending = Pending()
        self._words: Counter[str] = Counter()
        self._forms: dict[str, str] = {}
        self._codes: dict[tuple[str, str], int] = {}
        self._number = 0

    def write(self, changes: Iterable[Prepared]) -> None:
        """Write changes of distinct keys. Raises sqlite3.Error."""
        self._number = self._connection.execute("UPDATE state SET changes = changes + 1 RETURNING changes").fetchone()[0]
        for prepared in changes:
            self._write_one(prepared)
        self._pending.write(self._connection)
        vocabulary.count(self._connection, self._words, self._forms)

    def _write_one(self, prepared: Prepared) -> None:
        change = prepared.change
        known = self._connection.execute("SELECT id, version, type FROM documents WHERE key = ?", (change.key,)).fetchone()
        if known and known[1] > change.version:
            return
        old = self._erase(known[0]) if known and known[2] is not None else streams.EMPTY
        identifier = self._put_row(known[0] if known else None, prepared)
        new = prepared.streams
        self._pending.replace(identifier, old.frequencies, new.frequencies)
        if old.forms:
            self._words.subtract(old.forms.keys())
        self._words.update(new.forms.keys())
        self._forms.update(new.forms)
        if prepared.document:
            self._put_texts(identifier, prepared.document.variants, new)

    def _erase(self, identifier: int) -> Streams:
        """Take the texts of a document out and return the streams that it had."""
        first = identifier * LANGUAGES
        place = (first, first + LANGUAGES)
        old = streams.analyse(reading.variants(self._connection, identifier))
        self._connection.execute("DELETE FROM texts WHERE id >= ? AND id < ?", place)
        self._connection.execute(
            "INSERT INTO phrases(phrases, rowid, exact, stems) VALUES ('delete', ?, ?, ?)", (identifier, old.exact, old.stems)
        )
        self._connection.executemany(
            "INSERT INTO titles(titles, rowid, terms) VALUES ('delete', ?, ?)", _numbered(first, old.titles)
        )
        return old

    def _put_row(self, identifier: int | None, prepared: Prepared) -> int:
        change, document = prepared.change, prepared.document
        row = (
            change.version,
            document.type if document else None,
            document.date.toordinal() if document and document.date else 0,
            document.discussion if document else 0,
            document.published_second if document else 0,
            prepared.streams.length,
            self._facet_codes(document) if document else b"",
            self._number,
        )
        if identifier is not None:
            self._connection.execute(_UPDATE, (*row, identifier))
            return identifier
        if (found := int(self._connection.execute(_INSERT, (*row, change.key)).lastrowid or 0)) > MAX_DOCUMENT:
            raise IndexFullError("too many documents")
        return found

    def _facet_codes(self, document: Document) -> bytes:
        """Return the numbers of a document's facet values, each once, 32 bits each."""
        values = ((name, value) for name, chosen in document.all_facets().items() for value in chosen)
        return b"".join(code.to_bytes(4, "little") for code in sorted(set(map(self._code, values))))

    def _code(self, raw: tuple[str, str]) -> int:
        code = self._codes.get(raw)
        if code is None:
            value = raw[0], clean(raw[1])
            self._connection.execute("INSERT OR IGNORE INTO facet_values(name, value) VALUES (?, ?)", value)
            query = "SELECT code FROM facet_values WHERE name = ? AND value = ?"
            code = self._codes[raw] = int(self._connection.execute(query, value).fetchone()[0])
        return code

    def _put_texts(self, identifier: int, variants: Iterable[Variant], new: Streams) -> None:
        first = identifier * LANGUAGES
        self._connection.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)", _texts(first, variants))
        self._connection.execute("INSERT INTO phrases(rowid, exact, stems) VALUES (?, ?, ?)", (identifier, new.exact, new.stems))
        self._connection.executemany("INSERT INTO titles(rowid, terms) VALUES (?, ?)", _numbered(first, new.titles))


def _numbered(first: int, titles: Iterable[str]) -> Iterator[tuple[int, str]]:
    return ((number, title) for number, title in enumerate(titles, first) if title)


def _texts(first: int, variants: Iterable[Variant]) -> Iterator[tuple[int, str, str, str, str, str]]:
    for number, variant in enumerate(variants, first):
        yield number, variant.language, variant.title, variant.summary, variant.body, variant.cues_as_json()
