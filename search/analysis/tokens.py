"""From a text to its tokens, with the place of each in the original."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from search.analysis import arabic, latin, stopwords
from search.analysis.characters import APOSTROPHES, WORD, normalise, readable

Term = tuple[str, str, str]
"""Exact form, stem ("" for a stop word or an elision) and skeleton ("" where there is none)."""

_APOSTROPHE = "[" + re.escape("".join(sorted(APOSTROPHES))) + "]"
_WORD_AND_APOSTROPHE = re.compile(f"{WORD.pattern}{_APOSTROPHE}?")
_AN_APOSTROPHE = tuple(APOSTROPHES)
_REMEMBERED = 50_000
"""Words of one stemmer whose terms are kept."""


class Token(NamedTuple):
    """One term of a text: where its word stands, its exact form, and (where it says something) its stem and skeleton."""

    start: int
    end: int
    exact: str
    stem: str  # "" for a stop word or an elision
    skeleton: str  # "" where there is none


def tokenise(text: str, language: str) -> Iterator[Token]:
    """Yield the tokens of `text`, a text in `language` ("ar", "fr" or "en"), in order.

    Never raises: what is no word in any script yields nothing.
    """
    known = terms_in(latin.stemming_language(language))
    for match in WORD.finditer(text):
        start, end = match.span()
        for term in known[text[start : end + 1] if text[end : end + 1] in APOSTROPHES else match[0]]:
            yield Token(start, end, *term)


def words_with_terms(text: str, language: str) -> tuple[list[str], list[tuple[Term, ...]]]:
    """Return the words of `text` and, for each, its terms: what `tokenise` finds, without places but faster."""
    words = _WORD_AND_APOSTROPHE.findall(text)
    return words, list(map(terms_in(latin.stemming_language(language)).__getitem__, words))


def columns(analysed: Iterable[Iterable[Term]]) -> tuple[list[str], list[str], list[str]]:
    """Return the exact forms, the stems and the skeletons of words' terms, those that are none ("") too."""
    terms = list(chain.from_iterable(analysed))
    return [term[0] for term in terms], [term[1] for term in terms], [term[2] for term in terms]


def written(word: str, term: str) -> str:
    """Return how to show a term to a reader: the word it was read from, in small letters and without vowel marks."""
    bare = word[:-1] if word.endswith(_AN_APOSTROPHE) else word
    return readable(bare) if normalise(bare) == (term,) else term


def completion_terms(title: str) -> Iterator[str]:
    """Yield the terms that lead to a title as it is typed: its words, and Arabic ones without their article too."""
    for match in WORD.finditer(title):
        for term in normalise(match[0]):
            yield term
            if arabic.is_arabic(term) and (rest := arabic.without_prefix(term)) != term:
                yield rest


class _Terms(dict[str, tuple[Term, ...]]):
    """Word as it is written -> its terms, so that each is looked at once; all are forgotten when they are too many."""

    def __init__(self, stemming: str) -> None:
        super().__init__()
        self._stemming = stemming

    def __missing__(self, word: str) -> tuple[Term, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        elided = word.endswith(_AN_APOSTROPHE)
        found = self[word] = tuple(
            (term, "", "") if elided and term in latin.ELISIONS else (term, *analyse_term(term, self._stemming))
            for term in normalise(word)
        )
        return found


_known = {language: _Terms(language) for language in latin.STEMMED}


def terms_in(stemming: str) -> Mapping[str, tuple[Term, ...]]:
    """Return the terms of every word as it is written, an apostrophe after it included; `stemming` takes the Latin ones."""
    return _known[stemming]


@lru_cache(maxsize=8_192)
def analyse_term(term: str, stemming: str) -> tuple[str, str]:
    """Return (stem, skeleton) of a normalised term, both "" for a stop word; `stemming` takes the Latin ones."""
    if arabic.is_arabic(term):
        if term in stopwords.ARABIC:
            return "", ""
        stem = arabic.light10(term)
        return stem, arabic.skeleton(stem)
    if term in stopwords.LATIN[stemming]:
        return "", ""
    return latin.stem(term, stemming), ""
