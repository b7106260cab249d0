"""Endorsing a practice in the name of an organisation, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.participation.domain.bans import refuse_banned
from portal.participation.endorsements import speaks_for
from portal.participation.enums import EndorsementKind
from portal.participation.models import Endorsement, Subject
from portal.people.domain.memberships import verified_organisations
from portal.people.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Words:
    """What an organisation says: of which kind, what came of it (plain text, one line), and in which language."""

    kind: EndorsementKind
    text: str
    language: str


def endorse(page: Page, organisation: Organisation, person: User, words: Words) -> Endorsement:
    """Keep what `person` says of `page` in the name of `organisation`: each kind once, said again it takes the new words.

    Raises PermissionDenied if they may not speak for it, ValidationError where they are banned, the line is missing,
    or a moderator hid it.
    """
    refuse_banned(person)
    if organisation not in speaks_for(person, page):
        raise PermissionDenied
    if words.kind == EndorsementKind.DID_IT and not words.text:
        raise ValidationError({"text": _("Say in a line what came of it.")})
    try:
        return _keep(page, organisation, person, words)
    except IntegrityError:  # another member said it at the same time: theirs is there now, and takes these words
        return _keep(page, organisation, person, words)


@transaction.atomic
def take_back_endorsement(endorsement: Endorsement, person: User) -> None:
    """Delete what an organisation said. Raises PermissionDenied but for its verified members, or where a moderator hid it."""
    if endorsement.is_hidden or endorsement.organisation_id not in verified_organisations(person):
        raise PermissionDenied
    endorsement.delete()


@transaction.atomic
def _keep(page: Page, organisation: Organisation, person: User, words: Words) -> Endorsement:
    subject = Subject.of(page.translation_key)
    known = {"subject": subject, "organisation": organisation, "kind": words.kind}
    found = Endorsement.objects.select_for_update().filter(**known).first()
    if found and found.is_hidden:
        raise ValidationError(_("A moderator has hidden what your organisation said: it cannot be changed."))
    endorsement = found or Endorsement(**known)
    endorsement.person, endorsement.text, endorsement.language = person, words.text, words.language
    endorsement.save()
    return endorsement
