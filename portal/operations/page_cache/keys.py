"""Which requests can be answered from the cache, and what tells two of them apart."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest

from portal.base.languages import language_codes

HARMLESS_COOKIES = {"agenda", "agenda_link", "bookmarks", "csrftoken", "django_language", "evaluated"}
"""Cookies of which no public page shows anything. Whoever has any other, a session above all, is answered anew."""

PARAMETERS = frozenset(
    {
        "axis",
        "comments",
        "cpage",
        "day",
        "instrument",
        "kind",
        "language",
        "outcome",
        "page",
        "partnership",
        "province",
        "recording",
        "region",
        "room",
        "rpage",
        "sort",
        "speaker",
        "tag",
        "thread",
    }
    | {"due", "status", "theme", "type", "untranslated", "view", "where", "who", "year"}
)
"""What may stand in the address of a page that is kept. A question (`q`) is counted and answered anew, as is what is unknown."""

TRACKERS = frozenset({"fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid"})
"""What social networks and newsletters add to addresses, besides `utm_...`: taken away, so that all readers share one page."""

PRIVATE_PATHS = (
    *("account/", "participation/", "practices/bookmarks", "practices/compare", "practices/contribute", "sessions/agenda"),
)
"""What is about the reader, below the language (`/ar/`)."""

LONGEST_QUESTION = 512
LONGEST_PATH = 512
LONGEST_HOST = 300


class Key(NamedTuple):
    """What a page depends on besides the content and the clock."""

    scheme: str
    host: str
    path: str
    question: str
    htmx: bool
    save_data: bool


def key_of(request: HttpRequest) -> Key | None:
    """Return the key of a request, or None for one that is not for the cache. Trackers are taken out of its address."""
    meta = request.META
    path = request.path_info
    if request.method not in ("GET", "HEAD") or not is_page(path) or path[4:].startswith(PRIVATE_PATHS):
        return None
    if "HTTP_AUTHORIZATION" in meta or not _harmless(meta.get("HTTP_COOKIE", "")):
        return None
    query = meta.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUESTION:
        return None
    meta["QUERY_STRING"], question = _questions(query)
    if question is None:
        return None
    htmx = meta.get("HTTP_HX_REQUEST") == "true"
    if htmx and (meta.get("HTTP_HX_BOOSTED") or meta.get("HTTP_HX_HISTORY_RESTORE_REQUEST")):
        return None
    host = f"{meta.get('HTTP_HOST', '')} {meta.get('SERVER_NAME', '')}:{meta.get('SERVER_PORT', '')}"
    if len(path) > LONGEST_PATH or len(host) > LONGEST_HOST:
        return None
    return Key(request.scheme or "", host, request.path, question, htmx, meta.get("HTTP_SAVE_DATA") == "on")


def is_page(path: str) -> bool:
    """Tell whether a path lies under a language, as all pages for readers do."""
    return path[1:3] in language_codes() and path[3:4] == "/"


@lru_cache(maxsize=1024)
def _questions(query: str) -> tuple[str, str | None]:
    """Return a query without trackers, and what it is in a key: its pairs in order of name; None where it cannot be in one."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict")
    except ValueError:
        return query, None
    kept = [pair for pair in pairs if pair[0] not in TRACKERS and not pair[0].startswith("utm_")]
    text = query if len(kept) == len(pairs) else urlencode(kept)
    if any(name not in PARAMETERS for name, _value in kept):
        return text, None
    return text, urlencode(sorted(kept, key=lambda pair: pair[0]))


@lru_cache(maxsize=1024)
def _harmless(cookies: str) -> bool:
    names = {part.partition("=")[0].strip() for part in cookies.split(";")} - {""}
    return names <= HARMLESS_COOKIES | {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
