"""Whether what somebody writes is admitted, and whether at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.participation.enums import ModerationMode
from portal.participation.models import Subject
from portal.participation.modes import mode_of
from portal.people.models import User


@dataclass(frozen=True, slots=True)
class Admission:
    """That something may be written. `published_now`: everybody reads it at once, else once a moderator has."""

    published_now: bool


def admit(person: User, subject: Subject, text: str) -> Admission:
    """Return how `text` (cleaned) of `person` is admitted to the discussion of `subject`.

    Raises ValidationError, with words for the reader, if it is not.
    """
    mode = mode_of(subject)
    if mode == ModerationMode.CLOSED:
        raise ValidationError(_("This discussion is closed: it can be read, and takes no more comments."))
    return Admission(published_now=mode == ModerationMode.AFTER)
