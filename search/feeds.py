"""A saved search as an Atom feed (RFC 4287): its address is the search, its entries are what is found, newest first."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from search.query import SearchQuery
from search.results import Hit, SearchResults

LOOKED_THROUGH = 200
"""Results, those with the newest date, among which the newest published are the feed's entries."""
ENTRIES = 50
_UNKNOWN = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def to_ask(query: SearchQuery) -> SearchQuery:
    """Return the query whose results make the feed."""
    return replace(query, sort="date", page=1, page_size=LOOKED_THROUGH)


def atom(results: SearchResults, page_url: str, feed_url: str, home_url: str) -> str:
    """Return the feed. `page_url` is the search as a page, `feed_url` the feed, both absolute; hits link below `home_url`."""
    query = results.query
    words = query.text or gettext("everything")
    feed = Atom1Feed(
        title=gettext("Moucharaka Mouwatina: %(words)s") % {"words": words},
        link=page_url,
        description=None,
        language=query.language,
        feed_url=feed_url,
        subtitle=gettext("New results of a search"),
    )
    for hit in newest(results.hits):
        feed.add_item(
            title=hit.title,
            link=home_url.rstrip("/") + hit.url if hit.url.startswith("/") else hit.url,
            description=str(hit.snippet),
            unique_id=f"urn:uuid:{hit.key}",
            pubdate=published(hit.object),
            updateddate=updated(hit.object),
            categories=[hit.type_label],
        )
    return feed.writeString("utf-8")


def newest(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits to show, the last published first."""
    return sorted(hits, key=lambda hit: (published(hit.object), hit.key), reverse=True)[:ENTRIES]


def published(found: Any) -> datetime.datetime:
    """Return when an object of a source was first published, as far as it says."""
    return _moment(found, "first_published_at", "created_at", "date")


def updated(found: Any) -> datetime.datetime:
    """Return when an object of a source last changed, as far as it says."""
    return _moment(found, "last_published_at", "first_published_at", "updated_at", "created_at", "date")


def _moment(found: Any, *names: str) -> datetime.datetime:
    for name in names:
        value = getattr(found, name, None)
        if isinstance(value, datetime.datetime):
            return value
        if isinstance(value, datetime.date):
            return datetime.datetime.combine(value, datetime.time(), datetime.UTC)
    return _UNKNOWN
