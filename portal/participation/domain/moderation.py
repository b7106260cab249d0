"""What moderators decide. Each decision is written into the log, and its author is told, in the transaction of the decision."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.participation.domain.log import record
from portal.participation.domain.telling import News, tell
from portal.participation.enums import ModerationAct
from portal.participation.models import Appeal, Comment, Moderated, ModerationReason, Tagging
from portal.people.models import User
from search.domain import enqueue

Item = TypeVar("Item", bound=Moderated)

MODERATE = "participation.moderate_comment"
"""The permission to decide on comments."""

_STATE = ("hidden_at", "hidden_by_id", "published_at", "removed_at", "edited_at")


def mark_of(item: Moderated) -> str:
    """Return what changes when somebody decides on `item` or its author changes it: a list shows it, a decision compares it."""
    state = [str(getattr(item, name, None)) for name in _STATE]
    return hashlib.sha256(repr(state).encode()).hexdigest()[:16]


@transaction.atomic
def hide(item: Moderated, moderator: User, reason: ModerationReason | None = None, note: str = "", seen: str = "") -> None:
    """Hide what somebody wrote from the public, or refuse what waits; who wrote it and when are kept.

    `reason` and `note` are told to the author. `seen` is the mark of the state that was decided on ("": any).

    What the portal hid because of reports is confirmed. Open reports are closed.
    Raises PermissionDenied if `moderator` may not, ValidationError if it is hidden already or has changed.
    """
    _begin(item, moderator, seen)
    if item.is_hidden and not item.hidden_by_reports:
        raise ValidationError(_("It is hidden already: another moderator was faster."))
    waiting = getattr(item, "published_at", True) is None
    item.hidden_at, item.hidden_by = clock.now(), moderator
    item.hidden_reason, item.hidden_note = reason, note
    _save_visibility(item)
    record(ModerationAct.REFUSE if waiting else ModerationAct.HIDE, moderator, item, reason=reason, note=note)
    _close_reports(item)
    tell(News.REFUSED if waiting else News.HIDDEN, item)


@transaction.atomic
def restore(item: Moderated, moderator: User, note: str = "", seen: str = "") -> None:
    """Show again what is hidden; an appeal that waits is granted by it.

    Raises PermissionDenied if `moderator` may not, ValidationError if it is their own, is shown already, or has changed.
    """
    _begin(item, moderator, seen)
    _not_own(item, moderator)
    if not item.is_hidden:
        raise ValidationError(_("Everybody sees it already: another moderator was faster."))
    show(item)
    record(ModerationAct.RESTORE, moderator, item, note=note)
    _close_reports(item)
    if isinstance(item, Comment):
        Appeal.objects.filter(comment=item, decided_at=None).update(
            decided_at=clock.now(), decided_by=moderator, granted=True, answer=note
        )
    tell(News.RESTORED, item)


@transaction.atomic
def publish(comment: Comment, moderator: User, seen: str = "") -> None:
    """Publish a comment that waits.

    Raises PermissionDenied if `moderator` may not, ValidationError if it is their own, waits no more, or has changed.
    """
    _begin(comment, moderator, seen)
    _not_own(comment, moderator)
    if comment.is_hidden or comment.published_at is not None:
        raise ValidationError(_("It does not wait any more: another moderator was faster."))
    comment.published_at = clock.now()
    comment.save(update_fields=["published_at"])
    record(ModerationAct.PUBLISH, moderator, comment)
    tell(News.PUBLISHED, comment)


@transaction.atomic
def keep(comment: Comment, moderator: User, note: str = "", seen: str = "") -> None:
    """Dismiss the reports of a comment: it stays, or is shown again if they had hidden it; they never count again.

    Raises PermissionDenied if `moderator` may not, ValidationError if it is their own, nobody reports it any more, a moderator
    has hidden it, or it has changed.
    """
    _begin(comment, moderator, seen)
    _not_own(comment, moderator)
    if comment.is_hidden and not comment.hidden_by_reports:
        raise ValidationError(_("It is hidden already: another moderator was faster."))
    if not _close_reports(comment) and not comment.is_hidden:
        raise ValidationError(_("It has no open reports: another moderator was faster."))
    was_hidden = comment.is_hidden
    if was_hidden:
        show(comment)
    record(ModerationAct.KEEP, moderator, comment, note=note)
    if was_hidden:
        tell(News.RESTORED, comment)


def show(item: Moderated) -> None:
    """Take the hiding of `item` back; a comment that was refused is published. For decisions only, which log it."""
    item.hidden_at = item.hidden_by = item.hidden_reason = None
    item.hidden_note = ""
    if isinstance(item, Comment) and item.published_at is None:
        item.published_at = clock.now()
        item.save(update_fields=["published_at"])
    _save_visibility(item)


def locked(item: Item) -> Item:
    """Read `item` anew and hold it until the end of the transaction, so that two decisions come one after the other."""
    item.refresh_from_db(from_queryset=type(item)._default_manager.select_for_update())  # type: ignore[arg-type]
    return item


def _begin(item: Moderated, moderator: User, seen: str) -> None:
    meta = item._meta
    if not moderator.has_perm(f"{meta.app_label}.moderate_{meta.model_name}"):
        raise PermissionDenied
    locked(item)
    if seen and seen != mark_of(item):
        raise ValidationError(_("It has changed since you opened the list: look at it again."))


def _not_own(item: Any, moderator: User) -> None:
    if item.author is not None and item.author.pk == moderator.pk:
        raise ValidationError(_("This is yours: another moderator decides."))


def _close_reports(item: Moderated) -> int:
    """Close the open reports of a comment and return how many there were."""
    if not isinstance(item, Comment):
        return 0
    return item.reports.filter(closed_at=None).update(closed_at=clock.now())


def _save_visibility(item: Moderated) -> None:
    item.save(update_fields=["hidden_at", "hidden_by", "hidden_reason", "hidden_note"])
    if isinstance(item, Tagging):
        enqueue([str(item.subject.translation_key)])
