"""What is new in discussions and tags, for those who follow them. Nothing here writes, nor asks more for more."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from django.db.models import QuerySet
from wagtail.models import Page

from portal.base.privacy import readable
from portal.participation.enums import FollowKind, Happening
from portal.participation.following import News
from portal.participation.models import Comment, Tagging
from search.pages import Link, links_by_language

_KEY = "subject__translation_key"


def comments(since: datetime.datetime, until: datetime.datetime) -> Iterator[News]:
    """Yield the comments that became public."""
    rows = Comment.objects.visible().filter(published_at__gt=since, published_at__lte=until).order_by()
    yield from _said(rows, "published_at", "author_id", Happening.COMMENT)


def answers(since: datetime.datetime, until: datetime.datetime) -> Iterator[News]:
    """Yield the questions that were answered."""
    rows = Comment.objects.visible().filter(answered_at__gt=since, answered_at__lte=until).order_by()
    yield from _said(rows, "answered_at", "answered_by_id", Happening.ANSWER)


def taggings(since: datetime.datetime, until: datetime.datetime) -> Iterator[News]:
    """Yield what was newly tagged."""
    rows = Tagging.objects.visible().filter(tagged_at__gt=since, tagged_at__lte=until, tag__hidden_at=None).order_by()
    links = _links(rows.values("content_object__translation_key"))
    for key, slug, at, person in rows.values_list("content_object__translation_key", "tag__slug", "tagged_at", "tagged_by_id"):
        if named := links.get(str(key)):
            yield News(Happening.TAGGED, at, str(key), named, ((FollowKind.TAG, slug),), author=person)


def _said(rows: QuerySet[Comment], moment: str, person: str, happening: Happening) -> Iterator[News]:
    """Yield the news of a discussion, each leading to its comment."""
    links = _links(rows.values(_KEY))
    for key, pk, at, who, illustrative in rows.values_list(_KEY, "pk", moment, person, "illustrative"):
        if named := links.get(str(key)):
            here = {code: link._replace(url=f"{link.url}#comment-{pk}") for code, link in named.items()}
            about = ((FollowKind.DISCUSSION, str(key)),)
            yield News(happening, at, str(key), here, about, illustrative=illustrative, author=who)


def _links(keys: QuerySet) -> Mapping[str, Mapping[str, Link]]:
    return links_by_language(readable(Page.objects.filter(translation_key__in=keys)))
