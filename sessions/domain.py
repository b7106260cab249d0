"""What happens when the programme changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from portal.base import clock
from portal.people.models import User
from sessions.enums import EvaluationState
from sessions.live import evaluation_state, may_facilitate
from sessions.models import Evaluation, SessionPage, SessionSpeaker, SlotVersion


@transaction.atomic
def announce(page: SessionPage) -> None:
    """Do what follows from a session's publication: note a change of its slot, and give its facts to its translations."""
    note_slot(page)
    share_facts(page)


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
    for revision in _coming_revisions(pages):
        revision.content["room_full"] = full
        revision.save(update_fields=["content"])


def _coming_revisions(pages: Iterable[SessionPage]) -> Iterable[Revision]:
    """Return the revisions that can still be published: the latest of each page, and those that wait for their hour."""
    latest = Q(pk__in=[page.latest_revision_id for page in pages])
    scheduled = Q(object_id__in=[str(page.pk) for page in pages], approved_go_live_at__isnull=False)
    return Revision.page_revisions.filter(latest | scheduled)


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


def share_facts(page: SessionPage) -> None:
    """Give the facts of a published session (hours, room, live link, themes, speakers) to its translations, public or draft.

    Words are left alone: a translation's own draft keeps them, and only its facts change.
    """
    others = SessionPage.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    for other in others.select_related("room").prefetch_related("session_speakers", "themes", "axes"):
        if _facts(other) != _facts(page):
            _copy_facts(page, other)
            other.save()
        _share_with_draft(page, other)


def _facts(page: SessionPage) -> dict[str, Any]:
    return {
        **{name: getattr(page, name) for name in SessionPage.SHARED_FIELDS},
        "speakers": [link.speaker_id for link in page.session_speakers.all()],
        "themes": {theme.pk for theme in page.themes.all()},
        "axes": {axis.pk for axis in page.axes.all()},
    }


def _copy_facts(page: SessionPage, other: SessionPage) -> None:
    for name in SessionPage.SHARED_FIELDS:
        setattr(other, name, getattr(page, name))
    links = [(link.speaker_id, link.sort_order) for link in page.session_speakers.all()]
    other.session_speakers.set([SessionSpeaker(speaker_id=speaker, sort_order=order) for speaker, order in links])
    other.themes, other.axes = page.themes.all(), page.axes.all()


def _share_with_draft(page: SessionPage, other: SessionPage) -> None:
    """Bring the facts into the latest revision of `other`, so that publishing its draft does not take them back."""
    revision: Revision | None = other.latest_revision
    if revision is None:
        return
    draft = revision.as_object()
    if _facts(draft) != _facts(page):
        _copy_facts(page, draft)
        revision.content = draft.serializable_data()
        revision.save(update_fields=["content"])
