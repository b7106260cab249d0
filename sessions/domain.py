"""What happens when the programme changes."""

from __future__ import annotations

from django.db import transaction

from portal.base import clock
from portal.base.shared_facts import share_facts
from sessions.models import SessionPage, SlotVersion


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
