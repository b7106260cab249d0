"""Filters, facet counts and order over the documents that match, from the columns in memory."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from search.engines.embedded.columns import Columns, Integers
from search.query import FACETS

Filters = Mapping[str, tuple[str, ...]]
Mask = npt.NDArray[np.bool_]

_ORDERS = {
    "relevance": ("score", "date"),
    "date": ("date", "score"),
    "discussion": ("discussion", "score", "date"),
    "published": ("published", "date", "score"),
}
"""What decides in each order, the most or the latest first; then the key."""


class Selection:
    """The documents that match, with their facet values."""

    def __init__(self, columns: Columns, places: Integers, fixed: Filters) -> None:
        self._columns = columns
        self._places = places
        self._owners, self._codes = columns.counted(places)
        self._fixed = self._all(self._allowed(name, values) for name, values in fixed.items())

    @property
    def matched(self) -> int:
        """Number of documents before the reader's filters."""
        return int(self._fixed.sum())

    def filtered(self, filters: Filters) -> Integers:
        """Return the documents that have one of the chosen values of every facet."""
        return self._places[self._fixed & self._all(self._allowed(name, values) for name, values in filters.items())]

    def counts(self, filters: Filters) -> dict[str, dict[str, int]]:
        """Return facet -> value -> number of documents. A facet's own choice does not shrink its own counts."""
        found: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        allowed = {name: self._allowed(name, values) for name, values in filters.items()}
        unfiltered = frozenset(FACETS) - filters.keys()
        self._count(self._all(allowed.values()), unfiltered, found)
        for name in filters.keys() & found.keys():
            self._count(self._all(mask for other, mask in allowed.items() if other != name), {name}, found)
        return found

    def _count(self, mask: Mask, names: frozenset[str] | set[str], found: dict[str, dict[str, int]]) -> None:
        kept = (mask & self._fixed)[self._owners]
        numbers = np.bincount(self._codes[kept], minlength=1)
        for code in np.flatnonzero(numbers):
            name, value = self._columns.values[code]
            if name in names:
                found[name][value] = int(numbers[code])

    def _allowed(self, name: str, values: Sequence[str]) -> Mask:
        """Return which documents have one of the values of a facet."""
        codes = [self._columns.numbers[name, value] for value in values if (name, value) in self._columns.numbers]
        wanted = np.zeros(len(self._columns.values), bool)
        wanted[codes] = True
        allowed = np.zeros(len(self._places), bool)
        allowed[self._owners[wanted[self._codes]]] = True
        return allowed

    def _all(self, masks: Iterable[Mask]) -> Mask:
        found = np.ones(len(self._places), bool)
        for mask in masks:
            found &= mask
        return found


def page(columns: Columns, places: Integers, scores: npt.NDArray[np.float32], order: str, first: int, number: int) -> Integers:
    """Return the documents of one page, those from `first` in the given order."""
    documents = columns.documents
    criteria = tuple(-(scores if name == "score" else documents[name])[places].astype(np.float64) for name in _ORDERS[order])
    if first + number < len(places):  # only what may come before the page's end has to be put in order
        last = np.partition(criteria[0], first + number - 1)[first + number - 1]
        kept = criteria[0] <= last
        places, criteria = places[kept], tuple(criterion[kept] for criterion in criteria)
    ordered = np.lexsort((places, documents["order"][places], *reversed(criteria)))
    return places[ordered[first : first + number]]
