"""Searching: one request for hits, total and counts; a second where the phrases or the page asked for do not exist."""

import zlib
from collections.abc import Mapping
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch_dsl import Search

from search.analysis import QueryTerms, analyse_query
from search.documents import Variant, moment_of
from search.engines.base import EngineHit, EngineResults, EngineUnavailableError
from search.engines.elasticsearch import facets, matching
from search.engines.elasticsearch.cluster import Budget
from search.query import SearchQuery

Answer = Mapping[str, Any]
_WINDOW = 1_000_000
"""Hits that pages reach into: `max_result_window`."""
_EAGER = 10_000
"""Hits into which a page is asked for before it is known to exist."""
_SCORE, _DATE, _KEY = {"_score": "desc"}, {"date": {"order": "desc", "missing": "_last"}}, {"key": "asc"}
_ORDERS: dict[str, list[dict[str, Any]]] = {
    "relevance": [_SCORE, _DATE, _KEY],
    "date": [_DATE, _SCORE, _KEY],
    "discussion": [{"discussion": "desc"}, _SCORE, _DATE, _KEY],
    "published": [{"published": "desc"}, _DATE, _SCORE, _KEY],
}


def search(client: Elasticsearch, index: str, query: SearchQuery, budget: Budget) -> EngineResults:
    """Return the page that `query` asks for, or the last one where there are fewer."""
    asked = _Asked(client, index, query, budget)
    terms = analyse_query(query.parsed)
    page = query.page if query.page * query.page_size <= _EAGER else 1
    answer = asked.answer(terms, page)
    relaxed = bool(query.parsed.words and terms.phrases) and not facets.matched(answer)
    if relaxed:
        terms = analyse_query(query.parsed.unquoted())
        answer = asked.answer(terms, page)
    total = answer["hits"]["total"]["value"]
    last = max(1, -(-min(total, _WINDOW - query.page_size) // query.page_size))
    if page != min(query.page, last):
        page = min(query.page, last)
        answer = asked.answer(terms, page)
    return EngineResults(total, page, tuple(map(_hit, answer["hits"]["hits"])), facets.counts(answer, query.filters), relaxed)


class _Asked:
    """A query on its way to a node."""

    def __init__(self, client: Elasticsearch, index: str, query: SearchQuery, budget: Budget) -> None:
        self._client, self._query, self._budget = client, query, budget
        # The copies of an index rank equals differently: one question always asks the same copy, so that its pages fit together.
        options = {"preference": f"q{zlib.crc32(query.text.encode())}", "allow_partial_search_results": False}
        self._search = (
            Search(index=index)
            .params(**options)
            .extra(track_total_hits=True, track_scores=True, timeout=f"{int(budget.left() * 1000)}ms")
            .source(["type", "variants", "published"])
            .sort(*_ORDERS[query.order])
            .post_filter(facets.condition(query.filters))
        )

    def answer(self, terms: QueryTerms, page: int) -> Answer:
        """Return what the node answers for a page."""
        query = self._query
        matches = matching.query(terms, query.fixed, lists_all=terms.excludes or not query.text)
        start = (page - 1) * query.page_size
        search = self._search.using(self._budget.limit(self._client)).query(matches)[start : start + query.page_size]
        facets.count(search, query.filters)
        answer: Answer = search.execute().to_dict()
        if answer["timed_out"]:
            raise EngineUnavailableError("Elasticsearch did not answer in time.")
        return answer


def _hit(hit: Mapping[str, Any]) -> EngineHit:
    source = hit["_source"]
    variants = tuple(variant_from(stored) for stored in source.get("variants", ()))
    return EngineHit(hit["_id"], source["type"], hit["_score"] or 0.0, variants, moment_of(source.get("published", 0)))


def variant_from(stored: Mapping[str, str]) -> Variant:
    """Return a text as `writing` stored it."""
    language, title, summary, body = (stored.get(name, "") for name in ("language", "title", "summary", "body"))
    return Variant(language, title, summary, body, cues=Variant.cues_from_json(stored.get("cues", "")))
