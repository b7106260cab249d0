"""Where the whole workshop stands at a moment: before, running, over; what is on now and what comes next."""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from sessions.enums import SessionState
from sessions.programme.entries import Entry

SOON = datetime.timedelta(hours=2)
"""What begins within this is told in minutes."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A session that is on or comes next, with the minutes that are left of it or until it."""

    entry: Entry
    minutes: int
    soon: bool
    other_day: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The workshop at a moment. `phase`: empty, before, running or over. `refreshes`: whether the page should ask again."""

    phase: str
    clock: str = ""
    now: Sequence[Coming] = ()
    next: Sequence[Coming] = ()
    days_left: int = 0
    recorded: int = 0
    refreshes: bool = False
    version: str = ""  # another where the state or the slot of a session is another


def standing(entries: Sequence[Entry], now: datetime.datetime) -> Standing:
    """Return where the workshop stands at `now`, a moment of its own zone; cancelled sessions do not count."""
    valid = [entry for entry in entries if entry.state != SessionState.CANCELLED]
    if not valid:
        return Standing("empty")
    first, end = valid[0].starts, max(entry.ends for entry in valid)
    phase = "before" if now < first else "running" if now < end else "over"
    start = next((entry.starts for entry in valid if entry.starts > now), None)
    refreshes = phase != "over" and any(entry.starts.date() == now.date() for entry in valid)
    return Standing(
        phase,
        clock=f"{now:%H:%M}",
        now=[_coming(entry, now, entry.ends) for entry in valid if entry.state == SessionState.LIVE],
        next=[_coming(entry, now, entry.starts) for entry in valid if entry.starts == start],
        days_left=(first.date() - now.date()).days,
        recorded=sum(entry.state == SessionState.RECORDED for entry in valid),
        refreshes=refreshes,
        version=_version(entries) if refreshes else "",
    )


def _coming(entry: Entry, now: datetime.datetime, until: datetime.datetime) -> Coming:
    """Minutes are rounded up: what has begun to run is not "0 minutes"."""
    left = until - now
    return Coming(entry, -(-left // datetime.timedelta(minutes=1)), left <= SOON, entry.starts.date() != now.date())


def _version(entries: Sequence[Entry]) -> str:
    told = "".join(f"{entry.key}{entry.state}{entry.starts}{entry.ends}{entry.room_pk}{entry.note}" for entry in entries)
    return f"{zlib.crc32(told.encode()):08x}"
