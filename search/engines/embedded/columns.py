"""What sorting, filtering and counting need of every document, in memory: some fifty bytes for each.

Columns are those of one state of a generation: every writing transaction gives the state a number, and a document that it
writes that number too, so that columns read before are brought up to date with the few rows that changed since, whichever
process changed them. They are never changed in place: a search in another thread keeps those it began with.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

K1 = 0.8
B = 0.5
"""BM25: how soon repeating a word stops counting, and how much the length of a text counts."""

_NUMBERS = np.dtype(
    [
        ("alive", np.bool_),
        ("date", np.int32),
        ("discussion", np.int32),
        ("published", np.uint32),  # the second, see `Document.published_second`
        ("length", np.float32),
        ("order", np.uint64),  # the beginning of the key
        ("start", np.int64),  # where its facet values are
        ("count", np.int32),  # how many they are
    ]
)
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of all documents; a document's number is its place."""

    state: int
    documents: np.ndarray
    """Rows of `_NUMBERS`."""
    codes: npt.NDArray[np.uint32]
    """The facet values of all documents, one document after the other."""
    values: tuple[tuple[str, str], ...]
    """Code -> (facet, value)."""
    numbers: Mapping[tuple[str, str], int]
    """(facet, value) -> code."""
    norms: npt.NDArray[np.float32]
    """BM25's denominator without the frequency."""
    alive: int
    """Number of documents."""

    def counted(self, places: Integers) -> tuple[Integers, npt.NDArray[np.uint32]]:
        """Return the facet values of the documents at `places`: for each its index in `places`, and its code."""
        counts = self.documents["count"][places]
        owners = np.repeat(np.arange(len(places)), counts)
        shifts = self.documents["start"][places] - (np.cumsum(counts) - counts)
        return owners, self.codes[np.arange(len(owners)) + np.repeat(shifts, counts)]


EMPTY = Columns(0, np.zeros(1, _NUMBERS), np.zeros(0, np.uint32), (("", ""),), {}, np.ones(1, np.float32), 0)


def current(connection: sqlite3.Connection, known: Columns) -> Columns:
    """Return the columns of the state that the connection's transaction sees. Raises sqlite3.Error.

    `known` are older columns of the same generation. Younger ones cannot be turned back: all is read afresh then.
    """
    state = connection.execute("SELECT changes FROM state").fetchone()[0]
    if state == known.state:
        return known
    if state < known.state:
        known = EMPTY
    rows = connection.execute(
        "SELECT id, type IS NOT NULL, date, discussion, length, substr(key, 1, 8), codes, published FROM documents"
        " WHERE changed > ?",
        (known.state,),
    ).fetchall()
    values = known.values + tuple(
        connection.execute("SELECT name, value FROM facet_values WHERE code >= ? ORDER BY code", (len(known.values),))
    )
    return _with(known, state, rows, values)


def _with(known: Columns, state: int, rows: Sequence[tuple[Any, ...]], values: tuple[tuple[str, str], ...]) -> Columns:
    """Return `known` with the rows that changed."""
    places = np.array([row[0] for row in rows], np.int64)
    documents = np.zeros(max(len(known.documents), int(places.max(initial=0)) + 1), _NUMBERS)
    documents[: len(known.documents)] = known.documents
    counts = np.array([len(row[6]) // 4 for row in rows], np.int32)
    documents["alive"][places] = [row[1] for row in rows]
    for column, name in ((2, "date"), (3, "discussion")):
        documents[name][places] = [min(row[column], _LARGEST) for row in rows]
    documents["published"][places] = [row[7] for row in rows]
    documents["length"][places] = [row[4] for row in rows]
    documents["order"][places] = [_order(row[5]) for row in rows]
    documents["start"][places] = len(known.codes) + np.cumsum(counts) - counts
    documents["count"][places] = counts
    codes = np.concatenate([known.codes, np.frombuffer(b"".join([row[6] for row in rows]), "<u4")])
    numbers = known.numbers if values is known.values else {value: code for code, value in enumerate(values) if code}
    return _compact(Columns(state, documents, codes, values, numbers, _norms(documents), int(documents["alive"].sum())))


def _compact(columns: Columns) -> Columns:
    """Return the columns without the facet values of documents as they were, once these are most of all."""
    counts = columns.documents["count"]
    used = int(counts.sum())
    if used * 2 + 1_000 > len(columns.codes):
        return columns
    _owners, codes = columns.counted(np.arange(len(columns.documents)))
    columns.documents["start"] = np.cumsum(counts) - counts
    fields = (columns.state, columns.documents, codes, columns.values, columns.numbers, columns.norms, columns.alive)
    return Columns(*fields)


def _order(key_beginning: str) -> int:
    return int.from_bytes(key_beginning.encode("utf-8", "surrogatepass")[:8].ljust(8, b"\0"), "big")


def _norms(documents: np.ndarray) -> npt.NDArray[np.float32]:
    lengths, alive = documents["length"], documents["alive"]
    average = float(lengths[alive].mean()) if alive.any() else 1.0
    norms: npt.NDArray[np.float32] = (K1 * (1 - B + B * lengths / max(average, 1.0))).astype(np.float32)
    return norms
