"""What a line or a cell of the programme shows: plain values, so that a template draws sixty of them without asking anything."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.base.dates import weekday
from sessions.enums import SessionState


@dataclass(slots=True)
class Entry:
    """A session in the programme, in the reader's language and the workshop's zone."""

    key: str  # the session's `translation_key`
    url: str
    title: str
    starts: datetime.datetime
    ends: datetime.datetime
    hours: Hours
    state: SessionState
    room: str
    room_pk: int | None
    note: str
    values: Mapping[str, Sequence[str]]  # what each filter looks at
    texts: dict[str, str]  # what a line or a cell shows, safe in HTML (`Pen`)


@dataclass(slots=True)
class Pause:
    """A break of the programme."""

    title: str
    starts: datetime.datetime
    ends: datetime.datetime
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when: as read, as machines read it (ISO 8601), and where the reader is ("" where that is the same)."""

    start: str
    start_iso: str
    own: str
    texts: Mapping[str, str]  # all of them, as `Pen` draws them


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """A day of the programme: sessions and breaks in their order. `number` counts from 1 through the whole workshop."""

    date: datetime.date
    number: int
    items: Sequence[Entry | Pause]
    texts: Sequence[dict[str, str]]  # of the items, and a line for the present moment between them


def by_day(items: Iterable[Entry | Pause], numbers: Mapping[datetime.date, int], now: datetime.datetime) -> list[ProgrammeDay]:
    """Return sessions and breaks by day; on the day of `now` (in the workshop's zone) a line says what is past."""
    grouped: dict[datetime.date, list[Entry | Pause]] = {}
    for item in sorted(items, key=lambda item: item.starts):
        grouped.setdefault(item.starts.date(), []).append(item)
    found = []
    for date, members in grouped.items():
        texts = [item.texts for item in members]
        if date == now.date():
            texts.insert(sum(item.starts <= now for item in members), {"now": f"{now:%H:%M}"})
        found.append(ProgrammeDay(date, numbers[date], members, texts))
    return found


class Clockwork:
    """Writes hours in the workshop's zone, and in the reader's own where one is given and it differs."""

    def __init__(self, zone: datetime.tzinfo, own_zone: datetime.tzinfo | None) -> None:
        self.zone, self.own_zone = zone, own_zone
        self._known: dict[tuple[datetime.datetime, datetime.datetime], Hours] = {}

    def hours(self, starts: datetime.datetime, ends: datetime.datetime) -> Hours:
        """Return the hours between two moments of the workshop's zone; those of one slot are written once."""
        known = self._known.get((starts, ends))
        if known is None:
            known = self._known[starts, ends] = self._written(starts, ends)
        return known

    def _written(self, starts: datetime.datetime, ends: datetime.datetime) -> Hours:
        own = self._own(starts, ends)
        start, start_iso = f"{starts:%H:%M}", starts.isoformat()
        texts = {"start": start, "end": f"{ends:%H:%M}", "start_iso": start_iso, "end_iso": ends.isoformat(), "own": own}
        return Hours(start, start_iso, own, texts)

    def _own(self, starts: datetime.datetime, ends: datetime.datetime) -> str:
        if self.own_zone is None:
            return ""
        own_starts, own_ends = starts.astimezone(self.own_zone), ends.astimezone(self.own_zone)
        if own_starts.utcoffset() == starts.utcoffset():
            return ""
        hours = f"{own_starts:%H:%M} – {own_ends:%H:%M}"
        return hours if own_starts.date() == starts.date() else f"{weekday(own_starts)} {hours}"
