"""Lists of the library that go over several pages, without the search service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a list, with the query strings of its neighbours; `notice` says where another was asked for."""

    part: Page
    asked: QueryDict
    notice: str = ""

    @property
    def previous_link(self) -> str:
        """The query string of the page before, "" on the first."""
        return self._link(self.part.number - 1) if self.part.has_previous() else ""

    @property
    def next_link(self) -> str:
        """The query string of the page after, "" on the last."""
        return self._link(self.part.number + 1) if self.part.has_next() else ""

    def _link(self, number: int) -> str:
        asked = self.asked.copy()
        asked["page"] = str(number)
        return f"?{asked.urlencode()}"


def shown_of(items: QuerySet | Sequence[Any], asked: QueryDict, size: int) -> Shown:
    """Return the page of `items` that an address asks for with `page`, the first or the last where there is no such page."""
    paginator, number = Paginator(items, size), asked.get("page") or "1"
    try:
        return Shown(paginator.page(number), asked)
    except PageNotAnInteger:
        return Shown(paginator.page(1), asked, gettext("This page does not exist; here is the first one."))
    except EmptyPage:
        low = number.lstrip().startswith("-") or not number.strip("0")
        first = gettext("This page does not exist; here is the first one.")
        last = gettext("This page does not exist; here is the last one.")
        return Shown(paginator.page(1 if low else paginator.num_pages), asked, first if low else last)
