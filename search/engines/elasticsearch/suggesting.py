"""What the vocabulary and the titles of the index suggest."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch_dsl import A, Q, Search

from search.analysis import WordTerms, analyse_query, tokenise
from search.analysis.arabic import is_arabic
from search.engines.base import Completion
from search.engines.elasticsearch.matching import any_form
from search.engines.elasticsearch.reading import variant_from
from search.query import ParsedText

_SHORTEST = 4
_LONG = 8
_MOST_WORDS = 48
_NEAR = {
    "field": "exact",
    "suggest_mode": "always",
    "prefix_length": 0,
    "min_word_length": _SHORTEST,
    "size": 20,
    "shard_size": 200,
}
_LANGUAGES = ("ar", "fr", "en")


def correct(client: Elasticsearch, index: str, words: Collection[str]) -> Mapping[str, str]:
    """Return the most likely word for each that no subject knows in any form, in one request."""
    asked = [word for word in dict.fromkeys(words) if len(word) >= _SHORTEST and word.isalpha()][:_MOST_WORDS]
    if not asked:
        return {}
    search = Search(using=client, index=index).extra(size=0)
    for number, word in enumerate(asked):
        search.aggs.bucket(str(number), A("filter", filter=any_form(_terms(word))))
        edits = 2 if len(word) >= _LONG else 1
        search = search.suggest(str(number), word, term={**_NEAR, "max_edits": edits})
    answer = search.execute().to_dict()
    unknown = [number for number in range(len(asked)) if not answer["aggregations"][str(number)]["doc_count"]]
    nearest = {asked[number]: _nearest(asked[number], answer["suggest"][str(number)]) for number in unknown}
    return {word: best for word, best in nearest.items() if best}


def _terms(word: str) -> WordTerms:
    return (analyse_query(ParsedText(words=(word,))).words or (WordTerms(word, ()),))[0]


def _nearest(word: str, entries: Iterable[Mapping[str, Any]]) -> str:
    """Return the nearest word of the same script, the most frequent of equally near ones; "" if there is none."""
    options = [option for entry in entries for option in entry["options"] if is_arabic(option["text"]) == is_arabic(word)]
    return min((_rank(word, option) for option in options), default=(0, 0, ""))[2]


def _rank(word: str, option: Mapping[str, Any]) -> tuple[int, int, str]:
    """Return (edits, minus frequency, word): Elasticsearch tells the edits as a share of the shorter word."""
    text = str(option["text"])
    return round((1 - option["score"]) * min(len(word), len(text))), -int(option["freq"]), text


def complete(client: Elasticsearch, index: str, text: str, language: str, limit: int) -> tuple[Completion, ...]:
    """Return subjects whose title has words beginning with the words of `text`, those in `language` first."""
    starts = [token.exact for token in tokenise(text, language)][:_MOST_WORDS]
    if sum(map(len, starts)) < 2 or limit < 1:
        return ()
    languages = [language, *(other for other in _LANGUAGES if other != language)]
    titles = [_title(other, starts, place) for place, other in enumerate(languages)]
    search = Search(using=client, index=index).query(Q("dis_max", queries=titles)).sort({"_score": "desc"}, {"key": "asc"})
    answer = search.source(["type", "variants.language", "variants.title"])[:limit].execute().to_dict()
    return tuple(_completion(hit, languages) for hit in answer["hits"]["hits"])


def _title(language: str, starts: Sequence[str], place: int) -> Q:
    field = f"completion.{language}"
    words = [Q("prefix", **{field: start}) for start in starts]
    return Q("constant_score", filter=Q("bool", filter=words), boost=1.0 / (place + 1), _name=language)


def _completion(hit: Mapping[str, Any], languages: Sequence[str]) -> Completion:
    matched = next(language for language in languages if language in hit["matched_queries"])
    variants = [variant_from(stored) for stored in hit["_source"]["variants"]]
    title = next(variant.title for variant in variants if variant.language == matched)
    return Completion(hit["_id"], hit["_source"]["type"], title, matched)
