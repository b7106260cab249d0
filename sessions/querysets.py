from __future__ import annotations

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from portal.base.privacy import readable
from sessions.enums import RecordingStatus


class SessionQuerySet(PageQuerySet):
    """Sessions, as visitors see them."""

    def published(self) -> SessionQuerySet:
        """Keep what everybody may read."""
        return readable(self)

    def in_order(self) -> SessionQuerySet:
        """Put the earliest first."""
        return self.order_by("starts_at", "ends_at", "pk")

    def for_cards(self) -> SessionQuerySet:
        """Load along what a card shows, in a constant number of queries."""
        recordings = apps.get_model("workshop_sessions", "Recording").objects.public()
        recorded = Exists(recordings.filter(session_key=OuterRef("translation_key")))
        related = self.select_related("locale", "room").prefetch_related("session_speakers__speaker", "themes")
        return related.annotate(is_recorded=recorded).defer_streamfields()


class RecordingQuerySet(QuerySet):
    """Recordings, as visitors see them."""

    def public(self) -> RecordingQuerySet:
        """Keep what is ready and meant to be seen."""
        return self.filter(live=True, status=RecordingStatus.READY)


SessionManager = PageManager.from_queryset(SessionQuerySet)
