"""From a change to the rows of a generation."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.analysis import tokenise
from search.cleaning import clean
from search.documents import Document, Variant
from search.engines.base import Change
from search.engines.embedded.schema import SEPARATOR


@dataclass(frozen=True, slots=True)
class Streams:
    """The token streams of a document, in the order of `schema.COLUMNS`."""

    title: str
    text: str
    exact: str
    skeleton: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A change with its streams: analysed before the write lock is taken."""

    change: Change
    streams: Streams | None


def prepare(change: Change) -> Prepared:
    """Analyse a change."""
    return Prepared(change, analyse(change.document) if change.document else None)


def analyse(document: Document) -> Streams:
    """Return the streams of a document: those of all its languages, one after the other."""
    title: list[str] = []
    text: list[str] = []
    exact: list[str] = []
    skeletons: list[str] = []
    for variant in document.variants:
        for target, field in ((title, variant.title), (text, variant.summary), (text, variant.body), (text, variant.speech)):
            for token in tokenise(field, variant.language):
                exact.append(token.exact)
                if token.stem:
                    target.append(token.stem)
                if token.skeleton:
                    skeletons.append(token.skeleton)
            exact.append(SEPARATOR)
    return Streams(*(" ".join(tokens) for tokens in (title, text, exact, skeletons)))


def write(connection: sqlite3.Connection, changes: Iterable[Prepared]) -> None:
    """Write changes in one transaction; those older than what the generation knows of their key are ignored."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for prepared in changes:
            _write_one(connection, prepared)
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _write_one(connection: sqlite3.Connection, prepared: Prepared) -> None:
    change, document = prepared.change, prepared.change.document
    known = connection.execute("SELECT id, version FROM documents WHERE key = ?", (change.key,)).fetchone()
    if known and known[1] > change.version:
        return
    if known:
        _erase(connection, known[0])
    identifier = _put_row(connection, known[0] if known else None, change)
    if document and prepared.streams:
        _put_contents(connection, identifier, document, prepared.streams)


def _erase(connection: sqlite3.Connection, identifier: int) -> None:
    for table, column in (("texts", "document"), ("facets", "document"), ("streams", "rowid")):
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (identifier,))  # noqa: S608 - names of ours


def _put_row(connection: sqlite3.Connection, identifier: int | None, change: Change) -> int:
    document = change.document
    date = document.date.isoformat() if document and document.date else ""
    row = (
        identifier,
        change.key,
        change.version,
        document.type if document else None,
        date,
        document.discussion if document else 0,
    )
    cursor = connection.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?)", row)
    return int(cursor.lastrowid or 0)


def _put_contents(connection: sqlite3.Connection, identifier: int, document: Document, streams: Streams) -> None:
    connection.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?)", _texts(identifier, document.variants))
    values = ((identifier, name, clean(value)) for name, chosen in document.all_facets().items() for value in chosen)
    connection.executemany("INSERT OR IGNORE INTO facets VALUES (?, ?, ?)", values)
    connection.execute(
        "INSERT INTO streams(rowid, title, text, exact, skeleton) VALUES (?, ?, ?, ?, ?)",
        (identifier, streams.title, streams.text, streams.exact, streams.skeleton),
    )


def _texts(identifier: int, variants: Iterable[Variant]) -> Iterator[tuple[int, int, str, str, str, str, str]]:
    for position, variant in enumerate(variants):
        title, summary, body, cues = map(clean, (variant.title, variant.summary, variant.body, variant.cues_as_json()))
        yield identifier, position, variant.language, title, summary, body, cues
