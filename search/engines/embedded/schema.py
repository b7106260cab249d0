"""The tables of one generation of the index."""

import sqlite3
import unicodedata
import zlib

import Stemmer

from search.analysis import VERSION as ANALYSIS_VERSION

SCHEMA_VERSION = 5
USER_VERSION = zlib.crc32(repr((SCHEMA_VERSION, ANALYSIS_VERSION, unicodedata.unidata_version, Stemmer.version())).encode()) >> 1
"""Kept in the file: an index written by other code is refused rather than misread. What a document added to the index is
taken out again by analysing it again, so that the libraries that analyse count as code."""

SEPARATOR = "_"
"""A token that no text holds, between two fields: a phrase never runs from one into the next."""

# The streams are already tokens: "ascii" only cuts them at spaces. `postings.data` holds 32-bit numbers, see `postings`. A
# deleted document stays as a row without type, whose version keeps an older update from bringing it back.
_TABLES = f"""
CREATE TABLE state(changes INTEGER NOT NULL);
INSERT INTO state VALUES (0);
CREATE TABLE documents(
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, type TEXT, date INTEGER NOT NULL,
    discussion INTEGER NOT NULL, published INTEGER NOT NULL, length INTEGER NOT NULL, codes BLOB NOT NULL,
    changed INTEGER NOT NULL
);
CREATE INDEX documents_changed ON documents(changed);
CREATE TABLE texts(
    id INTEGER PRIMARY KEY, language TEXT NOT NULL, title TEXT NOT NULL, summary TEXT NOT NULL, body TEXT NOT NULL,
    cues TEXT NOT NULL
);
CREATE TABLE facet_values(code INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL, UNIQUE(name, value));
CREATE TABLE postings(term TEXT NOT NULL, block INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY(term, block)) WITHOUT ROWID;
CREATE TABLE vocabulary(id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, word TEXT NOT NULL, documents INTEGER NOT NULL);
CREATE VIRTUAL TABLE phrases USING fts5(exact, stems, content='', columnsize=0, tokenize="ascii tokenchars '_'");
CREATE VIRTUAL TABLE titles USING fts5(terms, content='', columnsize=0, detail=none, prefix='2 3', tokenize="ascii");
PRAGMA user_version = {USER_VERSION};
"""  # noqa: S608 - a number of ours

BUSY_TIMEOUT_MS = 3_000
"""A writer that waits longer gives up: its outbox rows stay, and publishing is not held up."""

LANGUAGES = 64
"""Texts of one document at most: `texts.id` is the document's number times this, plus the place of the text."""


def create(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty generation, in WAL mode so that readers never wait for the writer."""
    connection.execute("PRAGMA page_size = 8192")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(_TABLES)


_CACHE, _BULK_CACHE = -2_000, -64_000  # kB
_PAGES, _BULK_PAGES = 1_000, 16_000  # of the log before it is brought into the file
_BULK = {"automerge": 0, "crisismerge": 1_000, "hashsize": 1 << 26}
_NORMAL = {"automerge": 4, "crisismerge": 16, "hashsize": 1 << 20}


def expect_bulk(connection: sqlite3.Connection, bulk: bool) -> None:
    """Let SQLite and FTS5 gather much before they write and merge nothing (until `merge`), or let them work as usual."""
    connection.execute(f"PRAGMA cache_size = {_BULK_CACHE if bulk else _CACHE}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_BULK_PAGES if bulk else _PAGES}")
    for table in ("phrases", "titles"):
        for option, value in (_BULK if bulk else _NORMAL).items():
            connection.execute(f"INSERT INTO {table}({table}, rank) VALUES (?, ?)", (option, value))  # noqa: S608 - names of ours


def merge(connection: sqlite3.Connection) -> None:
    """Merge what was written in bulk."""
    for table in ("phrases", "titles"):
        connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608 - names of ours


def prepare(connection: sqlite3.Connection) -> None:
    """Set up a connection: wait for other writers, keep temporary tables in memory. Raises sqlite3.Error if unusable."""
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA mmap_size = 1073741824")


def version(connection: sqlite3.Connection) -> int:
    """Return the version of the code that wrote this generation."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found
