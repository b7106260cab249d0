"""Whether a discussion takes comments, and when they are published."""

from __future__ import annotations

from portal.base import clock
from portal.participation.enums import ModerationMode
from portal.participation.models import DiscussionSettings, Subject


def mode_of(subject: Subject | None) -> ModerationMode:
    """Return how the discussion of `subject` (None: nobody has begun it) is moderated now: its own way, else the site's.

    One that was open for a time is closed after it.
    """
    if subject and subject.open_until:
        clock.changes_at(subject.open_until)
        if clock.now() >= subject.open_until:
            return ModerationMode.CLOSED
    return ModerationMode((subject and subject.moderation) or site_mode())


def site_mode() -> str:
    """Return how the site's discussions are moderated; reading it writes nothing, as `DiscussionSettings.load` would."""
    chosen = DiscussionSettings.objects.values_list("moderation", flat=True).first()
    return chosen or DiscussionSettings._meta.get_field("moderation").get_default()
