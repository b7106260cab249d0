"""Comments that participants write, mend and take back."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.participation.domain.admission import admit
from portal.participation.enums import CommentKind
from portal.participation.models import Comment, CommentVersion, Subject
from portal.people.models import User

EDITED_FOR = datetime.timedelta(minutes=15)
"""How long its author can mend a comment: long enough for a mistake, too short to answer other words than were read."""

SENT_AGAIN_FOR = datetime.timedelta(hours=1)
"""How long the same words of the same person in the same place are taken for the same sending."""


@transaction.atomic
def add_comment(
    translation_key: UUID,
    text: str,
    language: str,
    person: User,
    kind: CommentKind = CommentKind.COMMENT,
    *,
    reply_to: Comment | None = None,
    quotes: bool = False,
) -> Comment:
    """Keep a comment of `person` (already cleaned by the form) and return it; the same sent again is kept once.

    `reply_to` is what it answers. A thread has two levels: what answers a reply hangs beside it, and says whom it answers.
    `quotes`: what it answers is shown with it.
    Raises ValidationError if the discussion does not admit it, or what it answers cannot be read there (any more).
    """
    subject = Subject.of(translation_key)
    if reply_to and (reply_to.subject_id != subject.pk or not reply_to.is_seen):
        raise ValidationError(_("The comment that you answer is not there any more."), code="gone")
    parent_id = (reply_to.parent_id or reply_to.pk) if reply_to else None
    same = Comment.objects.filter(subject=subject, author=person, parent=parent_id, kind=kind, text=text)
    again = same.filter(created_at__gt=clock.now() - SENT_AGAIN_FOR, hidden_at=None, removed_at=None).first()
    if again:
        return again
    admission = admit(person, subject, text)
    return Comment.objects.create(
        subject=subject,
        author=person,
        text=text,
        language=language,
        kind=kind,
        parent_id=parent_id,
        quoted=reply_to if reply_to and (quotes or reply_to.parent_id) else None,
        published_at=clock.now() if admission.published_now else None,
    )


def can_edit(comment: Comment, person: User) -> bool:
    """Tell whether `person` can still mend `comment`: their own, not hidden nor taken back, young enough. A closed discussion
    is not looked at here.
    """
    theirs = comment.author_id == person.pk and not comment.is_hidden and comment.removed_at is None
    return theirs and clock.now() < comment.created_at + EDITED_FOR


@transaction.atomic
def edit_comment(comment: Comment, person: User, text: str, language: str) -> None:
    """Give a comment other words (already cleaned); what it said before stays to be read.

    Where a moderator reads first, what was published waits again. Raises PermissionDenied if it is not theirs, ValidationError
    if it is too late or they may not say this here now (`admission.admit`).
    """
    comment.refresh_from_db(from_queryset=Comment.objects.select_for_update())
    if comment.author_id != person.pk:
        raise PermissionDenied
    if not can_edit(comment, person):
        raise ValidationError(_("It is too late to change it: a comment can be changed for 15 minutes."), code="late")
    admission = admit(person, comment.subject, text, editing=comment)
    if text != comment.text:
        former = comment.edited_at or comment.created_at
        CommentVersion.objects.create(comment=comment, text=comment.text, written_at=former)
        comment.edited_at = clock.now()
        if not admission.published_now:
            comment.published_at = None
    comment.text, comment.language = text, language
    comment.save(update_fields=["text", "language", "edited_at", "published_at"])


@transaction.atomic
def take_back(comment: Comment, person: User) -> None:
    """Let nobody read a comment of `person` any more; what others answered stays. Doing it again changes nothing.

    Raises PermissionDenied if it is not theirs.
    """
    if comment.author_id != person.pk:
        raise PermissionDenied
    taken = Comment.objects.filter(pk=comment.pk, removed_at=None)
    taken.update(removed_at=clock.now())
    comment.refresh_from_db(fields=["removed_at"])
