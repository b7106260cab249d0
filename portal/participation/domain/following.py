"""What people follow, how often they are told, and when their e-mail stops."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from portal.base import clock
from portal.base.languages import current_language
from portal.participation import searches
from portal.participation.enums import FollowKind
from portal.participation.following import Target, named
from portal.participation.models import Digest, Follow
from portal.people.enums import DigestFrequency
from portal.people.models import User

MOST = 200
MOST_SEARCHES = 20
"""Each search that is followed is run for every digest."""
SOFT_BOUNCES = 3
"""Digests in a row that come back for a passing reason before nothing more is sent."""


def target_of(kind: str, key: str) -> Target:
    """Return what can be followed under a kind and a key, in the form in which it is kept.

    Raises ValidationError where there is nothing like it that everybody may see.
    """
    if kind == FollowKind.SEARCH:
        key = searches.key_of(searches.query_of(key))
    if kind not in FollowKind.values or len(key) > searches.LONGEST_KEY or "\x00" in key or not _exists(kind, key):
        raise ValidationError(_("This cannot be followed: it does not exist, or is public no more."))
    return kind, key


def _exists(kind: str, key: str) -> bool:
    try:
        key.encode()
    except UnicodeEncodeError:
        return False
    return key in named(kind, [key], current_language())


@transaction.atomic
def follow(person: User, target: Target) -> Follow:
    """Have `person` follow what `target_of` returned; doing it again changes nothing.

    Raises ValidationError where they follow as much as one can.
    """
    User.objects.select_for_update().get(pk=person.pk)
    kind, key = target
    known = Follow.objects.filter(person=person, kind=kind, key=key).first()
    if known:
        return known
    mine = Follow.objects.filter(person=person)
    if mine.count() >= MOST:
        raise ValidationError(_("You can follow at most %(count)d things: stop following one first.") % {"count": MOST})
    if kind == FollowKind.SEARCH and mine.filter(kind=kind).count() >= MOST_SEARCHES:
        words = _("You can follow at most %(count)d searches: stop following one first.")
        raise ValidationError(words % {"count": MOST_SEARCHES})
    return Follow.objects.create(person=person, kind=kind, key=key)


def unfollow(person: User, target: Target) -> None:
    """Have `person` follow it no more; where they do not, nothing changes."""
    Follow.objects.filter(person=person, kind=target[0], key=target[1]).delete()


def set_frequency(person: User, frequency: DigestFrequency) -> None:
    """Say how often `person` is told by e-mail what is new."""
    User.objects.filter(pk=person.pk).update(digest=frequency)


def renew_links(person: User) -> None:
    """Make the links of all digests sent so far void: they may have been forwarded."""
    User.objects.filter(pk=person.pk).update(mail_links=F("mail_links") + 1)


def stop_mail(person: int) -> None:
    """Note that e-mail does not reach a person: no digest is sent until they say that it does."""
    User.objects.filter(pk=person, mail_stopped_at=None).update(mail_stopped_at=clock.now())


@transaction.atomic
def restart_mail(person: User) -> None:
    """Send digests again to a person whose mail came back; what came back before counts no more."""
    Digest.objects.filter(person=person).update(bounced_at=None)
    User.objects.filter(pk=person.pk).update(mail_stopped_at=None)


@transaction.atomic
def note_bounce(digest: Digest, hard: bool) -> None:
    """Note that a digest came back; for a lasting reason (`hard`), or when the last three did, nothing more is sent.

    The same report read again changes nothing.
    """
    if digest.sent_at is None and not hard:
        return
    Digest.objects.filter(pk=digest.pk, bounced_at=None).update(bounced_at=clock.now())
    last = Digest.objects.filter(person=digest.person_id, sent_at__isnull=False).order_by("-until", "-pk")
    bounced = list(last.values_list("bounced_at", flat=True)[:SOFT_BOUNCES])
    if hard or (len(bounced) == SOFT_BOUNCES and all(bounced)):
        stop_mail(digest.person_id)
