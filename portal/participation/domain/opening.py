"""Whether a discussion is open, and what is published at once: as its page says, else as the whole site."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.base import clock
from portal.base.dates import localdate
from portal.participation.domain.log import record
from portal.participation.enums import ModerationAct, ModerationMode
from portal.participation.models import DiscussionSettings, Subject
from portal.people.models import User

SET_MODE = "participation.change_subject"
"""The permission to open and close discussions."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a discussion is moderated (`mode`), and until when it is open (`until`, aware; None: without an end)."""

    mode: ModerationMode
    until: datetime.datetime | None

    @property
    def closed(self) -> str:
        """What readers are told where nobody can write any more, "" where the discussion is open."""
        if self.mode == ModerationMode.CLOSED:
            return _("This discussion is closed. Everything that was said can still be read.")
        if self.until is not None and self.until <= clock.now():
            day = localdate(timezone.localtime(self.until))
            return _("This discussion was open until %(day)s. Everything that was said can still be read.") % {"day": day}
        return ""


def opening_of(key: UUID) -> Opening:
    """Return how the discussion of the page with this translation key stands; one query, and nothing is written."""
    own = Subject.objects.filter(translation_key=key)
    site = DiscussionSettings.objects.annotate(own_mode=Subquery(own.values("moderation")[:1]))
    row = site.annotate(own_until=Subquery(own.values("open_until")[:1])).values("moderation", "own_mode", "own_until").first()
    if row is None:  # nobody has ever saved the settings of the site
        mode, end = own.values_list("moderation", "open_until").first() or ("", None)
        row = {"moderation": ModerationMode.AFTER, "own_mode": mode, "own_until": end}
    until = row["own_until"]
    if until is not None:
        clock.changes_at(until)
    return Opening(ModerationMode(row["own_mode"] or row["moderation"]), until)


@transaction.atomic
def set_mode(key: UUID, person: User, mode: str, until: datetime.datetime | None) -> None:
    """Let the discussion of a page be moderated as `mode` says ("": as the whole site), open until a moment (None: no end).

    Raises PermissionDenied if `person` may not.
    """
    if not person.has_perm(SET_MODE):
        raise PermissionDenied
    subject = Subject.of(key)
    subject.moderation, subject.open_until = mode, until
    subject.save(update_fields=["moderation", "open_until"])
    note = f"{mode or 'site'}{f' until {until.isoformat()}' if until else ''}"
    record(ModerationAct.MODE, person, subject, note=note)
