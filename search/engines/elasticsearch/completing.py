"""Titles that begin as somebody types."""

from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch_dsl import Q, Search
from elasticsearch_dsl.query import Query

from search.analysis import completion_terms, tokenise
from search.analysis.arabic import is_arabic, without_prefix
from search.engines.base import Completion
from search.engines.elasticsearch.reading import variant_from

_LANGUAGES = ("ar", "fr", "en")
_MIN_LENGTH = 2
"""Letters from which a title is looked for."""
_MAX_TEXT = 200
_MAX_WORDS = 8
_MORE = 5
"""Times as many titles are read as are asked for: those that begin with the words come first."""


def complete(client: Elasticsearch, index: str, text: str, language: str, limit: int) -> tuple[Completion, ...]:
    """Return subjects with a title that has words beginning with every word of `text`.

    First those in the reader's language, those that begin as `text` does, and short ones; each subject once.
    """
    words = [token.exact for token in tokenise(text[:_MAX_TEXT], language)][:_MAX_WORDS]
    if sum(map(len, words)) < _MIN_LENGTH or limit < 1:
        return ()
    languages = [language, *(other for other in _LANGUAGES if other != language)]
    titles = [_title(other, words, 1.0 if other == language else 0.5) for other in languages]
    search = Search(using=client, index=index).query(Q("dis_max", queries=titles)).source(["type", "variants"])
    search = search.sort({"_score": "desc"}, {"title_length": "asc"}, {"key": "asc"})[: limit * _MORE]
    found = [_completion(hit, languages) for hit in search.execute().to_dict()["hits"]["hits"]]
    return tuple(sorted(found, key=lambda one: (one.language != language, not _begins(one.title, words[0])))[:limit])


def _title(language: str, words: Sequence[str], weight: float) -> Query:
    starts = [_beginning(f"completion.{language}", word) for word in words]
    return Q("constant_score", filter=Q("bool", filter=starts), boost=weight, _name=language)


def _beginning(field: str, word: str) -> Query:
    """Return what has words that begin so, an Arabic article of the question left out or not."""
    forms = dict.fromkeys((word, without_prefix(word) if is_arabic(word) else word))
    return Q("bool", should=[Q("prefix", **{field: form}) for form in forms], minimum_should_match=1)


def _completion(hit: Mapping[str, Any], languages: Sequence[str]) -> Completion:
    matched = next(language for language in languages if language in hit["matched_queries"])
    variants = [variant_from(stored) for stored in hit["_source"]["variants"]]
    title = next(variant.title for variant in variants if variant.language == matched)
    return Completion(hit["_id"], hit["_source"]["type"], title, matched)


def _begins(title: str, word: str) -> bool:
    first = next(completion_terms(title), "")
    return first.startswith(word) or first.removeprefix("ال").startswith(word)
