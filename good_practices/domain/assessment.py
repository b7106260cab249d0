"""Assessing a practice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from good_practices.carriers import carries, organisations_of
from good_practices.models import Assessment, PracticePage
from portal.base import clock
from portal.people.models import User


def may_assess(person: Any, page: PracticePage) -> bool:
    """Tell whether `person` may assess a practice: a verified member of an organisation, of a practice that is not their own."""
    return isinstance(person, User) and organisations_of(person).exists() and not carries(person, page.translation_key)


@transaction.atomic
def assess(person: User, page: PracticePage, findings: Mapping[str, Any], language: str) -> Assessment:
    """Keep what `person` finds of a practice (the fields of `Assessment`); a facilitator makes it public.

    Who assessed it before replaces what they found, which is looked at again. Raises PermissionDenied where they may not.
    """
    if not may_assess(person, page):
        raise PermissionDenied
    own = Assessment.objects.filter(practice_key=page.translation_key, assessor=person).first()
    one = own or Assessment(practice_key=page.translation_key, assessor=person)
    for field in (*Assessment.CRITERIA, "comment"):
        setattr(one, field, findings[field])
    one.organisation = organisations_of(person).order_by("pk").first()
    one.language, one.assessed_on, one.public = language, timezone.localdate(clock.now()), False
    one.save()
    return one
