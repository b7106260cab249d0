"""The trilingual glossary: which other words may stand for those of a question, in its language and in the two others."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from search.analysis import Alternative, tokenise
from search.analysis.arabic import is_arabic
from search.analysis.terms import WordTerms, plain_words
from search.curation import Remembered
from search.models import SynonymSet
from search.query import ParsedText

SHIPPED = Path(__file__).resolve().parent / "data" / "glossary.toml"
MAX_ALTERNATIVES = 32
OTHER_LANGUAGE = 0.5
SAME_LANGUAGE = 0.25
"""A near synonym in the reader's own language: they could have written it, and did not."""

Terms = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Term:
    """One term of a set, as it is looked up: its normalised words that tell something, and their stems."""

    exact: tuple[str, ...]
    stems: tuple[str, ...]
    language: str
    group: int


class Glossary:
    """Sets of terms, looked up by the stem of their first word."""

    def __init__(self, sets: Iterable[Terms]) -> None:
        self._groups: list[tuple[_Term, ...]] = []
        self._by_stem: dict[str, list[_Term]] = {}
        for number, terms in enumerate(sets):
            group = tuple(term for language, texts in terms.items() for text in texts if (term := _term(text, language, number)))
            self._groups.append(group)
            for term in group:
                self._by_stem.setdefault(term.stems[0], []).append(term)
        for found in self._by_stem.values():
            found.sort(key=lambda term: -len(term.stems))

    def alternatives(self, parsed: ParsedText) -> tuple[Alternative, ...]:
        """Return what may stand for the words of a question, the longest expressions first; phrases mean what they say."""
        chosen: dict[tuple[str, ...], float] = {}
        own: set[tuple[str, ...]] = set()
        for _words, matched in self._matches(parsed):
            own.update(term.stems for term in matched)
            spoken = {term.language for term in matched}
            for term in (term for one in matched for term in self._groups[one.group]):
                weight = SAME_LANGUAGE if term.language in spoken else OTHER_LANGUAGE
                chosen[term.stems] = max(weight, chosen.get(term.stems, 0))
        found = (Alternative(stems, weight) for stems, weight in chosen.items() if stems not in own)
        return tuple(found)[:MAX_ALTERNATIVES]

    def known(self, parsed: ParsedText) -> frozenset[str]:
        """Return the normalised words of a question that the glossary knows: they are no typing errors."""
        return frozenset(word.exact for words, _matched in self._matches(parsed) for word in words)

    def _matches(self, parsed: ParsedText) -> Iterator[tuple[Sequence[WordTerms], list[_Term]]]:
        """Yield, from left to right, the words of the longest expression that stands at each place, and the terms it is."""
        words = plain_words(parsed)
        place = 0
        while place < len(words):
            found = [term for stem in words[place].stems for term in self._by_stem.get(stem, ()) if _stands(term, words[place:])]
            longest = max((len(term.stems) for term in found), default=0)
            matched = [term for term in found if len(term.stems) == longest]
            if matched:
                yield words[place : place + longest], matched
            place += max(1, longest)


def _stands(term: _Term, words: Sequence[WordTerms]) -> bool:
    """Tell whether the words begin with a term, word by word."""
    return len(words) >= len(term.stems) and all(
        stem in word.stems and _alike(exact, word.exact) for exact, stem, word in zip(term.exact, term.stems, words, strict=False)
    )


def _alike(one: str, other: str) -> bool:
    """Tell whether two words of one stem are forms of one word: Snowball also joins "publique" and "publication"."""
    if is_arabic(one) or one.startswith(other) or other.startswith(one):
        return True
    shared = max(len(one), len(other)) - 2
    return one[:shared] == other[:shared]


def _term(text: str, language: str, group: int) -> _Term | None:
    tokens = [token for token in tokenise(text, language) if token.stem]
    if not tokens:
        return None
    return _Term(tuple(token.exact for token in tokens), tuple(token.stem for token in tokens), language, group)


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Terms]:
    """Return code -> terms of the sets that come with the portal."""
    with SHIPPED.open("rb") as file:
        return {str(code): terms for code, terms in tomllib.load(file).items()}


def current(token: str) -> Glossary:
    """Return the glossary as of a token of `search.curation`; the shipped one where none was ever loaded."""
    return _remembered.get(token)


def _read(token: str) -> Glossary:
    if not token:
        return Glossary(shipped().values())
    return Glossary([one.terms() for one in SynonymSet.objects.order_by("id")])


_remembered = Remembered(_read)
