"""A day as a table: a column for each room, a row for each moment at which something begins or ends."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from sessions.programme.entries import Entry, Pause, ProgrammeDay


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table; `item` is None where the room is free."""

    item: Entry | Pause | None
    rows: int = 1
    columns: int = 1

    @property
    def texts(self) -> dict[str, str]:
        """The cell as `Pen` draws it."""
        spans = {"rows": str(self.rows), "columns": str(self.columns)}
        return {**self.item.texts, **spans} if self.item else {"free": "free"}


@dataclass(frozen=True, slots=True)
class Row:
    """What begins at a moment: `hour` heads the row."""

    hour: str
    iso: str
    cells: Sequence[Cell]

    @property
    def texts(self) -> list[dict[str, str]]:
        """Its cells as `Pen` draws them."""
        return [cell.texts for cell in self.cells]


@dataclass(frozen=True, slots=True)
class Heading:
    """A room and how many columns it takes: two where its sessions overlap."""

    name: str
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The table of a day."""

    day: ProgrammeDay
    headings: Sequence[Heading]
    rows: Sequence[Row]


@dataclass(slots=True)
class _Column:
    """What lies in one column, each thing under the number of the row where it begins."""

    cells: dict[int, tuple[Entry | Pause, int]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def put(self, item: Entry | Pause, first: int, last: int) -> None:
        self.cells[first] = (item, last - first)
        self.taken.update(range(first, last))

    def is_free(self, first: int, last: int) -> bool:
        return self.taken.isdisjoint(range(first, last))


def table(day: ProgrammeDay, rooms: Mapping[int | None, str]) -> Grid:
    """Return a day as a table. `rooms` are the columns in their order, under the keys that `Entry.room_pk` holds."""
    moments = sorted({moment for item in day.items for moment in (item.starts, item.ends)})
    place = {moment: number for number, moment in enumerate(moments)}
    lanes: dict[int | None, list[_Column]] = {pk: [] for pk in rooms}
    for entry in _sessions(day.items):
        first, last = place[entry.starts], place[entry.ends]
        columns = lanes[entry.room_pk]
        free = next((column for column in columns if column.is_free(first, last)), None)
        if free is None:
            free = _Column()
            columns.append(free)
        free.put(entry, first, last)
    used = {pk: columns for pk, columns in lanes.items() if columns} or {next(iter(rooms)): [_Column()]}
    headings = [Heading(rooms[pk], len(lane)) for pk, lane in used.items()]
    columns = [column for lane in used.values() for column in lane]
    pauses = [(item, place[item.starts], place[item.ends]) for item in day.items if isinstance(item, Pause)]
    laid = _laid(pauses, columns)
    if extra := len(columns) - sum(heading.columns for heading in headings):
        headings.append(Heading(gettext("Breaks"), extra))
    return Grid(day, headings, list(_rows(moments, columns, laid)))


def _sessions(items: Iterable[Entry | Pause]) -> Iterator[Entry]:
    return (item for item in items if isinstance(item, Entry))


def _laid(pauses: Iterable[tuple[Pause, int, int]], columns: list[_Column]) -> dict[tuple[int, int], Cell]:
    """Return the cells of the breaks by row and column: across all neighbouring rooms that are free.

    Where no room is free all through a break, it gets a column of its own, added to `columns`.
    """
    cells: dict[tuple[int, int], Cell] = {}
    for pause, first, last in pauses:
        free = [number for number, column in enumerate(columns) if column.is_free(first, last)]
        if not free:
            columns.append(_Column())
            free = [len(columns) - 1]
        for start, width in _runs(free):
            cells[first, start] = Cell(pause, last - first, width)
            for column in columns[start : start + width]:
                column.taken.update(range(first, last))
    return cells


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where neighbours begin and how many they are: 0, 1, 3 gives (0, 2), (3, 1)."""
    start = 0
    for end in range(1, len(numbers) + 1):
        if end == len(numbers) or numbers[end] != numbers[end - 1] + 1:
            yield numbers[start], end - start
            start = end


def _rows(
    moments: Sequence[datetime.datetime], columns: Sequence[_Column], pauses: Mapping[tuple[int, int], Cell]
) -> Iterator[Row]:
    for number, moment in enumerate(moments[:-1]):
        cells = []
        for place, column in enumerate(columns):
            if number in column.cells:
                item, span = column.cells[number]
                cells.append(Cell(item, span))
            elif (number, place) in pauses:
                cells.append(pauses[number, place])
            elif number not in column.taken:
                cells.append(Cell(None))
        yield Row(f"{moment:%H:%M}", moment.isoformat(), cells)
