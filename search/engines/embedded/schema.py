"""The tables of one generation of the index."""

import sqlite3

from search.analysis import VERSION as ANALYSIS_VERSION

SCHEMA_VERSION = 2
USER_VERSION = SCHEMA_VERSION * 1000 + ANALYSIS_VERSION
"""Kept in the file: an index written by other code is refused rather than misread."""

COLUMNS = ("title", "text", "exact", "skeleton")
WEIGHTS = (2.0, 1.0, 1.0, 0.3)
"""Of the columns in bm25. Only phrases look into `exact`, so its weight says nothing of single words."""

SEPARATOR = "_"
"""A token that no text holds, between two fields: a phrase never runs from one into the next."""

# The streams are already tokens: "ascii" only cuts them at spaces. A deleted document stays as a row without type, whose
# version keeps an older update from bringing it back.
_TABLES = f"""
CREATE TABLE documents(
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, type TEXT, date TEXT NOT NULL DEFAULT '',
    discussion INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE texts(
    document INTEGER NOT NULL, position INTEGER NOT NULL, language TEXT NOT NULL, title TEXT NOT NULL, summary TEXT NOT NULL,
    body TEXT NOT NULL, cues TEXT NOT NULL DEFAULT '', PRIMARY KEY(document, position)
) WITHOUT ROWID;
CREATE TABLE facets(
    document INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(document, name, value)
) WITHOUT ROWID;
CREATE INDEX facet_values ON facets(name, value, document);
CREATE VIRTUAL TABLE streams USING fts5({", ".join(COLUMNS)}, tokenize="ascii tokenchars '_'");
PRAGMA user_version = {USER_VERSION};
"""

_TEMPORARY = "CREATE TEMP TABLE matched(id INTEGER PRIMARY KEY, score REAL NOT NULL);"

BUSY_TIMEOUT_MS = 3_000
"""A writer that waits longer gives up: its outbox rows stay, and publishing is not held up."""


def create(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty generation, in WAL mode so that readers never wait for the writer."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(_TABLES)


def prepare(connection: sqlite3.Connection) -> None:
    """Set up a connection: wait for other writers, keep temporary tables in memory. Raises sqlite3.Error if unusable."""
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.executescript(_TEMPORARY)


def version(connection: sqlite3.Connection) -> int:
    """Return the version of the code that wrote this generation."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found
