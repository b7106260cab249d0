"""Who may not write, for how long, and why."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.base import clock
from portal.base.dates import localdate
from portal.participation.domain.log import record
from portal.participation.domain.telling import News, tell
from portal.participation.enums import ModerationAct
from portal.participation.models import Ban, ModerationReason
from portal.people.models import User

BAN = "participation.add_ban"
"""The permission to ban."""


def banned_now() -> QuerySet[Ban]:
    """Return the bans that hold at this moment."""
    return Ban.objects.filter(Q(until=None) | Q(until__gt=clock.now()), lifted_at=None)


def ban_of(person: User) -> Ban | None:
    """Return the ban that holds for `person` now, None where there is none."""
    return banned_now().filter(person=person).select_related("reason").first()


def ban_words(ban: Ban) -> str:
    """Return what a banned person is told, in the active language."""
    if ban.until is None:
        return _("You may not write here any more. %(why)s") % {"why": ban.reason.message}
    day = localdate(timezone.localtime(ban.until))
    return _("You may not write here until %(day)s. %(why)s") % {"day": day, "why": ban.reason.message}


def refuse_banned(person: User) -> None:
    """Raise ValidationError with the reason if `person` may not write now."""
    found = ban_of(person)
    if found is not None:
        raise ValidationError(ban_words(found), code="banned")


@transaction.atomic
def ban(person: User, moderator: User, reason: ModerationReason, until: datetime.datetime | None = None) -> Ban:
    """Keep `person` from writing, until a moment (aware) or for good.

    Raises PermissionDenied if `moderator` may not, ValidationError if the person moderates too or is banned already, or if the
    moment is past.
    """
    if not moderator.has_perm(BAN):
        raise PermissionDenied
    User.objects.select_for_update().get(pk=person.pk)
    if person.has_perm(BAN):
        raise ValidationError(_("Nobody bans those who moderate: ask an administrator to change their role first."))
    if ban_of(person):
        raise ValidationError(_("This person is banned already."))
    if until is not None and until <= clock.now():
        raise ValidationError(_("Choose a moment that is still to come."))
    made = Ban.objects.create(person=person, created_by=moderator, reason=reason, until=until)
    record(ModerationAct.BAN, moderator, author=person, reason=reason)
    tell(News.BANNED, made)
    return made


@transaction.atomic
def lift(ban: Ban, moderator: User) -> None:
    """Let the person write again; a ban that is lifted or over stays as it is.

    Raises PermissionDenied if `moderator` may not.
    """
    if not moderator.has_perm(BAN):
        raise PermissionDenied
    ban.refresh_from_db(from_queryset=Ban.objects.select_for_update())
    if ban.lifted_at is None and (ban.until is None or ban.until > clock.now()):
        ban.lifted_at = clock.now()
        ban.save(update_fields=["lifted_at"])
        record(ModerationAct.UNBAN, moderator, author=ban.person, reason=ban.reason)
        tell(News.UNBANNED, ban)
