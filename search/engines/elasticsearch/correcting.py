"""Did you mean: the words of the index beside those that no subject knows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch_dsl import A, MultiSearch, Q, Search

from search.analysis import WordTerms, analyse_query, words_with_terms, written
from search.analysis.arabic import is_arabic
from search.engines.elasticsearch.cluster import Budget
from search.engines.elasticsearch.matching import any_form
from search.engines.elasticsearch.reading import variant_from
from search.engines.elasticsearch.writing import texts
from search.query import ParsedText

_LENGTHS = range(4, 25)
"""Shorter and longer words are not corrected: there is always another word beside a short one."""
_TWO_ERRORS = 8
"""Letters from which a word may be wrong in two places."""
_ANY_BEGINNING = 6
"""Letters from which even the first one may be wrong."""
_MOST_WORDS = 48
_CANDIDATES = 20
Near = Mapping[str, Sequence[tuple[int, str]]]


def correct(client: Elasticsearch, index: str, words: Collection[str], budget: Budget) -> Mapping[str, str]:
    """Return, as it is written, the most likely word for each that no subject knows in any form."""
    asked = [word for word in dict.fromkeys(words) if len(word) in _LENGTHS and word.isalpha() and max(word) <= "\uffff"]
    near = _near(Search(using=budget.limit(client), index=index), asked[:_MOST_WORDS]) if asked else {}
    if not near:
        return {}
    numbers = _numbers(Search(using=budget.limit(client), index=index), near)
    best = {word: chosen for word, candidates in near.items() if (chosen := _likeliest(word, candidates, numbers))}
    return _as_written(budget.limit(client), index, best) if best else {}


def _near(search: Search, asked: Sequence[str]) -> Near:
    """Return the words within reach of each unknown one, with the number of errors between them."""
    search = search.extra(size=0)
    for number, word in enumerate(asked):
        search.aggs.bucket(str(number), A("filter", filter=any_form(_terms(word))))
        search = search.suggest(str(number), word, term=_options(word))
    answer = search.execute().to_dict()
    unknown = {word: str(n) for n, word in enumerate(asked) if not answer["aggregations"][str(n)]["doc_count"]}
    return {word: list(_candidates(word, answer["suggest"][number])) for word, number in unknown.items()}


def _terms(word: str) -> WordTerms:
    return (analyse_query(ParsedText(words=(word,))).words or (WordTerms(word, ()),))[0]


def _options(word: str) -> dict[str, object]:
    return {
        "field": "exact",
        "suggest_mode": "always",
        "min_word_length": _LENGTHS.start,
        "max_edits": 2 if len(word) >= _TWO_ERRORS else 1,
        "prefix_length": 0 if len(word) >= _ANY_BEGINNING else 1,
        "size": _CANDIDATES,
        "shard_size": 10 * _CANDIDATES,
    }


def _candidates(word: str, entries: Iterable[Mapping[str, Any]]) -> Iterable[tuple[int, str]]:
    """Yield (errors, word) in the same script: Elasticsearch tells the errors as a share of the shorter word."""
    for option in (option for entry in entries for option in entry["options"]):
        text = str(option["text"])
        if is_arabic(text) == is_arabic(word):
            yield round((1 - option["score"]) * min(len(word), len(text))), text


def _numbers(search: Search, near: Near) -> Mapping[str, int]:
    """Return how many subjects hold each candidate: the suggester counts deleted ones, too."""
    search = search.extra(size=0)
    candidates = list(dict.fromkeys(text for found in near.values() for _errors, text in found))
    for number, text in enumerate(candidates):
        search.aggs.bucket(str(number), A("filter", filter=Q("term", exact=text)))
    answer = search.execute().to_dict().get("aggregations", {})
    return {text: answer[str(number)]["doc_count"] for number, text in enumerate(candidates)}


def _likeliest(word: str, candidates: Iterable[tuple[int, str]], numbers: Mapping[str, int]) -> str:
    """Return the candidate with the fewest errors, the same beginning, the most subjects; "" where there is none."""
    ranked = [(errors, text[0] != word[0], -numbers[text], text) for errors, text in candidates if numbers[text]]
    return min(ranked)[-1] if ranked else ""


def _as_written(client: Elasticsearch, index: str, best: Mapping[str, str]) -> dict[str, str]:
    """Return the corrections as some subject writes them, with their accents."""
    searches = MultiSearch(using=client, index=index)
    for term in best.values():
        searches = searches.add(Search().query(Q("bool", filter=[Q("term", exact=term)])).source(["variants"])[:1])
    answers = [answer.to_dict()["hits"]["hits"] for answer in searches.execute()]
    return {word: _form(term, hits) for (word, term), hits in zip(best.items(), answers, strict=True)}


def _form(term: str, hits: Iterable[Mapping[str, Any]]) -> str:
    for variant in (variant_from(stored) for hit in hits for stored in hit["_source"]["variants"]):
        for _stream, text in texts(variant):
            words, analysed = words_with_terms(text, variant.language)
            for word, terms in zip(words, analysed, strict=True):
                if any(found[0] == term for found in terms):
                    return written(word, term)
    return term
