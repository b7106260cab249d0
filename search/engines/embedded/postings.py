"""Where each term stands: for a term and a block of documents, one 32-bit number per document that holds it.

A number is the document's number (24 bits) with how often the term occurs in it (8 bits, in quarters, so that fields can be
weighed). A block is short, so that an update rewrites little; a search joins all blocks of a term and decodes them at once.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

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
        self._added: dict[int, tuple[list[str], list[int]]] = {}
        self._removed: defaultdict[Key, set[int]] = defaultdict(set)

    def replace(self, document: int, old: Mapping[str, int], new: Mapping[str, int]) -> None:
        """Note that a document has the terms `new` (with frequencies in units) where it had `old`."""
        block = document // BLOCK
        for term, frequency in old.items():
            if new.get(term) != frequency:
                self._removed[term, block].add(document)
        if old:
            new = {term: frequency for term, frequency in new.items() if old.get(term) != frequency}
        terms, numbers = self._added.setdefault(block, ([], []))
        base = document << _FREQUENCY_BITS
        terms += new
        numbers += [base | frequency if frequency < _MAX_FREQUENCY else base | _MAX_FREQUENCY for frequency in new.values()]

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what was noted. Raises sqlite3.Error."""
        for key, documents in self._removed.items():
            _remove(connection, key, documents)
        for block, (terms, numbers) in self._added.items():
            connection.executemany(
                "INSERT INTO postings VALUES (?, ?, ?)"
                " ON CONFLICT(term, block) DO UPDATE SET data = CAST(data || excluded.data AS BLOB)",
                ((term, block, data) for term, data in _by_term(terms, numbers)),
            )


def _by_term(terms: Sequence[str], numbers: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """Yield each distinct term, in order, with the numbers that stand beside it."""
    distinct = sorted(set(terms))
    places = dict(zip(distinct, range(len(distinct)), strict=True))
    owners = np.fromiter(map(places.__getitem__, terms), np.int32, len(terms))
    data = np.array(numbers, np.uint32)[np.argsort(owners, kind="stable")].tobytes()
    end = 0
    for term, count in zip(distinct, np.bincount(owners, minlength=len(distinct)).tolist(), strict=True):
        begin, end = end, end + count * 4
        yield term, data[begin:end]


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
