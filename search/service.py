"""The one entrance to search, for pages, fragments, feeds and JSON."""

import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from search.analysis import analyse_query
from search.documents import Variant, source_for
from search.engines import EngineHit, EngineResults, EngineUnavailableError, get_engine
from search.highlight import Highlighter
from search.labels import build_facets, value_labels
from search.query import SearchQuery
from search.results import DEFAULT_CARD, Hit, SearchResults

logger = logging.getLogger(__name__)


def search(query: SearchQuery) -> SearchResults:
    """Return what `query` finds. Never raises for lack of an index: the results then say `available=False`.

    Hits are read again through their sources' public querysets, so that what was withdrawn is never shown, however late
    the index; such a hit is dropped from the page and from the total.
    """
    started = time.perf_counter()
    try:
        found = get_engine().search(query)
    except EngineUnavailableError as error:
        logger.error("Search is unavailable: %s", error)
        return SearchResults(query, available=False, took_ms=_since(started))
    hits = _hydrated(query, found)
    return SearchResults(
        query=replace(query, page=found.page),
        total=max(0, found.total - (len(found.hits) - len(hits))),
        facets=build_facets(query, found.counts),
        hits=hits,
        page=found.page,
        relaxed=found.relaxed,
        page_count=max(1, -(-found.total // query.page_size)),
        took_ms=_since(started),
    )


def _since(started: float) -> int:
    return round((time.perf_counter() - started) * 1000)


def _hydrated(query: SearchQuery, found: EngineResults) -> tuple[Hit, ...]:
    """Return the hits that are still public, in order, with titles and addresses from the live objects."""
    objects = _objects(found.hits, query.display_language)
    highlighter = Highlighter(analyse_query(query.parsed.unquoted() if found.relaxed else query.parsed))
    labels = value_labels("type", query.language) or {}
    return tuple(
        _hit(hit, objects[hit.type, hit.key], highlighter, labels) for hit in found.hits if (hit.type, hit.key) in objects
    )


def _objects(hits: Iterable[EngineHit], language: str) -> Mapping[tuple[str, str], Any]:
    """Return (type, key) -> live object, one call per type; a type that nobody registers any more has none."""
    keys: dict[str, list[str]] = defaultdict(list)
    for hit in hits:
        keys[hit.type].append(hit.key)
    objects: dict[tuple[str, str], Any] = {}
    for type_, wanted in keys.items():
        try:
            source = source_for(type_)
        except KeyError:
            continue
        objects.update({(type_, key): found for key, found in source.hydrate(wanted, language).items()})
    return objects


def _hit(hit: EngineHit, found: Any, highlighter: Highlighter, type_labels: Mapping[str, str]) -> Hit:
    """Return a hit in the language of its live object: a text whose own page was withdrawn is not quoted."""
    language = _language_of(found)
    title = str(found.title)
    stored = next((variant for variant in hit.variants if variant.language == language), Variant(language, title))
    return Hit(
        key=hit.key,
        type=hit.type,
        language=language,
        title=title,
        title_html=highlighter.title(replace(stored, title=title)),
        url=_url_of(found),
        snippet=highlighter.snippet(stored),
        score=round(hit.score, 4),
        object=found,
        type_label=str(type_labels.get(hit.type, hit.type)),
        card_template=source_for(hit.type).card_template or DEFAULT_CARD,
    )


def _language_of(found: Any) -> str:
    locale = getattr(found, "locale", None)
    return str(locale.language_code if locale is not None else found.language)


def _url_of(found: Any) -> str:
    absolute = getattr(found, "get_absolute_url", None)
    return str((absolute() if absolute else found.url) or "")
