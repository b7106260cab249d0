"""Promises as pages show them: filtered, the latest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from good_practices.enums import CommitmentStatus
from good_practices.models import Commitment
from portal.base import clock
from portal.people.models import Organisation
from portal.vocabulary.models import Territory

OVERDUE, COMING = "overdue", "coming"
DUE = {OVERDUE: _("Overdue"), COMING: _("Still to come")}


def promised(*, organisation: Organisation | None = None, territory: Territory | None = None) -> QuerySet[Commitment]:
    """Return the promises of an organisation, or those in a territory and what lies in it, with all that a list shows."""
    found = Commitment.objects.select_related("organisation", "territory__parent__parent", "evidence_document")
    if organisation is not None:
        found = found.filter(organisation=organisation)
    return found.filter(_within("pk", territory.pk)) if territory is not None else found


def filtered(found: QuerySet[Commitment], asked: Mapping[str, str]) -> QuerySet[Commitment]:
    """Keep what `asked` says: who (slug), where (region's ISO code), status, due; unknown values keep nothing."""
    if who := asked.get("who"):
        found = found.filter(organisation__slug=who)
    if where := asked.get("where"):
        found = found.filter(_within("iso_code", where))
    if status := asked.get("status"):
        found = found.filter(status=status)
    if due := asked.get("due"):
        today = timezone.localdate(clock.now())
        open_ones = found.filter(status=CommitmentStatus.PENDING)
        choices = {OVERDUE: open_ones.filter(due_on__lt=today), COMING: open_ones.filter(due_on__gte=today)}
        found = choices.get(due, found.none())
    return found


def _within(field: str, value: Any) -> Q:
    """Return what is true of promises whose territory, or what it lies in, has this value."""
    return Q(*((f"territory__{up}{field}", value) for up in ("", "parent__", "parent__parent__")), _connector=Q.OR)
