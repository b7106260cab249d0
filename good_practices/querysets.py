from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Min, When
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from portal.base.privacy import readable

if TYPE_CHECKING:
    from good_practices.models import PracticePage


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

    def related_to(self, practice: PracticePage) -> PracticeQuerySet:
        """Keep the published practices in the same language that share a theme with `practice`, same instrument first."""
        same_theme = self.filter(locale=practice.locale_id, themes__in=practice.themes.all()).exclude(pk=practice.pk)
        same_instrument = Case(When(instrument=practice.instrument, then=0), default=1, output_field=IntegerField())
        return same_theme.published().for_cards().order_by(same_instrument, "-first_published_at", "pk").distinct()

    def latest(self) -> PracticeQuerySet:
        """Put the newest first."""
        return self.order_by("-first_published_at", "-pk")


PracticeManager = PageManager.from_queryset(PracticeQuerySet)
