"""That people find that a comment breaks the rules."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.participation.domain.bans import banned_now, refuse_banned
from portal.participation.domain.log import BY_REPORTS, record
from portal.participation.domain.moderation import locked
from portal.participation.domain.telling import News, tell
from portal.participation.enums import ModerationAct
from portal.participation.models import Comment, DiscussionSettings, Report
from portal.people.models import User

REPORTS_AN_HOUR = 20
NAMELESS_REPORTS = 5
"""Reports without an account that can be open on one comment: more would tell moderators nothing."""


@transaction.atomic
def report(comment: Comment, person: User | None, reason: str, note: str = "") -> Report | None:
    """Keep that `person` (None: somebody without an account) reports `comment`, and hide it if enough different people do.

    Reports without an account wait for a moderator and never hide. Returns None where one more would say nothing new.
    Raises ValidationError if the person reported it before, wrote it, is banned, or reports too much.
    """
    locked(comment)
    if person is None:
        if comment.reports.filter(reporter=None, closed_at=None).count() >= NAMELESS_REPORTS:
            return None
    else:
        _check(comment, person)
    made = Report.objects.create(comment=comment, reporter=person, reason=reason, note=note)
    if not comment.is_hidden and _reporters(comment) >= _enough():
        comment.hidden_at = clock.now()
        comment.save(update_fields=["hidden_at"])
        record(ModerationAct.HIDE, None, comment, reason=BY_REPORTS)
        tell(News.REPORTED, comment)
    return made


def _check(comment: Comment, person: User) -> None:
    refuse_banned(person)
    if comment.author_id == person.pk:
        raise ValidationError(_("This comment is yours: you can take it back yourself."))
    before = Report.objects.filter(comment=comment, reporter=person).first()
    if before and before.closed_at:
        raise ValidationError(_("You reported this comment before, and a moderator has decided on it."))
    if before:
        raise ValidationError(_("You have reported this comment already: a moderator will read it."))
    hour_ago = clock.now() - datetime.timedelta(hours=1)
    if Report.objects.filter(reporter=person, created_at__gt=hour_ago).count() >= REPORTS_AN_HOUR:
        words = _("At most %(count)d reports in an hour. Nothing is lost: come back later.")
        raise ValidationError(words % {"count": REPORTS_AN_HOUR})


def _reporters(comment: Comment) -> int:
    """Return how many people have an open report of `comment`, not counting its author and who is banned now."""
    found = comment.reports.filter(closed_at=None, reporter__isnull=False, reporter__is_active=True)
    return found.exclude(reporter=comment.author_id).exclude(reporter__in=banned_now().values("person")).count()


def _enough() -> int:
    return DiscussionSettings.objects.values_list("hide_after_reports", flat=True).first() or 3
