"""The figures of the library: how many practices stand where, and how long authorities take to reply.

Everything is counted by the database from `PracticeFacts`, in a constant number of queries.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from good_practices.enums import Outcome, StageKind
from good_practices.models import PracticeFacts
from portal.base import clock
from portal.vocabulary.enums import Instrument, Level
from portal.vocabulary.models import Territory, Theme

ENOUGH = 3
"""Replies from which on a median is shown: fewer say nothing of the next one."""

UNKNOWN = ""
Label = str | Promise


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader asked for; empty means everything."""

    region: Territory | None = None
    theme: Theme | None = None
    instrument: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many practices there are of one kind; `share` is out of the largest of its table, 0 to 1."""

    code: str
    label: Label
    number: int
    share: float


@dataclass(frozen=True, slots=True)
class Delay:
    """How long replies took, in days, in one group of practices; the median is None where there are too few."""

    code: str
    label: Label
    practices: int
    replies: int
    shortest: int | None = None
    longest: int | None = None
    median: int | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """How petitions stand to the law's time limit for a reasoned notice."""

    limited: int
    in_time: int
    late: int
    overdue: int

    @property
    def running(self) -> int:
        """Petitions without a reply whose limit has not come yet."""
        return self.limited - self.in_time - self.late - self.overdue


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All the figures of one page."""

    total: int = 0
    illustrative: int = 0
    without_date: int = 0
    without_reply: int = 0
    outcomes: Sequence[Tally] = ()
    stages: Sequence[Tally] = ()
    instruments: Sequence[Tally] = ()
    delay: Delay = field(default_factory=lambda: Delay("", "", 0, 0))
    levels: Sequence[Delay] = ()
    regions: Sequence[Delay] = ()
    themes: Sequence[Delay] = ()
    limit: Limit = field(default_factory=lambda: Limit(0, 0, 0, 0))


def years() -> list[int]:
    """Return the years in which public practices were filed, the latest first, with those between them."""
    found = PracticeFacts.objects.aggregate(first=Min("filed_on"), last=Max("filed_on"))
    if not found["first"]:
        return []
    return list(range(found["last"].year, found["first"].year - 1, -1))


def figures(choice: Choice, regions: Iterable[Territory], themes: Iterable[Theme]) -> Dashboard:
    """Return the figures of the practices of `choice`; `regions` and `themes` name the rows of their tables, in this order."""
    facts = _chosen(choice)
    kinds = list(facts.order_by().values_list("outcome", "stage", "instrument", "illustrative").annotate(n=Count("*")))
    total = sum(row[-1] for row in kinds)
    if not total:
        return Dashboard()
    levels = _days(facts, "authority_level")
    all_days: Counter[int | None] = Counter()
    for days in levels.values():
        all_days.update(days)
    names: dict[Any, Label] = {level.value: level.label for level in Level}
    return Dashboard(
        total=total,
        illustrative=sum(row[-1] for row in kinds if row[3]),
        without_date=facts.filter(filed_on=None).count(),
        without_reply=all_days[None],
        outcomes=_counts(kinds, 0, dict(Outcome.choices)),
        stages=_counts(kinds, 1, dict(StageKind.choices)),
        instruments=_counts(kinds, 2, dict(Instrument.choices)),
        delay=_delay("", _("All"), all_days),
        levels=_delays(levels, names),
        regions=_delays(_days(facts, "region"), {one.pk: one.name for one in regions}, {one.pk: one.iso_code for one in regions}),
        themes=_delays(_days(facts, "themes"), {one.pk: one.name for one in themes}, {one.pk: one.slug for one in themes}),
        limit=_limit(facts, timezone.localdate(clock.now())),
    )


def _chosen(choice: Choice) -> QuerySet:
    facts = PracticeFacts.objects.all()
    if choice.region:
        facts = facts.filter(region=choice.region)
    if choice.theme:
        facts = facts.filter(themes=choice.theme)
    if choice.instrument:
        facts = facts.filter(instrument=choice.instrument)
    if choice.year:
        facts = facts.filter(filed_on__range=(datetime.date(choice.year, 1, 1), datetime.date(choice.year, 12, 31)))
    return facts


def _counts(kinds: Iterable[Sequence[Any]], column: int, labels: Mapping[str, Label]) -> list[Tally]:
    """Return one row for each kind there is, in the order of `labels`, and last what is not known."""
    numbers: Counter[str] = Counter()
    for row in kinds:
        numbers[row[column]] += row[-1]
    most = max(numbers.values())
    rows = [Tally(code, label, numbers[code], numbers[code] / most) for code, label in labels.items() if numbers[code]]
    known = {row.code for row in rows}
    rest = sum(number for code, number in numbers.items() if code not in known)
    return [*rows, Tally(UNKNOWN, _("Not known"), rest, rest / most)] if rest else rows


def _days(facts: QuerySet, group: str) -> dict[Any, Counter[int | None]]:
    """Return for each group how many replies took how many days (None: no reply)."""
    found: dict[Any, Counter[int | None]] = defaultdict(Counter)
    for value, days, number in facts.order_by().values_list(group, "days_to_reply").annotate(n=Count("*")):
        found[value][days] += number
    return found


def _delays(
    days: Mapping[Any, Counter[int | None]], labels: Mapping[Any, Label], codes: Mapping[Any, str] | None = None
) -> list[Delay]:
    rows = [_delay(codes[value] if codes else value, label, days[value]) for value, label in labels.items() if value in days]
    unknown: Counter[int | None] = Counter()
    for value, counted in days.items():
        if value not in labels:
            unknown.update(counted)
    return [*rows, _delay(UNKNOWN, _("Not known"), unknown)] if unknown else rows


def _delay(code: str, label: Label, days: Counter[int | None]) -> Delay:
    known = sorted((day, number) for day, number in days.items() if day is not None)
    replies = sum(number for _day, number in known)
    practices = replies + days[None]
    if not replies:
        return Delay(code, label, practices, 0)
    median = _median(known, replies) if replies >= ENOUGH else None
    return Delay(code, label, practices, replies, known[0][0], known[-1][0], median)


def _median(days: Sequence[tuple[int, int]], total: int) -> int:
    """Return the median of sorted (days, how often), rounded to a whole day, halves up."""
    lower, upper = _nth(days, (total - 1) // 2), _nth(days, total // 2)
    return (lower + upper + 1) // 2


def _nth(days: Sequence[tuple[int, int]], place: int) -> int:
    for day, number in days:
        if place < number:
            return day
        place -= number
    raise IndexError(place)


def _limit(facts: QuerySet, today: datetime.date) -> Limit:
    limited = facts.filter(reply_due_on__isnull=False)
    return Limit(
        **limited.aggregate(
            limited=Count("*"),
            in_time=Count("pk", filter=Q(replied_on__lte=F("reply_due_on"))),
            late=Count("pk", filter=Q(replied_on__gt=F("reply_due_on"))),
            overdue=Count("pk", filter=Q(replied_on=None, reply_due_on__lt=today)),
        )
    )
