"""Who carries a practice: verified members of the associations that asked, and whoever contributed it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from good_practices.models import PracticePage
from portal.people.models import Organisation, User


def organisations_of(person: User) -> QuerySet[Organisation]:
    """Return the organisations of which a facilitator has verified that `person` belongs to them."""
    return Organisation.objects.filter(memberships__person=person, memberships__verified_at__isnull=False)


def carried_by(person: User) -> QuerySet[PracticePage]:
    """Return the published practices, in all their languages, that `person` carries."""
    own = Q(practice_organisations__organisation__in=organisations_of(person)) | Q(contributor=person)
    pages: QuerySet[PracticePage] = PracticePage.objects.published().filter(own).order_by().distinct()
    return pages


def carries(person: User, practice_key: UUID) -> bool:
    """Tell whether `person` carries the practice."""
    return carried_by(person).filter(translation_key=practice_key).exists()


def behalf_of(person: User, practice_key: UUID) -> Organisation | None:
    """Return the organisation for which `person` speaks of the practice, a trusted one first; None where there is none."""
    carrying = Q(practice_organisations__page__translation_key=practice_key)
    return organisations_of(person).filter(carrying).order_by("-trusted", "pk").first()
