"""What happens to pages by themselves: they are published, expire, begin; and when they were published, for the calendar."""

from __future__ import annotations

import datetime
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from portal.base import clock
from sessions.models import SessionPage

NEXT = 8


class Event(TextChoices):
    """What happens to a page by itself."""

    WAS_PUBLISHED = "was_published", _("Published")
    PUBLISHED = "published", _("Will be published")
    EXPIRES = "expires", _("Will be unpublished")
    BEGINS = "begins", _("Begins")


@dataclass(frozen=True, slots=True)
class Coming:
    """What happens to a page, and when."""

    at: datetime.datetime
    event: Event
    page: int
    title: str
    language: str

    @property
    def can_move(self) -> bool:
        """Whether the calendar moves it; a session's hours are changed on its page, where they are announced."""
        return self.event in (Event.PUBLISHED, Event.EXPIRES)

    @property
    def url(self) -> str:
        """Where the page is edited."""
        return reverse("wagtailadmin_pages:edit", args=[self.page])


def events(pages: Any, since: datetime.datetime, until: datetime.datetime | None = None) -> Iterator[Coming]:
    """Yield what happens by itself to `pages` (a queryset) from `since` to before `until`, each kind in order; three queries."""
    yield from heapq.merge(
        _published(pages, since, until), _expiring(pages, since, until), _beginning(pages, since, until), key=lambda one: one.at
    )


def all_events(pages: Any, since: datetime.datetime, until: datetime.datetime) -> Iterator[Coming]:
    """Yield what happened and what will happen to `pages` from `since` to before `until`, in order; four queries."""
    yield from heapq.merge(_was_published(pages, since, until), events(pages, since, until), key=lambda one: one.at)


def next_events(pages: Any) -> list[Coming]:
    """Return the next few events of `pages` (a queryset)."""
    found = events(pages, clock.now())
    return [one for one, _number in zip(found, range(NEXT), strict=False)]


def _published(pages: Any, since: datetime.datetime, until: datetime.datetime | None) -> Iterable[Coming]:
    """Yield what is scheduled: the title is that of the revision, which readers do not see yet."""
    revisions = Revision.objects.filter(base_content_type=ContentType.objects.get_for_model(Page, for_concrete_model=False))
    revisions = _between(revisions, "approved_go_live_at", since, until).order_by("approved_go_live_at")
    rows = list(revisions.values_list("approved_go_live_at", "object_id", "content__title")[: None if until else NEXT])
    known = pages.filter(pk__in=[int(key) for _at, key, _title in rows])
    languages = dict(known.values_list("pk", "locale__language_code"))
    for at, key, title in rows:
        if int(key) in languages:
            yield Coming(at, Event.PUBLISHED, int(key), title, languages[int(key)])


def _was_published(pages: Any, since: datetime.datetime, until: datetime.datetime) -> Iterable[Coming]:
    found = _between(pages.filter(live=True), "first_published_at", since, until).order_by("first_published_at")
    rows = found.values_list("first_published_at", "pk", "draft_title", "locale__language_code")
    return (Coming(at, Event.WAS_PUBLISHED, pk, title, language) for at, pk, title, language in rows)


def _expiring(pages: Any, since: datetime.datetime, until: datetime.datetime | None) -> Iterable[Coming]:
    found = _between(pages.filter(live=True), "expire_at", since, until).order_by("expire_at")
    rows = found.values_list("expire_at", "pk", "draft_title", "locale__language_code")[: None if until else NEXT]
    return (Coming(at, Event.EXPIRES, pk, title, language) for at, pk, title, language in rows)


def _beginning(pages: Any, since: datetime.datetime, until: datetime.datetime | None) -> Iterable[Coming]:
    found = _between(SessionPage.objects.live().filter(pk__in=pages.values("pk")), "starts_at", since, until)
    rows = found.order_by("starts_at").values_list("starts_at", "pk", "draft_title", "locale__language_code")
    return (Coming(at, Event.BEGINS, pk, title, lang) for at, pk, title, lang in rows[: None if until else NEXT])


def _between(found: Any, field: str, since: datetime.datetime, until: datetime.datetime | None) -> Any:
    found = found.filter(**{f"{field}__gte": since})
    return found.filter(**{f"{field}__lt": until}) if until else found
