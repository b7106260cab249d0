"""From the terms of a question to a query: on the same streams, and with the same weights, as the embedded engine."""

from collections.abc import Iterable, Mapping, Sequence

from elasticsearch_dsl import Q
from elasticsearch_dsl.query import Query

from search.analysis import Alternative, QueryTerms, WordTerms
from search.engines.elasticsearch.schema import SKELETON_WEIGHT, TITLE_WEIGHT
from search.engines.elasticsearch.writing import facet_value

Filters = Mapping[str, tuple[str, ...]]
_STEMS = [f"title^{TITLE_WEIGHT}", "text"]


def query(terms: QueryTerms, fixed: Filters, *, lists_all: bool) -> Query:
    """Return what a subject must match: every phrase, and any word unless a phrase decides; `lists_all` without either."""
    if not terms.asks and not lists_all:
        return Q("match_none")
    ranking = [*_words(terms.words), *map(_alternative, terms.alternatives)]
    return Q(
        "bool",
        must=[_phrase(phrase) for phrase in terms.phrases],
        should=ranking,
        minimum_should_match=1 if ranking and not terms.phrases else 0,
        must_not=[*_inflected_forms(terms.excluded_words), *map(_phrase, terms.excluded_phrases)],
        filter=[Q("exists", field="type"), *(has_any(name, values) for name, values in fixed.items())],
    )


def has_any(name: str, values: Sequence[str]) -> Query:
    """Return the condition that a facet has one of some values."""
    return Q("terms", **{f"facets.{name}": [facet_value(value) for value in values]})


def any_form(word: WordTerms) -> Query:
    """Return what a subject that knows a word matches, in whatever form."""
    return Q("bool", should=list(_inflected_forms([word])), minimum_should_match=1)


def _words(words: Sequence[WordTerms]) -> Iterable[Query]:
    """Yield what ranks: the stems of all words over title and text as one field, then what stands beside them."""
    stems = [stem for word in words for stem in word.stems]
    if stems:
        yield Q("combined_fields", query=" ".join(stems), fields=_STEMS)
    for word in words:
        if not word.stems:
            yield Q("term", exact=word.exact)
    skeletons = [skeleton for word in words for skeleton in word.skeletons]
    if skeletons:
        yield Q("match", skeleton={"query": " ".join(skeletons), "boost": SKELETON_WEIGHT})


def _inflected_forms(words: Iterable[WordTerms]) -> Iterable[Query]:
    """Yield what has a word in one of its forms. Skeletons exclude nothing: they join strangers too."""
    for word in words:
        yield Q("term", exact=word.exact)
        for field in ("title", "text"):
            if word.stems:
                yield Q("terms", **{field: list(word.stems)})


def _alternative(alternative: Alternative) -> Query:
    """Return what the glossary adds. Lucene sums the words of a phrase: together they weigh what one does."""
    stems, weight = " ".join(alternative.stems), alternative.weight / len(alternative.stems)
    if len(alternative.stems) == 1:
        return Q("combined_fields", query=stems, fields=_STEMS, boost=weight)
    in_title = Q("match_phrase", title={"query": stems, "boost": weight * TITLE_WEIGHT})
    return Q("dis_max", queries=[in_title, Q("match_phrase", text={"query": stems, "boost": weight})])


def _phrase(terms: Iterable[str]) -> Query:
    return Q("match_phrase", exact=" ".join(terms))
