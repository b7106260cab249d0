"""A saved search as an Atom feed (RFC 4287): its address is the search, its entries what it finds, the last published first."""

import datetime
from dataclasses import replace
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from search.query import PUBLISHED, SearchQuery
from search.results import Hit, SearchResults

ENTRIES = 50
"""What a feed tells at most: the last published."""
_UNKNOWN = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def to_ask(query: SearchQuery) -> SearchQuery:
    """Return the query whose results make the feed."""
    return replace(query, sort=PUBLISHED, page=1, page_size=ENTRIES)


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
    for hit in results.hits:
        feed.add_item(
            title=hit.title,
            link=home_url.rstrip("/") + hit.url if hit.url.startswith("/") else hit.url,
            description=str(hit.snippet),
            unique_id=f"urn:uuid:{hit.key}",
            pubdate=published(hit),
            updateddate=updated(hit),
            categories=[hit.type_label],
        )
    return feed.writeString("utf-8")


def published(hit: Hit) -> datetime.datetime:
    """Return when a subject was first published in any language, or the first moment that its object tells."""
    return hit.published_at or _moment(hit.object, "first_published_at", "created_at", "date")


def updated(hit: Hit) -> datetime.datetime:
    """Return when what is shown of a subject last changed, never before it was published."""
    changed = _moment(hit.object, "last_published_at", "first_published_at", "updated_at", "created_at", "date")
    return max(changed, published(hit))


def _moment(found: Any, *names: str) -> datetime.datetime:
    for name in names:
        value = getattr(found, name, None)
        if isinstance(value, datetime.datetime):
            return value
        if isinstance(value, datetime.date):
            return datetime.datetime.combine(value, datetime.time(), datetime.UTC)
    return _UNKNOWN
