"""The stages of a practice as its page tells them: what happened, what is still to come, what was or is late."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from good_practices.enums import Outcome, StageKind
from good_practices.models import PracticePage
from good_practices.procedure import Step, late_by, notice_due, reply_of, steps_of
from portal.base import clock
from portal.base.dates import localdate
from portal.vocabulary.models import Territory

SETTLED = frozenset({Outcome.REJECTED, Outcome.CARRIED_OUT})
"""Outcomes after which nothing is awaited."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The law's limit for the notice of a rejection: until when, whether a reply is known, and how late it was or is (days)."""

    due: datetime.date
    replied_on: datetime.date | None
    late: int


@dataclass(frozen=True, slots=True)
class Chain:
    """What happened (the page's own stages) and the names of what is still to come, in the law's order."""

    stages: Sequence[Any]
    coming: Sequence[str]
    limit: Limit | None

    @property
    def limit_words(self) -> str:
        """What is to be said of the legal limit: kept, or late by how many days; "" where the law sets none."""
        limit = self.limit
        if limit is None:
            return ""
        words = {"day": localdate(limit.due), "days": limit.late}
        if limit.late and limit.replied_on:
            return _("Answer due by %(day)s: it came %(days)s days late.") % words
        if limit.late:
            return _("Answer due by %(day)s: none is known, %(days)s days after.") % words
        return (_("Answer due by %(day)s: it came in time.") if limit.replied_on else _("Answer due by %(day)s.")) % words


def chain_of(page: PracticePage, places: Sequence[Territory] = ()) -> Chain:
    """Return the chain of a practice. `places` are territories already at hand, so that the authority's is not read again."""
    stages = list(page.stages.all())
    coming = [] if page.outcome in SETTLED else [_name(kind) for kind in _after(page.instrument, [one.kind for one in stages])]
    return Chain(stages, coming if stages else [], _limit(page, [Step(one.kind, one.date) for one in stages], places))


def authority_level(page: PracticePage, places: Sequence[Territory] = ()) -> str:
    """Return the level of the territory of the authority that was addressed; "" where it has none, or none was addressed."""
    if page.authority is None:
        return ""
    known = {place.pk: place for place in places}
    territory = known.get(page.authority.territory_id or 0) or page.authority.territory
    return territory.level if territory else ""


def _after(instrument: str, kinds: Sequence[str]) -> list[StageKind]:
    """Return the steps after the last of `kinds`; a rejection is a turn that may come, and no step to wait for."""
    order = steps_of(instrument)
    ranks = [order.index(StageKind(kind)) for kind in kinds if kind in order]
    if StageKind.REJECTED in kinds:
        return []
    return [kind for kind in order[max(ranks, default=-1) + 1 :] if kind != StageKind.REJECTED]


def _name(kind: StageKind) -> str:
    return _("Found admissible, or rejected") if kind == StageKind.ACCEPTED else str(kind.label)


def _limit(page: PracticePage, steps: Sequence[Step], places: Sequence[Territory]) -> Limit | None:
    """Return the legal limit and whether it was kept; None where the law sets none, or where the day of the reply is not told."""
    filed_on = next((step.date for step in steps if step.kind == StageKind.FILED), None)
    due = notice_due(page.instrument, authority_level(page, places), filed_on)
    replied_on = reply_of(steps)
    if due is None:
        return None
    if replied_on:
        return Limit(due, replied_on, late_by(due, replied_on, replied_on))
    if page.reply or page.outcome != Outcome.UNDER_WAY or any(step.kind == StageKind.SCHEDULED for step in steps):
        return None
    today = timezone.localdate(clock.now())
    midnight = datetime.datetime.combine(today + datetime.timedelta(days=1), datetime.time.min)
    clock.changes_at(timezone.make_aware(midnight))
    return Limit(due, None, late_by(due, None, today))
