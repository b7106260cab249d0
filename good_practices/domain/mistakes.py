"""What readers say is wrong, and that somebody has seen to it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from good_practices.models import MistakeReport, PracticePage
from portal.base import clock
from portal.people.models import User

SETTLE = "good_practices.change_mistakereport"
"""The permission to settle what readers report."""


@transaction.atomic
def report_mistake(page: PracticePage, text: str, language: str, email: str = "") -> MistakeReport:
    """Keep what a reader says is wrong in a practice (already cleaned by the form) and return it."""
    return MistakeReport.objects.create(practice_key=page.translation_key, text=text, language=language, email=email)


@transaction.atomic
def settle_mistake(report: MistakeReport, person: User) -> None:
    """Note that `person` has seen to a report; whoever settled it first stays.

    Raises PermissionDenied if `person` may not.
    """
    if not person.has_perm(SETTLE):
        raise PermissionDenied
    if report.settled_at is None:
        report.settled_at, report.settled_by = clock.now(), person
        report.save(update_fields=["settled_at", "settled_by"])
