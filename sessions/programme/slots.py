"""Sessions as slots in the workshop's own time zone, day by day."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sessions.enums import SessionState, SessionStatus

if TYPE_CHECKING:
    from sessions.models import SessionPage


@dataclass(frozen=True, slots=True)
class Slot:
    """A session with its start and end in the workshop's zone."""

    session: SessionPage
    starts: datetime.datetime
    ends: datetime.datetime

    @property
    def date(self) -> datetime.date:
        """The day of the programme it belongs to."""
        return self.starts.date()


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the programme and its slots, the earliest first."""

    date: datetime.date
    slots: list[Slot]


def state_at(now: datetime.datetime, starts: datetime.datetime, ends: datetime.datetime, status: str) -> SessionState:
    """Return where a session stands at the moment `now`: cancelled, to come, live or over; recordings are not looked at."""
    if status == SessionStatus.CANCELLED:
        return SessionState.CANCELLED
    if now < starts:
        return SessionState.TO_COME
    return SessionState.LIVE if now < ends else SessionState.OVER


def slots(sessions: Iterable[SessionPage], zone: zoneinfo.ZoneInfo) -> list[Slot]:
    """Return the sessions, in their given order, as slots in `zone`."""
    return [Slot(one, one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)) for one in sessions]


def days(programme: Iterable[Slot]) -> list[Day]:
    """Return slots that are in order of time, by day."""
    return [Day(date, list(group)) for date, group in groupby(programme, key=lambda slot: slot.date)]


def time_zones() -> list[tuple[str, str]]:
    """Return the time zones to choose from (IANA), as a field takes them."""
    return [(name, name) for name in sorted(zoneinfo.available_timezones())]
