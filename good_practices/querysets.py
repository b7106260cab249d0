from __future__ import annotations

from django.db.models import Min
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from portal.base.privacy import readable

LONG_TEXTS = (
    *("problem", "action", "reply", "result", "lessons"),
    *("needed_people", "needed_time", "needed_money", "needed_partners", "needed_texts"),
)
"""What only the page of a practice shows."""


class PracticeQuerySet(PageQuerySet):
    """Practices, as visitors see them."""

    def published(self) -> PracticeQuerySet:
        """Keep what everybody may read."""
        return readable(self)

    def for_cards(self) -> PracticeQuerySet:
        """Load along what a card shows, in a constant number of queries."""
        pages = self.select_related("territory__parent", "locale").defer(*LONG_TEXTS)
        return pages.annotate(first_stage_on=Min("stages__date"))

    def latest(self) -> PracticeQuerySet:
        """Put the newest first."""
        return self.order_by("-first_published_at", "-pk")


PracticeManager = PageManager.from_queryset(PracticeQuerySet)
