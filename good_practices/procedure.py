"""The law's order of steps for each instrument, and its time limits (organic laws 111-14, 112-14 and 113-14)."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from good_practices.enums import StageKind
from portal.vocabulary.enums import Instrument, Level

FILED, ACKNOWLEDGED, CHECKED = StageKind.FILED, StageKind.ACKNOWLEDGED, StageKind.CHECKED
ADMITTED, REJECTED, SCHEDULED = StageKind.ACCEPTED, StageKind.REJECTED, StageKind.SCHEDULED
DELIBERATED, ANSWERED, CARRIED_OUT = StageKind.DELIBERATED, StageKind.ANSWERED, StageKind.CARRIED_OUT

PETITION_STEPS = (FILED, ACKNOWLEDGED, CHECKED, ADMITTED, REJECTED, SCHEDULED, DELIBERATED, ANSWERED, CARRIED_OUT)
"""A petition is checked by the bureau, then admitted or rejected, before the council takes it up."""

OTHER_STEPS = (FILED, ACKNOWLEDGED, SCHEDULED, DELIBERATED, ANSWERED, CARRIED_OUT)
"""The law sets no check of conditions for opinions, memoranda and proposals."""

REPLIES = frozenset({ADMITTED, REJECTED, DELIBERATED, ANSWERED})
"""The steps by which an authority says something to those who asked."""

MONTHS_TO_NOTICE = {Level.REGION: 2, Level.PREFECTURE: 2, Level.PROVINCE: 2, Level.COMMUNE: 3}
"""Months within which the council's president gives reasoned notice that a petition is rejected."""


class Fault(StrEnum):
    """Why a list of stages cannot be."""

    NOT_FOR_INSTRUMENT = "not_for_instrument"
    TWICE = "twice"
    BEFORE_PREVIOUS = "before_previous"
    OUT_OF_ORDER = "out_of_order"
    AFTER_REJECTION = "after_rejection"
    IN_FUTURE = "in_future"


@dataclass(frozen=True, slots=True)
class Step:
    """A stage as the law sees it: what and when."""

    kind: str
    date: datetime.date


def steps_of(instrument: str) -> tuple[StageKind, ...]:
    """Return the steps that an instrument can go through, in the law's order."""
    return PETITION_STEPS if instrument == Instrument.PETITION else OTHER_STEPS


def faults(instrument: str, steps: Sequence[Step], today: datetime.date) -> list[tuple[int, Fault]]:
    """Return what is impossible in `steps`, in their given order: (position, fault), one at most for each step."""
    order = {kind: rank for rank, kind in enumerate(steps_of(instrument))}
    found: list[tuple[int, Fault]] = []
    seen: list[Step] = []
    for position, step in enumerate(steps):
        fault = _fault(step, seen, order, today)
        if fault:
            found.append((position, fault))
        else:
            seen.append(step)
    return found


def _fault(step: Step, before: Sequence[Step], order: dict[StageKind, int], today: datetime.date) -> Fault | None:
    kind = StageKind(step.kind)
    kinds = [StageKind(one.kind) for one in before]
    checks = (
        (kind not in order, Fault.NOT_FOR_INSTRUMENT),
        (step.date > today, Fault.IN_FUTURE),
        (kind in kinds, Fault.TWICE),
        (REJECTED in kinds or (kind == REJECTED and ADMITTED in kinds), Fault.AFTER_REJECTION),
        (any(order[one] > order.get(kind, 0) for one in kinds), Fault.OUT_OF_ORDER),
        (any(one.date > step.date for one in before), Fault.BEFORE_PREVIOUS),
    )
    return next((fault for wrong, fault in checks if wrong), None)


def notice_due(instrument: str, level: str, filed_on: datetime.date | None) -> datetime.date | None:
    """Return the last day for the authority's notice on a petition filed on that day; None where the law sets no limit."""
    months = MONTHS_TO_NOTICE.get(Level(level)) if level else None
    if instrument != Instrument.PETITION or months is None or filed_on is None:
        return None
    return months_after(filed_on, months)


def months_after(day: datetime.date, months: int) -> datetime.date:
    """Return the same day `months` later, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return datetime.date(day.year + years, month + 1, min(day.day, last))


def reply_of(steps: Sequence[Step]) -> datetime.date | None:
    """Return the day of the authority's first word on the substance; None while there is none."""
    return min((step.date for step in steps if step.kind in REPLIES), default=None)


def late_by(due: datetime.date | None, replied_on: datetime.date | None, today: datetime.date) -> int:
    """Return by how many days the authority is, or was, late; 0 where it is not, or where the law sets no limit."""
    return max(0, ((replied_on or today) - due).days) if due else 0
