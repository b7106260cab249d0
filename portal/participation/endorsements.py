"""What organisations say of a practice, as it is read."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from wagtail.models import Page

from portal.participation.models import Endorsement
from portal.people.models import Membership, Organisation, User


def endorsements_of(key: UUID) -> list[Endorsement]:
    """Return what organisations say of the subject `key`, the latest first, in one query."""
    said = Endorsement.objects.visible().filter(subject__translation_key=key)
    return list(said.select_related("organisation__territory"))


def said_by(organisations: Collection[Organisation], key: UUID) -> list[Endorsement]:
    """Return what these organisations say of the subject `key`, what moderators hid too."""
    said = Endorsement.objects.filter(subject__translation_key=key, organisation__in=organisations)
    return list(said.select_related("organisation__territory"))


def speaks_for(person: User, page: Page) -> list[Organisation]:
    """Return the organisations in whose name `person` may endorse `page`: theirs, verified, but none that carries it."""
    verified = Membership.objects.verified().filter(person=person).select_related("organisation")
    own = {organisation.pk for organisation in getattr(page.specific, "organisations", ())}
    return [one.organisation for one in verified.order_by("verified_at", "pk") if one.organisation_id not in own]
