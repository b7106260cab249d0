"""What the workshop keeps of people, and how long."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef
from django.db.models.query import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.people.personal_data import Fate, Ground, Kept, Retention, Use, keep, register, signed
from portal.people.retention import register_term
from sessions.models import Agenda, AgendaEntry, SessionPage


def register_personal_data() -> None:
    """Enter the links from the workshop to people, and the term of agendas without an owner."""
    agenda = keep(Use.WORKSHOP, Ground.CONTRACT, Retention.TAKEN_BACK, Fate.DELETED)
    register(
        agenda("workshop_sessions.AgendaEntry", "agenda__owner", "session_key", "added_at"),
        agenda("workshop_sessions.Agenda", "owner", "token", "created_at"),
        Kept(
            *("workshop_sessions.Speaker", "", Use.WORKSHOP, Ground.CONSENT, Retention.PUBLISHED, Fate.KEPT),
            ("name_ar", "name_fr", "name_en", "role_{language}", "bio_{language}"),
        ),
        *signed("workshop_sessions.Recording.uploaded_by"),
    )
    register_term("agendas", _("Private agendas without an account, after their last session"), 365, _orphans)


def _orphans(day: datetime.datetime) -> QuerySet:
    """Agendas of no account, made before `day`, none of whose sessions ended after it."""
    last = SessionPage.objects.filter(translation_key=OuterRef("session_key")).order_by()
    later = AgendaEntry.objects.filter(agenda=OuterRef("pk")).filter(Exists(last.filter(ends_at__gte=day)))
    return Agenda.objects.filter(owner=None, created_at__lt=day).exclude(Exists(later))
