from __future__ import annotations

from wagtail.models import PageManager
from wagtail.query import PageQuerySet


class SessionQuerySet(PageQuerySet):
    """Sessions, as visitors see them."""

    def published(self) -> SessionQuerySet:
        """Keep what everybody may read."""
        return self.live().public()

    def in_order(self) -> SessionQuerySet:
        """Put the earliest first."""
        return self.order_by("starts_at", "ends_at", "pk")

    def for_cards(self) -> SessionQuerySet:
        """Load along what a card shows, in a constant number of queries."""
        return self.select_related("locale").prefetch_related("session_speakers__speaker", "themes").defer_streamfields()


SessionManager = PageManager.from_queryset(SessionQuerySet)
