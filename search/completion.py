"""What a reader may be about to write: titles, and whatever else apps offer."""

import contextlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import get_language_info

from search.analysis import tokenise
from search.documents import language_of, source_for, url_of
from search.engines import Completion, EngineUnavailableError, get_engine
from search.labels import facet_label, value_labels
from search.query import MAX_TEXT, SearchQuery

logger = logging.getLogger(__name__)

MIN_LETTERS = 2
LIMIT = 8
LIMIT_EACH = 3
"""Suggestions of one source beside titles."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to go to: its words and their language, what it is (in the reader's language), and its address."""

    text: str
    url: str
    label: str = ""
    language: str = ""

    @property
    def direction(self) -> str:
        """The direction of the text: "rtl", "ltr" or, for a language that is not said, "auto"."""
        if not self.language:
            return "auto"
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"


CompletionSource = Callable[[str, str, int], Iterable[Suggestion]]
"""(text, language, limit) -> suggestions; `matches` and `words_of` say what goes on from a text."""

_sources: dict[str, CompletionSource] = {}


def register_completions(name: str, source: CompletionSource) -> None:
    """Offer more than titles and facets' values (call it in `AppConfig.ready`); the same name again replaces."""
    _sources[name] = source


def words_of(text: str, language: str) -> tuple[str, ...]:
    """Return the normalised words of what was typed; none before its second letter."""
    words = tuple(token.exact for token in tokenise(text[:MAX_TEXT], language))
    return words if sum(map(len, words)) >= MIN_LETTERS else ()


def matches(words: Iterable[str], label: str, language: str) -> bool:
    """Tell whether each of `words` (from `words_of`) begins a word of `label`."""
    return begins(words, starts_of(label, language))


def starts_of(label: str, language: str) -> frozenset[str]:
    """Return what a label can begin with for a reader: its normalised words, Arabic ones without their article too."""
    there = [token.exact for token in tokenise(label, language)]
    return frozenset([*there, *(word[2:] for word in there if word.startswith("ال"))])


def begins(words: Iterable[str], starts: Iterable[str]) -> bool:
    """Tell whether each of `words` begins one of `starts` (from `starts_of`)."""
    return all(any(start.startswith(word) for start in starts) for word in words)


def suggest(text: str, language: str, search_url: str, limit: int = LIMIT) -> tuple[Suggestion, ...]:
    """Return what may go on from `text`: pages that are public now, then values of facets, then what apps registered.

    Never raises for a source's sake: what fails is logged, and the others answer.
    """
    words = words_of(text, language)
    if not words:
        return ()
    others = _distinct([*_values(words, language, search_url), *_registered(text, language)])
    titles = _distinct(_titles(text, language, limit))
    return tuple(_distinct([*titles[: max(limit - len(others), limit // 2)], *others])[:limit])


def _distinct(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Return suggestions without a second one of the same address."""
    found: dict[str, Suggestion] = {}
    for suggestion in suggestions:
        found.setdefault(suggestion.url, suggestion)
    return list(found.values())


def _titles(text: str, language: str, limit: int) -> list[Suggestion]:
    try:
        found = get_engine().complete(text, language, limit)
    except EngineUnavailableError as error:
        logger.error("Titles cannot be completed: %s", error)
        return []
    return list(_public(found, language))


def _public(found: Iterable[Completion], language: str) -> Iterator[Suggestion]:
    """Yield completions as they are read from their sources now: a late index never shows what was withdrawn."""
    found = tuple(found)
    labels = value_labels("type", language) or {}
    objects: dict[tuple[str, str], Mapping[str, Any]] = {}
    for type_, spoken in {(one.type, one.language) for one in found}:
        with contextlib.suppress(KeyError):  # a type that nobody registers any more
            source = source_for(type_)
            keys = [one.key for one in found if (one.type, one.language) == (type_, spoken)]
            objects[type_, spoken] = source.links(keys, spoken)
    for one in found:
        page = objects.get((one.type, one.language), {}).get(one.key)
        if page is not None and language_of(page) == one.language:  # else the title that goes on from the text was withdrawn
            yield Suggestion(str(page.title), url_of(page), str(labels.get(one.type, one.type)), one.language)


def _values(words: Iterable[str], language: str, search_url: str) -> Iterator[Suggestion]:
    """Yield themes, regions and the like, as searches for all that has them."""
    for name in ("theme", "axis", "instrument", "region", "province"):
        values = value_labels(name, language) or {}
        fitting = ((value, str(label)) for value, label in values.items() if matches(words, str(label), language))
        for value, label in islice(fitting, LIMIT_EACH):
            query = SearchQuery(language=language, filters={name: (value,)})
            yield Suggestion(label, f"{search_url}{query.query_string()}", facet_label(name), language)


def _registered(text: str, language: str) -> Iterator[Suggestion]:
    for name, source in _sources.items():
        try:
            yield from islice(source(text, language, LIMIT_EACH), LIMIT_EACH)
        except Exception:
            logger.exception("The completions of %s failed", name)
