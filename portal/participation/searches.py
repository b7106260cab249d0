"""Saved searches: what one is called, and what became public of what it finds.

A search is followed by a query string: the reader's language (`lang`), the words (`q`) and the filters, in the order of their
names, so that two who ask the same share one key, and one run.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, override

from portal.base.languages import language_codes
from portal.participation.enums import FollowKind, Happening
from portal.participation.following import News
from search.documents import language_of, names_of, source_for, url_of
from search.forms import SearchForm
from search.labels import value_labels
from search.pages import Link
from search.query import FACETS, PUBLISHED, SearchQuery
from search.service import search

LONGEST_KEY = 400
LONGEST_QUESTION = 2_000
"""Characters of a query string that is read at all."""
MOST_FOUND = 50
"""Results of one search that a digest looks at: the last published."""
_NAMED_AT_ONCE = 500


def key_of(query: SearchQuery) -> str:
    """Return the key of a search; "" for one that asks for nothing, or is too long to be kept."""
    chosen = [(name, value) for name in FACETS for value in (*query.fixed.get(name, ()), *query.filters.get(name, ()))]
    asked = [("q", query.text)] if query.text else []
    if not asked and not chosen:
        return ""
    key = urlencode(sorted({*asked, *chosen, ("lang", query.language)}))
    return key if len(key) <= LONGEST_KEY else ""


def query_of(key: str) -> SearchQuery:
    """Return the search of a key; whatever is not understood is left out."""
    data = QueryDict(key if len(key) <= LONGEST_QUESTION else "")
    language = data.get("lang", "")
    known = language if language in language_codes() else language_codes()[0]
    query = SearchForm(data, language=known).query
    return replace(query, sort="relevance", page=1, expanded=(), exact=False)


def named(keys: Collection[str], language: str) -> Mapping[str, Link]:
    """Return what each search asks for, in words; a key that is not in the form of `key_of` is left out."""
    found: dict[str, Link] = {}
    with override(language):
        for key in keys:
            query = query_of(key)
            if key and key_of(query) == key:
                asked = urlencode([pair for pair in parse_qsl(key) if pair[0] != "lang"])
                found[key] = Link(_words(query, language), language, f"{reverse('search')}?{asked}")
    return found


def _words(query: SearchQuery, language: str) -> str:
    parts = [gettext("“%(words)s”") % {"words": query.text}] if query.text else []
    for name, values in query.filters.items():
        labels = {**(value_labels(name, language) or {}), **names_of(name, values)}
        parts += [str(labels.get(value, value)) for value in values]
    return " · ".join(parts)


def news(keys: Collection[str], since: datetime.datetime, until: datetime.datetime) -> Iterator[News]:
    """Yield what became public of what each of some searches finds: one run for each, whoever follows it."""
    finders: dict[tuple[str, str], list[str]] = defaultdict(list)
    moments: dict[tuple[str, str], datetime.datetime] = {}
    for key in keys:
        for hit in search(_to_ask(key), cards=False).hits:
            if hit.published_at and since < hit.published_at <= until:
                finders[hit.type, hit.key].append(key)
                moments[hit.type, hit.key] = hit.published_at
    links = _links(finders)
    for found, searches in finders.items():
        if found in links:
            about = tuple((FollowKind.SEARCH.value, key) for key in searches)
            yield News(Happening.FOUND, moments[found], found[1], links[found], about)


def _to_ask(key: str) -> SearchQuery:
    return replace(query_of(key), sort=PUBLISHED, page_size=MOST_FOUND)


def _links(found: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], dict[str, Link]]:
    """Return (type, key) -> language -> link, a few queries for each type and language."""
    links: dict[tuple[str, str], dict[str, Link]] = defaultdict(dict)
    keys: dict[str, list[str]] = defaultdict(list)
    for type_, key in found:
        keys[type_].append(key)
    for type_, wanted in keys.items():
        for start in range(0, len(wanted), _NAMED_AT_ONCE):
            for language in language_codes():
                with override(language):
                    for key, one in source_for(type_).links(wanted[start : start + _NAMED_AT_ONCE], language).items():
                        written = language_of(one)
                        links[type_, key].setdefault(written, Link(str(one.title), written, url_of(one)))
    return links
