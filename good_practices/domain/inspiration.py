"""Saying which practice inspired another, and settling it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from good_practices.carriers import behalf_of, carries
from good_practices.enums import InspirationState
from good_practices.inspiration import all_links, ancestors
from good_practices.models import Inspiration, PracticePage
from portal.base.shared_facts import coming_revisions
from portal.people.models import User


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody writes on what they took from a practice, and in which language."""

    note: str
    language: str


def check_link(practice_key: UUID, inspired_by_key: UUID) -> None:
    """Raise ValidationError where a practice would have inspired itself, directly or along the chain."""
    if practice_key == inspired_by_key:
        raise ValidationError(_("A practice cannot have inspired itself: choose another."))
    if practice_key in ancestors(inspired_by_key, all_links()):
        raise ValidationError(_("The other way round is known already: this practice inspired that one."))


@transaction.atomic
def say_inspired(person: User, practice_key: UUID, inspired_by_key: UUID, words: Words) -> Inspiration:
    """Keep that `person` says which practice inspired theirs; where their organisation is trusted it is confirmed at once.

    Raises ValidationError where they do not carry the practice, where it was said already or cannot be.
    """
    if not carries(person, practice_key):
        raise ValidationError(_("Choose a practice of yours."))
    check_link(practice_key, inspired_by_key)
    if Inspiration.objects.filter(practice_key=practice_key, inspired_by_key=inspired_by_key).exists():
        raise ValidationError(_("This was said already."))
    organisation = behalf_of(person, practice_key)
    said = Inspiration.objects.create(
        practice_key=practice_key,
        inspired_by_key=inspired_by_key,
        note=words.note,
        language=words.language,
        asked_by=person,
        organisation=organisation,
    )
    if organisation and organisation.trusted:
        settle(said, InspirationState.CONFIRMED, person)
    return said


@transaction.atomic
def settle(said: Inspiration, state: InspirationState, person: User | None) -> None:
    """Confirm, decline or leave open what was said, and bring the practice's pages in line.

    Raises ValidationError where the chain would become a circle. A practice is inspired by one other at most: the last confirmed.
    """
    if state == InspirationState.CONFIRMED:
        check_link(said.practice_key, said.inspired_by_key)
        others = Inspiration.objects.filter(practice_key=said.practice_key, state=InspirationState.CONFIRMED).exclude(pk=said.pk)
        others.update(state=InspirationState.DECLINED, settled_at=timezone.now(), settled_by=person)
    said.state = state
    said.settled_at = None if state == InspirationState.ASKED else timezone.now()
    said.settled_by = None if state == InspirationState.ASKED else person
    said.save()
    if state == InspirationState.CONFIRMED:
        _link(said.practice_key, said.inspired_by_key)
    else:
        _unlink(said)


@transaction.atomic
def withdraw(said: Inspiration) -> None:
    """Delete what was said, and the link where it was confirmed."""
    _unlink(said)
    said.delete()


def _unlink(said: Inspiration) -> None:
    if PracticePage.objects.filter(translation_key=said.practice_key, inspired_by_key=said.inspired_by_key).exists():
        _link(said.practice_key, None)


def _link(practice_key: UUID, inspired_by_key: UUID | None) -> None:
    """Set what inspired a practice in all its languages, and in the drafts that can still be published."""
    pages = list(PracticePage.objects.filter(translation_key=practice_key))
    for page in pages:
        page.inspired_by_key = inspired_by_key
        page.save(update_fields=["inspired_by_key"])
    for revision in coming_revisions(pages):
        revision.content["inspired_by_key"] = str(inspired_by_key) if inspired_by_key else None
        revision.save(update_fields=["content"])
