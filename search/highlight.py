"""Snippets: the part of a text that answers, with the reader's words marked, whatever their vowels and endings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import QueryTerms, Token, tokenise
from search.analysis.characters import WORD
from search.analysis.latin import stemming_language
from search.analysis.tokens import Term, terms_in
from search.documents import Variant

SNIPPET_TOKENS = 36
_LEAD = 8
"""Tokens shown before the first marked one."""
_MAX_TEXT = 60_000
"""Characters of a text that are looked through: enough for an hour of speech."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """A text with, for each of its words, the number of the question's term that it answers (-1: none)."""

    text: str
    answers: Sequence[int]
    places: Sequence[tuple[int, int]] | None = None
    """Where the words are, if that is known already."""

    def between(self, first: int, last: int) -> Sequence[tuple[int, int]]:
        """Return the places of the words from `first` to before `last`: only those that are shown are looked for."""
        if self.places is not None:
            return self.places[first:last]
        return [word.span() for word in islice(WORD.finditer(self.text), first, last)]


class Highlighter:
    """Marks the terms of one question."""

    def __init__(self, terms: QueryTerms) -> None:
        self._stems: dict[str, int] = {}
        self._skeletons: dict[str, int] = {}
        self._exact: dict[str, int] = {}
        for number, word in enumerate(terms.words):
            self._stems.update(dict.fromkeys(word.stems, number))
            self._skeletons.update(dict.fromkeys(word.skeletons, number))
            if not word.stems:
                self._exact[word.exact] = number
        self._phrases = [(len(terms.words) + number, phrase) for number, phrase in enumerate(terms.phrases)]
        self._terms = len(terms.words) + len(terms.phrases)
        self._alternatives: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for number, alternative in enumerate(terms.alternatives, self._terms):
            if len(alternative.stems) == 1:
                self._stems.setdefault(alternative.stems[0], number)
            else:
                self._alternatives.setdefault(alternative.stems[0], []).append((number, alternative.stems))
        self._known: dict[str, dict[str, int]] = {}
        """Language -> word as it is written -> what it answers: each word is looked at once, for texts repeat their words."""
        self._idle = not self._terms

    def title(self, variant: Variant) -> SafeString:
        """Return the whole title of a text, escaped and marked."""
        if self._idle:
            return escape(variant.title)
        passage = self._passage(variant.title, variant.language)
        return _marked(passage, 0, len(passage.answers))

    def snippet(self, variant: Variant) -> SafeString:
        """Return the passage of summary or body that holds most of the terms, escaped and marked; else the beginning."""
        if self._idle and variant.summary:
            return escape(variant.summary)
        best, first, score = None, 0, -1
        for text in (variant.summary, variant.body):
            if text.strip():
                passage = self._passage(text[:_MAX_TEXT], variant.language)
                start, found = _best_window(passage.answers)
                if found > score:
                    best, first, score = passage, start, found
            if score >= self._terms:
                break
        return _marked(best, first, first + SNIPPET_TOKENS) if best else SafeString("")

    def answer(self, text: str, language: str) -> tuple[int, SafeString]:
        """Return how many of the terms a short text answers, and the whole of it, escaped and marked."""
        passage = self._passage(text, language)
        found = len({answer for answer in passage.answers if answer >= 0})
        return found, _marked(passage, 0, len(passage.answers))

    def _passage(self, text: str, language: str) -> _Passage:
        if not self._phrases:
            return self._passage_of_words(text, language)
        tokens = list(tokenise(text, language))
        answers = [self._answer((token.exact, token.stem, token.skeleton)) for token in tokens]
        for number, phrase in self._phrases:
            _mark_phrase(tokens, answers, phrase, number)
        self._mark_alternatives([token.stem for token in tokens], answers)
        return _Passage(text, answers, [(token.start, token.end) for token in tokens])

    def _passage_of_words(self, text: str, language: str) -> _Passage:
        """Return a passage whose words answer one by one: faster than their tokens."""
        terms = terms_in(stemming_language(language))
        known = self._known.setdefault(language, {})
        words = WORD.findall(text)
        new = set(words).difference(known)
        known.update(dict.fromkeys(new, -1))
        for word in new:
            for exact, stem, skeleton in terms[word]:
                if stem in self._stems or skeleton in self._skeletons or exact in self._exact:
                    known[word] = max(known[word], self._answer((exact, stem, skeleton)))
        answers = list(map(known.__getitem__, words))
        if self._alternatives:
            self._mark_alternatives([found[-1][1] if found else "" for found in map(terms.__getitem__, words)], answers)
        return _Passage(text, answers)

    def _mark_alternatives(self, stems: Sequence[str], answers: list[int]) -> None:
        """Mark expressions of the glossary: stems that follow each other, whatever stop words stand between."""
        if self._alternatives.keys().isdisjoint(stems):
            return
        places = [place for place, stem in enumerate(stems) if stem]
        for first, start in enumerate(places):
            for number, wanted in self._alternatives.get(stems[start], ()):
                run = places[first : first + len(wanted)]
                if tuple(stems[place] for place in run) == wanted:
                    for place in run:
                        answers[place] = number

    def _answer(self, term: Term) -> int:
        exact, stem, skeleton = term
        if stem in self._stems:
            return self._stems[stem]
        if exact in self._exact:
            return self._exact[exact]
        return self._skeletons.get(skeleton, -1)


def _mark_phrase(tokens: Sequence[Token], answers: list[int], phrase: Sequence[str], number: int) -> None:
    exact = [token.exact for token in tokens]
    for start in range(len(exact) - len(phrase) + 1):
        if exact[start] == phrase[0] and exact[start : start + len(phrase)] == list(phrase):
            answers[start : start + len(phrase)] = [number] * len(phrase)


def _best_window(answers: Sequence[int]) -> tuple[int, int]:
    """Return (first token, number of distinct terms) of the window with most terms, the earliest of equals."""
    start, best = 0, 0
    places = [place for place, answer in enumerate(answers) if answer >= 0]
    for place in places:
        found = len({answer for answer in answers[place : place + SNIPPET_TOKENS - _LEAD] if answer >= 0})
        if found > best:
            start, best = max(0, place - _LEAD), found
    return start, best


def _marked(passage: _Passage, first: int, last: int) -> SafeString:
    """Return the words from `first` to before `last` with the text between them, escaped, answers in `<mark>`."""
    places = passage.between(first, last)
    if not places:
        return escape(passage.text[:200])
    begin = places[0][0] if first else 0
    end = places[-1][1] if last < len(passage.answers) else len(passage.text)
    inner = "".join(_pieces(passage.text, begin, end, _spans(places, passage.answers[first:last])))
    before, after = "… " if begin else "", " …" if end < len(passage.text) else ""
    return mark_safe(f"{before}{inner}{after}")


def _spans(places: Sequence[tuple[int, int]], answers: Sequence[int]) -> list[tuple[int, int]]:
    """Return where the marked words stand; the terms of one word share its place."""
    return list(dict.fromkeys(place for place, answer in zip(places, answers, strict=True) if answer >= 0))


def _pieces(text: str, begin: int, end: int, spans: Iterable[tuple[int, int]]) -> Iterable[str]:
    for start, stop in spans:
        yield escape(text[begin:start])
        yield f"<mark>{escape(text[start:stop])}</mark>"
        begin = stop
    yield escape(text[begin:end])
