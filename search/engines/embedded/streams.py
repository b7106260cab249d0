"""From a document to what the index keeps of its words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from search.analysis import columns, completion_terms, words_with_terms
from search.cleaning import clean
from search.documents import Document, Variant
from search.engines.embedded.postings import SKELETON, UNIT
from search.engines.embedded.schema import LANGUAGES, SEPARATOR

TITLE_WEIGHT = 2.0
"""What a word in a title counts, a word of the text being one."""


@dataclass(frozen=True, slots=True)
class Streams:
    """The words of a document, those of all its languages together."""

    exact: str
    """Every word in its exact form, in order."""
    stems: str
    """Every stem, in order."""
    frequencies: Mapping[str, int]
    """Stem (or marked skeleton) -> how often, in units of `postings.UNIT`."""
    forms: Mapping[str, str]
    """Exact form -> the word as it is written."""
    titles: tuple[str, ...]
    """For each text the words that complete to its title."""
    length: int
    """Number of stems."""


EMPTY = Streams("", "", {}, {}, (), 0)


def cleaned(document: Document) -> Document:
    """Return a document that can be stored: what is analysed is what is kept."""
    return replace(document, variants=tuple(_cleaned(variant) for variant in document.variants[:LANGUAGES]))


def _cleaned(variant: Variant) -> Variant:
    cues = tuple(replace(cue, text=clean(cue.text), url=clean(cue.url)) for cue in variant.cues)
    return replace(variant, title=clean(variant.title), summary=clean(variant.summary), body=clean(variant.body), cues=cues)


class _Collector:
    def __init__(self) -> None:
        self.exact: list[str] = []
        self.stems: list[str] = []
        self.forms: dict[str, str] = {}

    def add(self, text: str, language: str, weighed: list[str], skeletons: list[str]) -> None:
        """Read one field; its stems and skeletons go to the given lists, too."""
        words, analysed = words_with_terms(text, language)
        exact, stems, found = columns(analysed)
        self.exact += exact
        self.exact.append(SEPARATOR)
        weighed += filter(None, stems)
        self.stems += filter(None, stems)
        self.stems.append(SEPARATOR)
        skeletons += filter(None, found)
        if len(exact) == len(words) and all(analysed):
            self.forms.update(zip(exact, words, strict=True))
        else:
            self.forms.update((term[0], word) for word, terms in zip(words, analysed, strict=True) for term in terms)


def analyse(variants: Iterable[Variant]) -> Streams:
    """Return the streams of a document's texts."""
    collector, titles = _Collector(), []
    in_titles: tuple[list[str], list[str]] = ([], [])
    in_texts: tuple[list[str], list[str]] = ([], [])
    for variant in variants:
        for target, field in _fields(variant, in_titles, in_texts):
            collector.add(field, variant.language, *target)
        titles.append(" ".join(completion_terms(variant.title)))
    return Streams(
        " ".join(collector.exact),
        " ".join(collector.stems),
        _frequencies(in_titles, in_texts),
        collector.forms,
        tuple(titles),
        len(in_titles[0]) + len(in_texts[0]),
    )


def _fields(
    variant: Variant, in_titles: tuple[list[str], list[str]], in_texts: tuple[list[str], list[str]]
) -> Iterable[tuple[tuple[list[str], list[str]], str]]:
    yield in_titles, variant.title
    if variant.summary:
        yield in_texts, variant.summary
    if variant.body:
        yield in_texts, variant.body
    if variant.cues:
        yield in_texts, variant.speech


def _frequencies(in_titles: tuple[list[str], list[str]], in_texts: tuple[list[str], list[str]]) -> dict[str, int]:
    found = {stem: number * UNIT for stem, number in Counter(in_texts[0]).items()}
    found.update({SKELETON + skeleton: number * UNIT for skeleton, number in Counter(in_texts[1]).items()})
    unit = round(UNIT * TITLE_WEIGHT)
    for term in (*in_titles[0], *(SKELETON + skeleton for skeleton in in_titles[1])):
        found[term] = found.get(term, 0) + unit
    return found
