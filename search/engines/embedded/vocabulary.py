"""The words of the index in their exact form, in how many documents each stands, and which of them was probably meant."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from search.analysis import WordTerms, analyse_query, written
from search.analysis.arabic import is_arabic
from search.analysis.distance import Counts, Letters, distances
from search.engines.embedded import postings
from search.query import ParsedText

MIN_LENGTH = 4
MAX_LENGTH = 24
"""Shorter and longer words are neither counted nor corrected: there is always another word beside a short one."""

_TWO_ERRORS = 8
"""Letters from which a word may be wrong in two places."""
_ANY_BEGINNING = 6
"""Letters from which even the first one may be wrong."""
_CANDIDATES = 200


def count(connection: sqlite3.Connection, changes: Mapping[str, int], words: Mapping[str, str]) -> None:
    """Add to the number of documents of each term; `words` says how it was written. Raises sqlite3.Error."""
    connection.executemany(
        "INSERT INTO vocabulary(term, word, documents) VALUES (?, ?, ?)"
        " ON CONFLICT(term) DO UPDATE SET documents = documents + excluded.documents",
        ((term, words.get(term, term), number) for term, number in sorted(changes.items()) if number and _correctable(term)),
    )


def _correctable(term: str) -> bool:
    return MIN_LENGTH <= len(term) <= MAX_LENGTH and term.isalpha() and max(term) <= "\uffff"


def unknown(connection: sqlite3.Connection, terms: Iterable[str]) -> Iterator[str]:
    """Yield the terms that no document holds, in this form or in another of the same stem. Raises sqlite3.Error."""
    for term in terms:
        if _correctable(term) and not _documents(connection, term):
            (word, *_others) = analyse_query(ParsedText(words=(term,))).words or (WordTerms(term, ()),)
            if not any(postings.known(connection, stem) for stem in word.stems):
                yield term


def _documents(connection: sqlite3.Connection, term: str) -> int:
    row = connection.execute("SELECT documents FROM vocabulary WHERE term = ?", (term,)).fetchone()
    return int(row[0]) if row else 0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a generation, in memory to be compared all at once; never changed, only replaced by a longer one."""

    last: int
    terms: tuple[str, ...]
    letters: Letters
    lengths: Counts
    in_arabic: np.ndarray

    @classmethod
    def empty(cls) -> "Vocabulary":
        """Return the vocabulary of a generation of which nothing was read yet."""
        return cls(0, (), np.zeros((MAX_LENGTH, 0), np.uint16), np.zeros(0, np.uint8), np.zeros(0, bool))

    def extended(self, connection: sqlite3.Connection) -> "Vocabulary":
        """Return this vocabulary with the words that came since. Raises sqlite3.Error."""
        rows = connection.execute("SELECT id, term FROM vocabulary WHERE id > ? ORDER BY id", (self.last,)).fetchall()
        if not rows:
            return self
        terms = [term for _id, term in rows]
        raw = "".join(term.ljust(MAX_LENGTH, "\0") for term in terms).encode("utf-16-le", "surrogatepass")
        letters = np.frombuffer(raw, "<u2").reshape(-1, MAX_LENGTH).T
        return Vocabulary(
            rows[-1][0],
            (*self.terms, *terms),
            np.ascontiguousarray(np.concatenate([self.letters, letters], axis=1)),
            np.concatenate([self.lengths, np.array([len(term) for term in terms], np.uint8)]),
            np.concatenate([self.in_arabic, np.array([is_arabic(term) for term in terms])]),
        )

    def nearest(self, connection: sqlite3.Connection, term: str) -> str | None:
        """Return the written form of the word that an unknown term probably stands for. Raises sqlite3.Error."""
        limit = 2 if len(term) >= _TWO_ERRORS else 1
        near = np.abs(self.lengths.astype(np.int16) - len(term)) <= limit
        near &= self.in_arabic == is_arabic(term)
        if len(term) < _ANY_BEGINNING:
            near &= self.letters[0] == ord(term[0])
        places = np.flatnonzero(near)
        errors = distances(term, self.letters[:, places], self.lengths[places], limit)
        order = np.argsort(errors, kind="stable")[:_CANDIDATES]
        candidates = [(int(errors[place]), self.terms[places[place]]) for place in order if errors[place] <= limit]
        return _likeliest(connection, term, candidates)


def _likeliest(connection: sqlite3.Connection, term: str, candidates: Iterable[tuple[int, str]]) -> str | None:
    """Return the written form of the candidate with the fewest errors, the same beginning, the most documents."""
    best: tuple[tuple[int, bool, int, str], str] | None = None
    for errors, candidate in candidates:
        word, number = connection.execute("SELECT word, documents FROM vocabulary WHERE term = ?", (candidate,)).fetchone()
        rank = (errors, candidate[0] != term[0], -number, candidate)
        if number > 0 and (best is None or rank < best[0]):
            best = rank, written(word, candidate)
    return best[1] if best else None
