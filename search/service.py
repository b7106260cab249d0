"""The one entrance to search, for pages, fragments, feeds and JSON."""

import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from search.analysis import analyse_query
from search.documents import Variant, language_of, source_for, sources, url_of
from search.engines import Engine, EngineHit, EngineResults, EngineUnavailableError, get_engine
from search.highlight import Highlighter
from search.labels import build_facets, value_labels
from search.moments import best_moments
from search.preparation import Prepared, prepare
from search.promotion import promoted_keys
from search.query import MAX_PAGE_SIZE, SearchQuery
from search.results import DEFAULT_CARD, Hit, SearchResults

logger = logging.getLogger(__name__)


def search(query: SearchQuery, *, cards: bool = True) -> SearchResults:
    """Return what `query` finds. Never raises for lack of an index: the results then say `available=False`.

    Without `cards` the hits' objects say their title, language and address alone, which is read faster.

    Hits are read again through their sources' public querysets, so that what was withdrawn is never shown, however late
    the index; such a hit is dropped from the page and from the total.
    """
    started = time.perf_counter()
    try:
        engine = get_engine()
        prepared = prepare(query, engine)
        found = engine.search(prepared.query)
    except EngineUnavailableError as error:
        logger.error("Search is unavailable: %s", error)
        return SearchResults(query, available=False, took_ms=_since(started))
    hits = _hydrated(prepared.query, found, cards)
    promoted = _promoted(prepared, cards)
    first = {hit.key for hit in promoted}
    return SearchResults(
        query=replace(query, page=found.page),
        total=max(0, found.total - (len(found.hits) - len(hits))),
        corrected=prepared.corrected,
        facets=build_facets(query, found.counts),
        hits=tuple(hit for hit in hits if hit.key not in first),
        promoted=promoted if found.page == 1 else (),
        page=found.page,
        relaxed=found.relaxed,
        page_count=max(1, -(-found.total // query.page_size)),
        took_ms=_since(started),
    )


def keys_of(query: SearchQuery) -> Iterator[str]:
    """Return the keys of all that `query` finds, whatever its page, in its order; what was withdrawn since may be among them.

    Raises EngineUnavailableError, before the first key and after any.
    """
    engine = get_engine()
    prepared = prepare(query, engine).query
    first = engine.search(replace(prepared, page=1, page_size=MAX_PAGE_SIZE))
    return _keys(engine, prepared, first)


def _keys(engine: Engine, query: SearchQuery, found: EngineResults) -> Iterator[str]:
    """Yield the keys of a first page and of those that follow, each once although the index may change meanwhile."""
    seen: set[str] = set()
    pages = -(-found.total // MAX_PAGE_SIZE)
    for page in range(1, pages + 1):
        hits = found.hits if page == 1 else engine.search(replace(query, page=page, page_size=MAX_PAGE_SIZE)).hits
        yield from (hit.key for hit in hits if hit.key not in seen)
        seen.update(hit.key for hit in hits)


def _since(started: float) -> int:
    return round((time.perf_counter() - started) * 1000)


def _hydrated(query: SearchQuery, found: EngineResults, cards: bool) -> tuple[Hit, ...]:
    """Return the hits that are still public, in order, with titles and addresses from the live objects."""
    highlighter = Highlighter(analyse_query(query.parsed.unquoted() if found.relaxed else query.parsed))
    return _shown(query, found.hits, highlighter, cards)


def _promoted(prepared: Prepared, cards: bool) -> tuple[Hit, ...]:
    """Return what facilitators show first for a question that no filter narrows, as far as it is public."""
    query = prepared.query
    keys = () if query.filters or query.sort != "relevance" else promoted_keys(query.parsed, prepared.token)
    if not keys:
        return ()
    wanted = [source for source in sources() if source.type in query.fixed.get("type", (source.type,))]
    documents = {document.key: document for source in wanted for document in source.documents(keys)}
    found = (documents[key] for key in keys if key in documents)
    hits = [EngineHit(one.key, one.type, 0.0, one.variants, one.published_at) for one in found]
    return _shown(query, hits, Highlighter(analyse_query(query.parsed)), cards)


def _shown(query: SearchQuery, found: Sequence[EngineHit], highlighter: Highlighter, cards: bool) -> tuple[Hit, ...]:
    objects = _objects(found, query.display_language, cards)
    labels = value_labels("type", query.language) or {}
    return tuple(_hit(hit, objects[hit.type, hit.key], highlighter, labels) for hit in found if (hit.type, hit.key) in objects)


def _objects(hits: Iterable[EngineHit], language: str, cards: bool) -> Mapping[tuple[str, str], Any]:
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
        read = source.hydrate if cards else source.links
        objects.update({(type_, key): found for key, found in read(wanted, language).items()})
    return objects


def _hit(hit: EngineHit, found: Any, highlighter: Highlighter, type_labels: Mapping[str, str]) -> Hit:
    """Return a hit in the language of its live object: a text whose own page was withdrawn is not quoted."""
    language = language_of(found)
    title = str(found.title)
    stored = next((variant for variant in hit.variants if variant.language == language), Variant(language, title))
    return Hit(
        key=hit.key,
        type=hit.type,
        language=language,
        title=title,
        title_html=highlighter.title(replace(stored, title=title)),
        url=url_of(found),
        snippet=highlighter.snippet(stored),
        score=round(hit.score, 4),
        object=found,
        moments=best_moments(stored, highlighter),
        type_label=str(type_labels.get(hit.type, hit.type)),
        card_template=source_for(hit.type).card_template or DEFAULT_CARD,
        published_at=hit.published_at,
    )
