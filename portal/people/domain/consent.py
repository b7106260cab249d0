"""What people agree to: recorded with the version of the text that they read, and withdrawn as easily."""

from __future__ import annotations

from django.db import transaction

from portal.base import clock
from portal.people.enums import Purpose
from portal.people.models import Consent, User
from portal.people.notices import NOTICES


def has_agreed(person: User, purpose: Purpose) -> bool:
    """Tell whether a person has agreed to the notice as it reads now, and has not withdrawn it."""
    valid = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None)
    return valid.filter(version=NOTICES[purpose].version).exists()


@transaction.atomic
def record_consent(person: User, purpose: Purpose, language: str) -> Consent:
    """Record that a person agrees to the notice as it reads now, in `language`; agreeing again changes nothing."""
    version = NOTICES[purpose].version
    User.objects.select_for_update().get(pk=person.pk)
    found = Consent.objects.filter(person=person, purpose=purpose, version=version, withdrawn_at=None).first()
    return found or Consent.objects.create(person=person, purpose=purpose, version=version, language=language)


def withdraw_consent(person: User, purpose: Purpose) -> bool:
    """End a person's consent from now on, and return whether there was any; what was done until now stays lawful."""
    return bool(Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).update(withdrawn_at=clock.now()))
