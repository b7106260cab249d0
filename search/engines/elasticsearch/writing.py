"""From a change to what a node is sent."""

from collections.abc import Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch, helpers

from search.analysis import columns, completion_terms, words_with_terms
from search.cleaning import clean
from search.documents import Document, Variant
from search.engines.base import Change, EngineUnavailableError
from search.engines.elasticsearch.schema import MAX_VALUE

Streams = dict[str, list[str]]
_CONFLICT = 409
_NOTHING: tuple[object, ...] = (None, [], {})
"""What is not sent."""


def action(change: Change) -> dict[str, Any]:
    """Return the bulk action of a change. Its version is external: a node refuses what is older than what it has."""
    fields = _fields(change.document) if change.document else {}
    return {
        "_op_type": "index",
        "_id": change.key,
        "version": change.version,
        "version_type": "external_gte",
        "_source": {**{name: value for name, value in fields.items() if value not in _NOTHING}, "key": change.key},
    }


def send(client: Elasticsearch, index: str, actions: Iterable[dict[str, Any]], **options: Any) -> None:
    """Write actions through an alias. Raises EngineUnavailableError if a change was refused, unless it was too old."""
    for done, answer in helpers.streaming_bulk(client, actions, index=index, require_alias=True, raise_on_error=False, **options):
        outcome = next(iter(answer.values()))
        if not done and outcome.get("status") != _CONFLICT:
            reason = (outcome.get("error") or {}).get("reason", "no reason given")
            raise EngineUnavailableError(f"Elasticsearch refused {outcome.get('_id')}: {str(reason)[:300]}.")


def streams(document: Document) -> Streams:
    """Return the token streams of a document, a value for each text: no phrase runs from one value into the next."""
    found: Streams = {"title": [], "text": [], "exact": [], "skeleton": []}
    for variant in document.variants:
        for target, text in texts(variant):
            _words, analysed = words_with_terms(text, variant.language)
            for name, terms in zip(("exact", target, "skeleton"), columns(analysed), strict=True):
                found[name].append(" ".join(filter(None, terms)))
    return {name: [value for value in values if value] for name, values in found.items()}


def facet_value(value: str) -> str:
    """Return a facet's value as it is kept."""
    return clean(value)[:MAX_VALUE]


def texts(variant: Variant) -> Iterator[tuple[str, str]]:
    """Yield the texts of a language, each with the stream that it goes to."""
    yield "title", variant.title
    for text in (variant.summary, variant.body, variant.speech):
        if text:
            yield "text", text


def _fields(document: Document) -> dict[str, Any]:
    return {
        "type": document.type,
        "date": document.date,
        "discussion": document.discussion,
        "published": document.published_second,
        "variants": [_stored(variant) for variant in document.variants],
        "facets": {name: [facet_value(value) for value in values] for name, values in document.all_facets().items()},
        "completion": _completion(document),
        "title_length": min((len(variant.title) for variant in document.variants), default=0),
        **streams(document),
    }


def _stored(variant: Variant) -> dict[str, str]:
    names = ("language", "title", "summary", "body")
    return {**{name: clean(getattr(variant, name)) for name in names}, "cues": variant.cues_as_json()}


def _completion(document: Document) -> dict[str, list[str]]:
    """Return language -> the words that lead to its titles."""
    found: dict[str, list[str]] = {}
    for variant in document.variants:
        found.setdefault(variant.language, []).append(" ".join(completion_terms(variant.title)))
    return found
