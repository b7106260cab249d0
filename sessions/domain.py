"""What happens when the programme changes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Revision

from portal.base import clock
from sessions.models import SessionPage, SessionSpeaker, SlotVersion


@transaction.atomic
def announce(page: SessionPage) -> None:
    """Do what follows from a session's publication: note a change of its slot, and give its facts to its translations."""
    note_slot(page)
    share_facts(page)


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
