"""What FTS5 is asked: phrases and exclusions, in its own query language, of which no character comes from a reader unquoted."""

import sqlite3
from collections.abc import Iterable

import numpy as np

from search.analysis import QueryTerms, WordTerms
from search.engines.embedded.columns import Integers


def phrase(terms: Iterable[str]) -> str:
    """Return the question for exact forms one after the other."""
    return f"exact : ({_sequence(terms)})"


def stems(terms: Iterable[str]) -> str:
    """Return the question for stems one after the other."""
    return f"stems : ({_sequence(terms)})"


def excluded(terms: QueryTerms) -> str:
    """Return what a document must not match; "" for nothing. Skeletons exclude nothing: they join strangers too."""
    return _or([*map(_any_form, terms.excluded_words), *map(phrase, terms.excluded_phrases)])


def documents(connection: sqlite3.Connection, question: str) -> Integers:
    """Return the numbers of the documents that match. Raises sqlite3.Error."""
    rows = connection.execute("SELECT rowid FROM phrases WHERE phrases MATCH ?", (question,)).fetchall()
    return np.fromiter((row[0] for row in rows), np.int64, len(rows))


def _any_form(word: WordTerms) -> str:
    return _or([*(stems([stem]) for stem in word.stems), phrase([word.exact])])


def _sequence(terms: Iterable[str]) -> str:
    return " + ".join(map(_quoted, terms))


def _or(parts: Iterable[str]) -> str:
    return " OR ".join(f"({part})" for part in parts)


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
