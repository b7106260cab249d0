"""Somebody's sessions day by day, with those that take place at the same time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from portal.base.languages import best_translations
from sessions.enums import SessionStatus
from sessions.models import SessionPage, WorkshopPage
from sessions.programme import Slot, slots


@dataclass(frozen=True, slots=True)
class Entry:
    """A slot of an agenda, and the sessions of the same agenda that overlap with it."""

    slot: Slot
    conflicts: list[SessionPage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Timetable:
    """An agenda to be shown: its days with their entries, the earliest first. `zone` is the workshop's (IANA)."""

    days: list[tuple[object, list[Entry]]]
    zone: str
    count: int


def timetable(keys: Collection[UUID], language: str) -> Timetable:
    """Return the published sessions among `keys`, in `language` or else in the reader's next best."""
    workshop = WorkshopPage.objects.live().public().order_by("pk").first()
    if workshop is None or not keys:
        return Timetable([], workshop.time_zone if workshop else "", 0)
    pages = SessionPage.objects.published().filter(translation_key__in=keys).for_cards()
    found = best_translations(pages, language).values()
    in_order = sorted(found, key=lambda page: (page.starts_at, page.ends_at, page.pk))
    entries = with_conflicts(slots(in_order, workshop.zone))
    by_day = groupby(entries, key=lambda entry: entry.slot.date)
    return Timetable([(date, list(group)) for date, group in by_day], workshop.time_zone, len(entries))


def with_conflicts(programme: Iterable[Slot]) -> list[Entry]:
    """Return the slots, which are in order of time, with what overlaps; a cancelled session stands in nobody's way."""
    entries = [Entry(slot) for slot in programme]
    held = [entry for entry in entries if entry.slot.session.status != SessionStatus.CANCELLED]
    for place, entry in enumerate(held):
        for other in held[place + 1 :]:
            if other.slot.starts >= entry.slot.ends:
                break
            entry.conflicts.append(other.slot.session)
            other.conflicts.append(entry.slot.session)
    return entries
