"""What happened on the portal in the last 30 days, day by day."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from good_practices.models import PracticePage
from portal.participation.models import Comment, Follow, Tagging
from portal.people.models import User
from search.models import QueryCount

DAYS = 30
_HEIGHT = 32
_STEP = 6


@dataclass(frozen=True, slots=True)
class Series:
    """How many there were on each of the last days, the oldest first."""

    label: str | Promise
    numbers: Sequence[int]

    @property
    def total(self) -> int:
        """How many in all."""
        return sum(self.numbers)

    @property
    def chart(self) -> SafeString:
        """Bars for eyes only, mirrored by the style sheet from right to left: the number beside them says the same."""
        most = max(self.numbers, default=0) or 1
        heights = (max(1, round(number / most * _HEIGHT)) if number else 0 for number in self.numbers)
        bars = format_html_join(
            "",
            '<rect x="{}" y="{}" width="{}" height="{}"/>',
            ((place * _STEP, _HEIGHT - height, _STEP - 1, height) for place, height in enumerate(heights)),
        )
        return format_html(
            '<svg class="desk-chart" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
            len(self.numbers) * _STEP,
            _HEIGHT,
            bars,
        )


def _a_day(rows: QuerySet[Any], moment: str, counted: str = "pk") -> Callable[[datetime.date], dict[datetime.date, int]]:
    def count(since: datetime.date) -> dict[datetime.date, int]:
        days = rows.filter(**{f"{moment}__date__gte": since}).order_by().annotate(on=TruncDate(moment)).values("on")
        return dict(days.annotate(number=Count(counted, distinct=True)).values_list("on", "number"))

    return count


def _searches(since: datetime.date) -> dict[datetime.date, int]:
    days = QueryCount.objects.filter(day__gte=since).order_by().values("day")
    return dict(days.annotate(number=Sum("count")).values_list("day", "number"))


def last_days() -> list[Series]:
    """Return the figures of the last 30 days; one query for each."""
    today = timezone.localdate()
    days = [today - datetime.timedelta(days=number) for number in reversed(range(DAYS))]
    counted = (
        (_("Practices published"), _a_day(PracticePage.objects.filter(alias_of=None), "first_published_at", "translation_key")),
        (_("Comments"), _a_day(Comment.objects.all(), "created_at")),
        (_("Tags given"), _a_day(Tagging.objects.all(), "tagged_at")),
        (_("Things followed"), _a_day(Follow.objects.all(), "created_at")),
        (_("New accounts"), _a_day(User.objects.all(), "date_joined")),
        (_("Searches"), _searches),
    )
    found = ((label, count(days[0])) for label, count in counted)
    return [Series(label, [numbers.get(day, 0) for day in days]) for label, numbers in found]
