"""Facet counts as aggregations: of everything the text matches, each under the filters of the other facets."""

from collections.abc import Mapping
from typing import Any

from elasticsearch_dsl import A, Q, Search
from elasticsearch_dsl.query import Query

from search.engines.elasticsearch.matching import Filters, has_any
from search.query import FACETS

_MOST = 10_000
"""Values of one facet that are counted: more than a page could show."""
_MATCHED, _REST = "matched", "rest"


def count(search: Search, filters: Filters) -> None:
    """Ask for the counts beside the hits. A facet's own choice does not shrink its own counts."""
    search.aggs.bucket(_MATCHED, "filter", filter=Q("match_all"))
    rest = search.aggs.bucket(_REST, "filter", filter=condition(filters))
    for name in FACETS:
        others = {other: values for other, values in filters.items() if other != name}
        parent = search.aggs.bucket(f"only_{name}", "filter", filter=condition(others)) if name in filters else rest
        parent.bucket(name, A("terms", field=f"facets.{name}", size=_MOST))


def condition(filters: Filters) -> Query:
    """Return the condition that filters make: any value of a facet, every facet."""
    return Q("bool", filter=[has_any(name, values) for name, values in filters.items()])


def counts(answer: Mapping[str, Any], filters: Filters) -> dict[str, dict[str, int]]:
    """Return facet -> value -> number of subjects, from an answer to `count`."""
    found = {}
    for name in FACETS:
        parent = answer["aggregations"][f"only_{name}" if name in filters else _REST]
        found[name] = {bucket["key"]: bucket["doc_count"] for bucket in parent[name]["buckets"]}
    return found


def matched(answer: Mapping[str, Any]) -> int:
    """Return how many subjects the text matches before the filters."""
    number: int = answer["aggregations"][_MATCHED]["doc_count"]
    return number
