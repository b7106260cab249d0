"""What happens when the programme changes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from portal.base import clock
from portal.base.shared_facts import coming_revisions, share_facts
from portal.people.models import User
from sessions.enums import EvaluationState
from sessions.live import evaluation_state, may_facilitate
from sessions.models import Evaluation, Recording, SessionPage, SlotVersion


@transaction.atomic
def announce(page: SessionPage) -> None:
    """Do what follows from a session's publication: note a change of its slot, and give its facts to its translations."""
    note_slot(page)
    share_facts(page)


def note_public(recording: Recording) -> None:
    """Note since when visitors can play a recording, the first time that they can: its followers are told once."""
    if recording.is_public and recording.public_at is None:
        recording.public_at = clock.now()
        Recording.objects.filter(pk=recording.pk, public_at=None).update(public_at=recording.public_at)


@transaction.atomic
def set_room_full(session: SessionPage, full: bool, person: User) -> None:
    """Say in public, in every language, whether the session's meeting is full; drafts take it along and stay drafts.

    Raises PermissionDenied if `person` may not publish the session.
    """
    if not may_facilitate(session, person):
        raise PermissionDenied
    for page in SessionPage.objects.filter(translation_key=session.translation_key).exclude(room_full=full):
        page.room_full = full
        page.save(clean=False, update_fields=["room_full"])  # type: ignore[call-arg]
        log(instance=page, action="workshop_sessions.room_full" if full else "workshop_sessions.room_free", user=person)
    pages = SessionPage.objects.filter(translation_key=session.translation_key)
    for revision in coming_revisions(pages):
        revision.content["room_full"] = full
        revision.save(update_fields=["content"])


@transaction.atomic
def keep_evaluation(session: SessionPage, answers: Evaluation, language: str) -> Evaluation:
    """Keep what somebody thought of the session, without anything about them, and return it.

    Raises ValidationError where the session cannot be evaluated now.
    """
    if evaluation_state(session) != EvaluationState.OPEN:
        raise ValidationError(_("This session cannot be evaluated now."))
    answers.session_key, answers.language = session.translation_key, language
    answers.submitted_on = timezone.localdate(clock.now())
    answers.save()
    return answers


def note_slot(page: SessionPage) -> SlotVersion:
    """Return the session's slot as announced, after adding a version where time, room or status changed since the last."""
    facts = {"starts_at": page.starts_at, "ends_at": page.ends_at, "room_id": page.room_id, "status": page.status}
    last = SlotVersion.objects.select_for_update().filter(session_key=page.translation_key).order_by("sequence").last()
    if last and all(getattr(last, name) == value for name, value in facts.items()):
        return last
    sequence = last.sequence + 1 if last else 0
    return SlotVersion.objects.create(session_key=page.translation_key, sequence=sequence, changed_at=clock.now(), **facts)
