"""From a text to its tokens, with the place of each in the original."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from search.analysis import arabic, latin, stopwords
from search.analysis.characters import APOSTROPHES, WORD, normalise


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
    stemming = latin.stemming_language(language)
    for match in WORD.finditer(text):
        start, end = match.span()
        before_apostrophe = text[end : end + 1] in APOSTROPHES if end < len(text) else False
        for term in normalise(match[0]):
            stem, skeleton = ("", "") if before_apostrophe and term in latin.ELISIONS else analyse_term(term, stemming)
            yield Token(start, end, term, stem, skeleton)


@lru_cache(maxsize=65_536)
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
