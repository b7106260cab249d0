"""What every kind of file is read as."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

MOST_COLUMNS = 400
LEADING = 30
"""Filled rows at the beginning among which the names of the columns are looked for."""

Known = Callable[[str], bool]
"""Tells whether somebody knows a column of this name."""


class FileError(ValueError):
    """A file that cannot be read at all; its text is for the facilitator."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file: its number as a person counts it (in JSON, the line), and its cells by header.

    `table`: its text cells come from a table, where `-` clears and formulas were neutralised. `faults` says why it cannot be
    read: header -> reason, "" for the row as a whole.
    """

    number: int
    cells: dict[str, Any]
    table: bool = True
    faults: Mapping[str, str] = field(default_factory=dict)


def header_at(rows: Sequence[Sequence[Any]], known: Known | None) -> tuple[int, int]:
    """Return how many names the likeliest header among the first rows has that are known, and its place.

    Where none is known, what stands alone above a wider row is a title, not a header.
    """
    filled = [[str(cell).strip() for cell in row if cell is not None and str(cell).strip()] for row in rows]
    scores = [sum(map(known, names[:MOST_COLUMNS])) if known else 0 for names in filled]
    if best := max(scores, default=0):
        return best, scores.index(best)
    places = [at for at, names in enumerate(filled) if names]
    wide = [at for at in places if len(filled[at]) > 1]
    return 0, (wide or places or [0])[0]


def header_of(cells: Sequence[Any]) -> list[str]:
    """Return the names of the columns. Raises FileError where there are none, too many, or two of one name."""
    names = [str(cell).strip() if cell is not None else "" for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise FileError(gettext("The first row has to hold the names of the columns."))
    if len(names) > MOST_COLUMNS:
        words = gettext("The table has too many columns: at most %(most)d.")
        raise FileError(words % {"most": MOST_COLUMNS})
    given = [name for name in names if name]
    if doubles := sorted({name for name in given if given.count(name) > 1}):
        raise FileError(gettext("Two columns have the same name: %(names)s.") % {"names": ", ".join(doubles)[:200]})
    return names


def row_of(number: int, header: Sequence[str], cells: Sequence[Any]) -> Row:
    """Return the row that cells below a header make."""
    surplus = any(cell not in (None, "") for cell in cells[len(header) :])
    named = dict(zip(header, cells, strict=False))
    named.pop("", None)
    fault = gettext("The row has more cells than the header: a separator or a quotation mark is amiss.")
    return Row(number, named, faults={"": fault} if surplus else {})
