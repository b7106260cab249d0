"""Whether somebody may write now, and whether it is published at once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.participation.domain.bans import refuse_banned
from portal.participation.domain.moderation import MODERATE
from portal.participation.domain.opening import opening_of
from portal.participation.enums import ModerationMode
from portal.participation.likeness import alike, core_of, links_in
from portal.participation.models import Comment, Subject
from portal.people.models import User

NEW_FOR = datetime.timedelta(days=7)
"""An account is new for so long."""

A_MINUTE = 5
AN_HOUR_WHEN_NEW = 30
LINKS_AT_MOST = 10
LINKS_WHEN_NEW = 3
SHORT = 20
"""Letters: a shorter text ("Thank you") may stand on several pages."""

_DAY = datetime.timedelta(days=1)
_LAST_OWN = 60
_LAST_OF_ALL = 200


@dataclass(frozen=True, slots=True)
class Admission:
    """That a comment is taken; without `published_now` it waits for a moderator."""

    published_now: bool


@transaction.atomic
def admit(person: User, subject: Subject, text: str, editing: Comment | None = None) -> Admission:
    """Tell whether `person` may say `text` (clean) about `subject` now; call it in the transaction that keeps the comment.

    The person is held until its end, so that a hundred requests at once are counted one after the other. `editing` is a comment
    of theirs that says `text` from now on: it is not counted.
    Raises ValidationError, in the reader's language: banned, closed, too fast, said before, or too many links.
    """
    User.objects.select_for_update().only("pk").get(pk=person.pk)
    refuse_banned(person)
    opening = opening_of(subject.translation_key)
    if opening.closed:
        raise ValidationError(opening.closed, code="closed")
    now = clock.now()
    new = now - person.date_joined < NEW_FOR
    if editing is None:
        _refuse_haste(person, new, now)
    if links_in(text) > LINKS_AT_MOST:
        raise ValidationError(_("At most %(count)d links in one comment.") % {"count": LINKS_AT_MOST}, code="links")
    core = core_of(text)
    _refuse_repetition(person, subject, core, now, editing)
    if person.has_perm(MODERATE):
        return Admission(True)
    suspect = new and (links_in(text) > LINKS_WHEN_NEW or _copied(person, core, now))
    return Admission(opening.mode == ModerationMode.AFTER and not suspect)


def _refuse_haste(person: User, new: bool, now: datetime.datetime) -> None:
    """Count what the person wrote, also what was hidden or taken back."""
    own = Comment.objects.filter(author=person)
    if own.filter(created_at__gt=now - datetime.timedelta(minutes=1)).count() >= A_MINUTE:
        words = _("At most %(count)d comments in a minute. Nothing is lost: send it again in a minute.")
        raise ValidationError(words % {"count": A_MINUTE}, code="haste")
    if new and own.filter(created_at__gt=now - datetime.timedelta(hours=1)).count() >= AN_HOUR_WHEN_NEW:
        words = _("With a new account, at most %(count)d comments in an hour. Nothing is lost: send it again later.")
        raise ValidationError(words % {"count": AN_HOUR_WHEN_NEW}, code="haste")


def _refuse_repetition(person: User, subject: Subject, core: str, now: datetime.datetime, editing: Comment | None) -> None:
    own = Comment.objects.filter(author=person, created_at__gt=now - _DAY, removed_at=None)
    if editing is not None:
        own = own.exclude(pk=editing.pk)
    for key, said in own.order_by("-pk").values_list("subject_id", "text")[:_LAST_OWN]:
        before = core_of(said)
        if (core == before and key == subject.pk) or (len(core) >= SHORT and alike(core, before)):
            raise ValidationError(_("You have said this already today. Say something new, or wait until tomorrow."), code="again")


def _copied(person: User, core: str, now: datetime.datetime) -> bool:
    """Tell whether somebody else has just said the same: a swarm of new accounts does."""
    if len(core) < SHORT:
        return False
    others = Comment.objects.filter(created_at__gt=now - _DAY).exclude(author=person)
    return any(core == core_of(said) for said in others.order_by("-pk").values_list("text", flat=True)[:_LAST_OF_ALL])
