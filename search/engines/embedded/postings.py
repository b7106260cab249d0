"""Where each term stands: for a term and a block of documents, one 32-bit number per document that holds it.

A number is the document's number (24 bits) with how often the term occurs in it (8 bits, in quarters, so that fields can be
weighed). A block is short, so that an update rewrites little; a search joins all blocks of a term and decodes them at once.
"""

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

BLOCK = 2048
"""Documents of one block."""

MAX_DOCUMENT = (1 << 24) - 1
_FREQUENCY_BITS = 8
_MAX_FREQUENCY = (1 << _FREQUENCY_BITS) - 1
UNIT = 4
"""How many units of frequency one occurrence counts."""

SKELETON = "~"
"""Before a term that is a skeleton: no stem begins so."""

Numbers = npt.NDArray[np.uint32]
Key = tuple[str, int]


class Pending:
    """What one transaction takes out and puts in, gathered so that each row is written once."""

    def __init__(self) -> None:
        self._added: dict[int, defaultdict[str, array[int]]] = {}
        self._removed: defaultdict[Key, set[int]] = defaultdict(set)

    def replace(self, document: int, old: Mapping[str, int], new: Mapping[str, int]) -> None:
        """Note that a document has the terms `new` (with frequencies in units) where it had `old`."""
        block = document // BLOCK
        for term, frequency in old.items():
            if new.get(term) != frequency:
                self._removed[term, block].add(document)
        added = self._added.setdefault(block, defaultdict(_no_numbers))
        base = document << _FREQUENCY_BITS
        for term, frequency in new.items():
            if not old or old.get(term) != frequency:
                added[term].append(base | frequency if frequency < _MAX_FREQUENCY else base | _MAX_FREQUENCY)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what was noted. Raises sqlite3.Error."""
        for key, documents in self._removed.items():
            _remove(connection, key, documents)
        for block, added in self._added.items():
            connection.executemany(
                "INSERT INTO postings VALUES (?, ?, ?)"
                " ON CONFLICT(term, block) DO UPDATE SET data = CAST(data || excluded.data AS BLOB)",
                ((term, block, added[term]) for term in sorted(added)),
            )


def _no_numbers() -> "array[int]":
    return array("I")


def _remove(connection: sqlite3.Connection, key: Key, documents: Iterable[int]) -> None:
    row = connection.execute("SELECT data FROM postings WHERE term = ? AND block = ?", key).fetchone()
    if not row:
        return
    numbers = np.frombuffer(row[0], np.uint32)
    left = numbers[~np.isin(numbers >> _FREQUENCY_BITS, list(documents))]
    if len(left):
        connection.execute("UPDATE postings SET data = ? WHERE term = ? AND block = ?", (left.tobytes(), *key))
    else:
        connection.execute("DELETE FROM postings WHERE term = ? AND block = ?", key)


def of(connection: sqlite3.Connection, term: str) -> tuple[Numbers, npt.NDArray[np.float32]]:
    """Return (documents, frequencies) of a term, in no order, each document once. Raises sqlite3.Error."""
    rows = connection.execute("SELECT data FROM postings WHERE term = ?", (term,))
    numbers: Numbers = np.frombuffer(b"".join([row[0] for row in rows]), np.uint32)
    frequencies = (numbers & np.uint32(_MAX_FREQUENCY)).astype(np.float32) / np.float32(UNIT)
    return numbers >> np.uint32(_FREQUENCY_BITS), frequencies


def known(connection: sqlite3.Connection, term: str) -> bool:
    """Tell whether any document holds a term. Raises sqlite3.Error."""
    return connection.execute("SELECT 1 FROM postings WHERE term = ? LIMIT 1", (term,)).fetchone() is not None
