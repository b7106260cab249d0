"""Who may do what with a practice."""

from __future__ import annotations

from good_practices.models import PracticePage
from portal.people.domain.memberships import verified_organisations
from portal.people.models import Organisation, User


def carried_by(page: PracticePage, person: User) -> list[Organisation]:
    """Return the organisations that carried a practice and of which `person` is a verified member: they may update it."""
    return list(Organisation.objects.filter(pk__in=verified_organisations(person), practice_organisations__page=page).distinct())
