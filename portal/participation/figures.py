"""Moderation in figures that name nobody, counted from the log of decisions."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from portal.participation.domain.log import BY_REPORTS
from portal.participation.enums import ModerationAct
from portal.participation.models import ModerationAction, ModerationReason

TOLD = (
    ModerationAct.HIDE,
    ModerationAct.REFUSE,
    ModerationAct.RESTORE,
    ModerationAct.KEEP,
    ModerationAct.GRANT,
    ModerationAct.UPHOLD,
    ModerationAct.BAN,
    ModerationAct.UNBAN,
)
"""What the public is told of."""


class Line(NamedTuple):
    """How often something was done in a month (its first day), for a reason (its code, "" where none was given)."""

    month: datetime.date
    act: str
    reason: str
    number: int


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """How many comments were hidden and refused for a reason."""

    name: str
    hidden: int
    refused: int


@dataclass(frozen=True, slots=True)
class Month:
    """What was decided in a month: each act in words, with how often."""

    first: datetime.date
    acts: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the public page shows: reasons, the most frequent first; months, the newest first."""

    reasons: list[ReasonRow]
    months: list[Month]


def lines() -> list[Line]:
    """Return what was decided about comments and people by month, act and reason, the newest first; one query."""
    found = ModerationAction.objects.filter(act__in=TOLD, target__in=("comment", "person"))
    counted = found.annotate(month=TruncMonth("at")).order_by("-month", "act", "reason").values_list("month", "act", "reason")
    return [Line(month.date(), act, reason, number) for month, act, reason, number in counted.annotate(number=Count("pk"))]


def figures() -> Figures:
    """Return the figures of the public page, in the active language; two queries."""
    found = lines()
    hidden, refused, by_month = Counter[str](), Counter[str](), dict[datetime.date, Counter[str]]()
    for line in found:
        by_month.setdefault(line.month, Counter())[line.act] += line.number
        if line.act == ModerationAct.HIDE:
            hidden[line.reason] += line.number
        elif line.act == ModerationAct.REFUSE:
            refused[line.reason] += line.number
    names = reason_names()
    codes = sorted({*hidden, *refused}, key=lambda code: (-hidden[code] - refused[code], code))
    return Figures(
        reasons=[ReasonRow(names.get(code, code), hidden[code], refused[code]) for code in codes],
        months=[Month(first, [(str(act.label), acts[act]) for act in TOLD if acts[act]]) for first, acts in by_month.items()],
    )


def reason_names() -> dict[str, str]:
    """Return the names of reasons by their codes, in the active language."""
    names = {reason.code: reason.name for reason in ModerationReason.objects.all()}
    return {**names, BY_REPORTS: _("Reported by several people, until a moderator decided"), "": _("No reason given")}
