"""Which pages everybody may read. Private sections are looked up once for each version of the content, not with every query."""

from typing import TypeVar

from django.db.models import QuerySet
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

from portal.base.memory import remembered

_Pages = TypeVar("_Pages", bound=PageQuerySet)


def readable(pages: _Pages) -> _Pages:
    """Keep the pages that are live and in no private section (Wagtail's `live().public()`)."""
    return pages.live().exclude(remembered("private sections", pages.private_q))


def restrictions_of(found: QuerySet[PageViewRestriction]) -> QuerySet[PageViewRestriction]:
    """Return `found`, or nothing without asking where no page of the portal is private."""
    anything = remembered("any private section", PageViewRestriction.objects.exists)
    return found if anything else PageViewRestriction.objects.none()
