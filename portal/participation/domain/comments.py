"""Comments that participants write."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from portal.base import clock
from portal.participation.domain.admission import admit
from portal.participation.enums import CommentKind
from portal.participation.models import Comment, Subject
from portal.people.models import User


@transaction.atomic
def add_comment(
    translation_key: UUID, text: str, language: str, person: User, kind: CommentKind = CommentKind.COMMENT
) -> Comment:
    """Keep a comment of `person` (already cleaned by the form) and return it; without `published_at` it waits for a moderator.

    Raises ValidationError if they may not say this here now (`admission.admit`).
    """
    subject = Subject.of(translation_key)
    published = clock.now() if admit(person, subject, text).published_now else None
    return Comment.objects.create(subject=subject, author=person, text=text, language=language, kind=kind, published_at=published)
