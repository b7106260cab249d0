"""Answers from the cache, or has the page made and keeps it."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from wagtail.models import Site

from portal.base import clock, freshness, memory
from portal.base.freshness import Seen
from portal.operations import content_version
from portal.operations.content_version import Version
from portal.operations.page_cache.entries import Entry, can_be_kept, encode
from portal.operations.page_cache.keys import Key, is_page, key_of
from portal.operations.page_cache.store import store

LONGEST = datetime.timedelta(minutes=10)
LONGEST_WITH_CLOCK = datetime.timedelta(seconds=10)
"""For pages that asked what time it is; what they know will change at a moment (`clock.changes_at`) ends them then."""

MACHINES = "/api/"
"""Where programs ask: never kept whole, but made of what is remembered."""

PATIENCE = 5.0
"""Seconds for which a request waits for another that makes the same page."""


class PageCacheMiddleware:
    """Keeps public pages for visitors who are not signed in. It stands before everything that looks at cookies.

    The version of the content is read before a page is made: a page made while the content changed is kept as one of the
    version before, which nobody asks for any more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.last_content: int | None = None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not settings.PAGE_CACHE:
            return self.get_response(request)
        key = key_of(request)
        if key is None and not (is_page(request.path_info) or request.path_info.startswith(MACHINES)):
            return self.get_response(request)
        version = self._current_version()
        if key is None or version is None:
            with memory.reading(version.content if version else None):
                return _unkept(self.get_response(request))
        entry = store.get(key, version, now := clock.now())
        if entry is not None and entry.is_fresh(now):
            return entry.respond(request)
        return self._made(request, key, version, entry)

    def _current_version(self) -> Version | None:
        """Return the version that is committed; where it is another than the last, Wagtail reads its sites anew."""
        version = content_version.current()
        content = version.content if version else None
        if content != self.last_content:
            Site.clear_site_root_paths_cache()
            self.last_content = content
        return version

    def _made(self, request: HttpRequest, key: Key, version: Version, old: Entry | None) -> HttpResponseBase:
        """Make the page, or wait for another request that does; an entry that is right serves till then."""
        if store.is_refused(key):
            return self._make(request, key, version)
        other = store.begin(key)
        if other is None:
            try:
                return self._make(request, key, version)
            finally:
                store.end(key)
        if old is not None:
            return old.respond(request)
        other.wait(PATIENCE)
        entry = store.get(key, version, clock.now())
        return entry.respond(request) if entry is not None else self._make(request, key, version)

    def _make(self, request: HttpRequest, key: Key, version: Version) -> HttpResponseBase:
        """Make the page, keep it if it can be kept, and answer with it; HEAD has it made as GET does."""
        method, request.method = request.method, "GET"
        begun = clock.now()
        try:
            with memory.reading(version.content), freshness.watch() as seen:
                response = self.get_response(request)
        finally:
            request.method = method
        if not isinstance(response, HttpResponse) or not can_be_kept(response, key.htmx):
            store.refuse(key)
            return _unkept(response)
        entry = _entry(response, version, seen, begun)
        store.put(key, entry)
        return entry.respond(request)


def _entry(response: HttpResponse, version: Version, seen: Seen, begun: datetime.datetime) -> Entry:
    until = begun + (LONGEST_WITH_CLOCK if seen.clock else LONGEST)
    bodies = encode(response)
    return Entry(
        version=version,
        reads_activity=seen.activity,
        fresh_until=min(until, seen.until) if seen.until else until,
        right_until=seen.until,
        bodies=bodies,
        size=sum(len(body.content) for body in bodies.values()),
    )


def _unkept(response: HttpResponseBase) -> HttpResponseBase:
    """Have browsers ask again for a page that is this reader's own, and others not keep it."""
    if response.get("Content-Type", "").startswith("text/html"):
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
