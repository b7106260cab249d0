"""Every write of a participant or a moderator."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.base.text import clean_text
from portal.participation.enums import CommentKind
from portal.participation.models import Comment, Moderated, Subject, Tag, Tagging, Vote
from portal.people.models import User
from search.domain import enqueue

TAG_LENGTH = 50
TAGS_AT_ONCE = 8
TAGS_PER_SUBJECT = 40
ANSWER = "participation.answer_comment"
"""The permission to answer questions."""


def split_tags(text: str) -> list[str]:
    """Return the distinct tags written in `text`, separated by commas (Latin or Arabic), semicolons or new lines.

    Raises ValidationError if there is none, if there are too many, or if one is too long or has no letter or digit.
    """
    words = (re.sub(r"\s+", " ", clean_text(part)).lstrip("#").strip() for part in re.split(r"[,،;؛\n]", text))
    tags = list(dict.fromkeys(word for word in words if word))
    if not tags:
        raise ValidationError(_("Write at least one tag."))
    if len(tags) > TAGS_AT_ONCE:
        raise ValidationError(_("At most %(count)d tags at once.") % {"count": TAGS_AT_ONCE})
    for tag in tags:
        if len(tag) > TAG_LENGTH:
            raise ValidationError(_("A tag has at most %(count)d characters.") % {"count": TAG_LENGTH})
        if "<" in tag or ">" in tag or not any(char.isalnum() for char in tag):
            raise ValidationError(_("A tag is made of words: letters, digits and spaces."))
    return tags


@transaction.atomic
def add_tags(translation_key: UUID, tags: Iterable[str], person: User) -> list[Tagging]:
    """Give `tags` to the subject in the name of `person` and return the new taggings; those it bears already stay as they are.

    Raises ValidationError if the subject would bear too many.
    """
    subject = Subject.of(translation_key)
    borne = set(subject.taggings.values_list("tag__name", flat=True))
    new = [name for name in tags if name not in borne]
    if len(borne) + len(new) > TAGS_PER_SUBJECT:
        raise ValidationError(_("There are enough tags here already."))
    taggings = []
    for name in new:
        tag = Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name)
        tagging, created = Tagging.objects.get_or_create(tag=tag, content_object=subject, defaults={"tagged_by": person})
        if created:
            taggings.append(tagging)
    enqueue([str(translation_key)])
    return taggings


@transaction.atomic
def add_comment(
    translation_key: UUID, text: str, language: str, person: User, kind: CommentKind = CommentKind.COMMENT
) -> Comment:
    """Keep a comment of `person` (already cleaned by the form) and return it."""
    subject = Subject.of(translation_key)
    return Comment.objects.create(subject=subject, author=person, text=text, language=language, kind=kind)


@transaction.atomic
def vote(question: Comment, person: User) -> None:
    """Count `person` among those who want `question` answered; voting again changes nothing.

    Raises ValidationError if it is hidden, is no question, or is their own.
    """
    if question.is_hidden or not question.is_question:
        raise ValidationError(_("Only questions that everybody sees are voted on."))
    if question.author_id == person.pk:
        raise ValidationError(_("This question is yours: others vote for it."))
    Vote.objects.get_or_create(comment=question, voter=person)


def withdraw_vote(question: Comment, person: User) -> None:
    """Take the vote of `person` back; where there is none, nothing changes."""
    Vote.objects.filter(comment=question, voter=person).delete()


@transaction.atomic
def mark_answered(question: Comment, person: User, answer: str = "", language: str = "") -> None:
    """Mark a question as answered, with the answer in writing (already cleaned; in `language`) where there is one.

    The first answer's moment is kept. Raises PermissionDenied if `person` may not, ValidationError if it is no question.
    """
    _require_answering(person)
    if not question.is_question:
        raise ValidationError(_("Only questions are answered."))
    question.answered_at = question.answered_at or clock.now()
    question.answered_by, question.answer, question.answer_language = person, answer, language if answer else ""
    question.save(update_fields=["answered_at", "answered_by", "answer", "answer_language"])


@transaction.atomic
def unmark_answered(question: Comment, person: User) -> None:
    """Let a question wait for its answer again; what was written is kept for whoever writes the next one.

    Raises PermissionDenied if `person` may not.
    """
    _require_answering(person)
    question.answered_at = question.answered_by = None
    question.save(update_fields=["answered_at", "answered_by"])


def _require_answering(person: User) -> None:
    if not person.has_perm(ANSWER):
        raise PermissionDenied


@transaction.atomic
def hide(item: Moderated, moderator: User) -> None:
    """Hide a comment or a given tag from the public; who wrote it and when are kept.

    Raises PermissionDenied if `moderator` may not.
    """
    _require(moderator, item)
    item.hidden_at, item.hidden_by = clock.now(), moderator
    _save_visibility(item)


@transaction.atomic
def restore(item: Moderated, moderator: User) -> None:
    """Show a hidden comment or tag again.

    Raises PermissionDenied if `moderator` may not.
    """
    _require(moderator, item)
    item.hidden_at = item.hidden_by = None
    _save_visibility(item)


def _require(moderator: User, item: Moderated) -> None:
    meta = item._meta
    if not moderator.has_perm(f"{meta.app_label}.moderate_{meta.model_name}"):
        raise PermissionDenied


def _save_visibility(item: Moderated) -> None:
    item.save(update_fields=["hidden_at", "hidden_by"])
    if isinstance(item, Tagging):
        enqueue([str(item.subject.translation_key)])
