"""Votes for questions, and their answers."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.participation.domain.bans import refuse_banned
from portal.participation.models import Comment, Vote
from portal.people.models import User

ANSWER = "participation.answer_comment"
"""The permission to answer questions."""


@transaction.atomic
def vote(question: Comment, person: User) -> None:
    """Count `person` among those who want `question` answered; voting again changes nothing.

    Raises ValidationError if it is hidden, is no question, is their own, or if `person` is banned.
    """
    refuse_banned(person)
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
