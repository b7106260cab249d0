"""That the author of a hidden comment asks another moderator to look again, once."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.base import clock
from portal.participation.domain.log import record
from portal.participation.domain.moderation import MODERATE, locked, show
from portal.participation.domain.telling import News, tell
from portal.participation.enums import ModerationAct
from portal.participation.models import Appeal, Comment
from portal.people.enums import Role
from portal.people.models import User


@transaction.atomic
def appeal(comment: Comment, person: User, text: str) -> Appeal:
    """Keep why `person`, its author, finds that `comment` should be shown (already cleaned by the form).

    Raises PermissionDenied if it is not theirs, ValidationError if no moderator has hidden it or they asked before.
    """
    if comment.author_id != person.pk:
        raise PermissionDenied
    locked(comment)
    if why := why_no_appeal(comment):
        raise ValidationError(why)
    return Appeal.objects.create(comment=comment, text=text)


def why_no_appeal(comment: Comment) -> str:
    """Return why the author of `comment` cannot ask for another look now, "" where they can."""
    if not comment.is_hidden or comment.removed_at is not None:
        return _("This comment is not hidden.")
    if comment.hidden_by_reports:
        return _("A moderator will decide on this comment: you will be told, and can ask for another look then.")
    if Appeal.objects.filter(comment=comment).exists():
        return _("You have asked for another look already: it can be asked for once.")
    return ""


@transaction.atomic
def decide_appeal(appeal: Appeal, moderator: User, grant: bool, answer: str = "") -> None:
    """Show the comment again (`grant`), or uphold the decision; the author is told, with `answer`.

    Raises PermissionDenied if `moderator` may not, ValidationError if they hid or wrote the comment themselves, whoever they
    are, or if another was faster.
    """
    if not moderator.has_perm(MODERATE):
        raise PermissionDenied
    comment = locked(appeal.comment)
    appeal.refresh_from_db(from_queryset=Appeal.objects.select_for_update())
    if appeal.decided_at is not None or not comment.is_hidden:
        raise ValidationError(_("This appeal is decided already: another moderator was faster."))
    if moderator.pk in (comment.hidden_by_id, comment.author_id):
        raise ValidationError(_not_you(comment))
    appeal.decided_at, appeal.decided_by, appeal.granted, appeal.answer = clock.now(), moderator, grant, answer
    appeal.save(update_fields=["decided_at", "decided_by", "granted", "answer"])
    record(ModerationAct.GRANT if grant else ModerationAct.UPHOLD, moderator, comment, reason=comment.hidden_reason, note=answer)
    if grant:
        show(comment)
    tell(News.GRANTED if grant else News.UPHELD, comment)


def _not_you(comment: Comment) -> str:
    """Say that another moderator decides, and what to do where there is none."""
    others = User.objects.filter(Q(is_superuser=True) | Q(groups__name=Role.MODERATOR.value), is_active=True)
    if others.exclude(pk__in=[pk for pk in (comment.hidden_by_id, comment.author_id) if pk]).exists():
        return _("You hid or wrote this comment: another moderator decides on the appeal.")
    return _("You hid or wrote this comment, and there is no other moderator: ask an administrator to name one.")
