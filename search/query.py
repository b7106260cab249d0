"""What a reader asks: the one value that goes from a form to an engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from search.cleaning import clean

if TYPE_CHECKING:
    from search.analysis import Alternative

FACETS = (
    *("type", "theme", "axis", "instrument", "outcome", "region", "province"),
    *("organisation", "authority", "tag", "language", "year"),
)
"""The facets of a search, in the order in which they are shown."""

SORTS = ("relevance", "date", "discussion")
"""The orders that readers choose from."""
PUBLISHED = "published"
"""The order of feeds: what was published last comes first, whatever its own date."""
MAX_TEXT = 500
"""Characters of a question that are read; the form says so when it cuts."""
MAX_PAGE = 1_000_000
MAX_PAGE_SIZE = 200

_PIECE = re.compile(
    r'(?P<minus>(?<!\S)[-−–](?=\S))?(?:"(?P<plain>[^"]*)"|«(?P<french>[^»]*)»|“(?P<curly>[^”]*)”|(?P<word>[^\s"«»“”]+))'
)
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A question cut into words, `"exact phrases"` and what it excludes with a minus; `alternatives` come from the glossary."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded_words: tuple[str, ...] = ()
    excluded_phrases: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()

    def unquoted(self) -> ParsedText:
        """Return the same question with the words of its phrases as plain words."""
        return replace(self, words=self.words + self.phrases, phrases=())


def parse(text: str) -> ParsedText:
    """Return the parts of `text`. Every string is a valid question: an unpaired quote separates words."""
    words: list[str] = []
    phrases: list[str] = []
    excluded_words: list[str] = []
    excluded_phrases: list[str] = []
    for piece in _PIECE.finditer(_DIRECTION_MARKS.sub("", text)):
        word = piece["word"]
        if word is None:
            phrase = piece["plain"] or piece["french"] or piece["curly"] or ""
            (excluded_phrases if piece["minus"] else phrases).append(phrase)
        else:
            (excluded_words if piece["minus"] else words).append(word)
    return ParsedText(tuple(words), tuple(phrases), tuple(excluded_words), tuple(excluded_phrases))


def rewritten(text: str, rewrite: Callable[[str], str]) -> str:
    """Return `text` with its plain words rewritten; phrases, what is excluded and everything between stay."""
    bare = _DIRECTION_MARKS.sub("", text)
    return _PIECE.sub(lambda piece: rewrite(piece[0]) if piece["word"] and not piece["minus"] else piece[0], bare)


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search: text, the reader's language, filters by facet, order and page. Any values make a valid query.

    `filters` are the reader's choices (several values of a facet: any of them; several facets: all of them). `fixed` are the
    page's own (the library shows practices only): they are no facet to the reader and never part of an address.
    `exact` refuses the speller; `expanded` are the long facets to show whole. `alternatives` is what the glossary adds
    (`search.preparation`), never part of an address.
    """

    text: str = ""
    language: str = "ar"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    page_size: int = 20
    fixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exact: bool = False
    expanded: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()

    def __post_init__(self) -> None:
        filters = {name: _distinct(values) for name, values in self.filters.items() if values and name in FACETS}
        fixed = {name: _distinct(values) for name, values in self.fixed.items() if values}
        object.__setattr__(self, "text", clean(self.text[:MAX_TEXT]).strip())
        object.__setattr__(self, "filters", {name: filters[name] for name in FACETS if name in filters and name not in fixed})
        object.__setattr__(self, "fixed", fixed)
        object.__setattr__(self, "sort", self.sort if self.sort in (*SORTS, PUBLISHED) else "relevance")
        object.__setattr__(self, "page", min(max(self.page, 1), MAX_PAGE))
        expanded = tuple(name for name in FACETS if name in self.expanded and name not in fixed)
        object.__setattr__(self, "expanded", expanded)
        object.__setattr__(self, "page_size", min(max(self.page_size, 1), MAX_PAGE_SIZE))

    @property
    def parsed(self) -> ParsedText:
        """The words, phrases and exclusions of the text, with what the glossary adds."""
        return replace(parse(self.text), alternatives=self.alternatives)

    @property
    def order(self) -> str:
        """The order that applies: without text nothing is more relevant, so the newest comes first."""
        return "date" if self.sort == "relevance" and not self.text else self.sort

    @property
    def display_language(self) -> str:
        """The language to show hits in: the reader's, unless they asked for documents in others only."""
        wanted = self.filters.get("language") or self.fixed.get("language") or (self.language,)
        return self.language if self.language in wanted else wanted[0]

    def chosen(self) -> Iterator[tuple[str, str]]:
        """Yield every (facet, value) that the reader chose."""
        for name, values in self.filters.items():
            for value in values:
                yield name, value

    def toggled(self, name: str, value: str) -> SearchQuery:
        """Return this query, on its first page, with one value of a facet added, or removed if it was there."""
        values = self.filters.get(name, ())
        changed = tuple(other for other in values if other != value) if value in values else (*values, value)
        return replace(self, filters={**self.filters, name: changed}, page=1)

    def cleared(self) -> SearchQuery:
        """Return this query without any filter of the reader."""
        return replace(self, filters={}, page=1)

    def unfolded(self, name: str) -> SearchQuery:
        """Return this query with a long facet shown whole, or shortened again if it was whole."""
        others = tuple(other for other in self.expanded if other != name)
        return replace(self, expanded=others if name in self.expanded else (*others, name))

    def sorted_by(self, sort: str) -> SearchQuery:
        """Return this query in another order, on its first page."""
        return replace(self, sort=sort, page=1)

    def on_page(self, page: int) -> SearchQuery:
        """Return this query on another page."""
        return replace(self, page=page)

    def exactly(self) -> SearchQuery:
        """Return this query, on its first page, for the words as they were written."""
        return replace(self, exact=True, page=1)

    def query_string(self) -> str:
        """Return the address's part that says this query, with its `?`; "" for the empty query."""
        pairs = [("q", self.text)] if self.text else []
        pairs += self.chosen()
        if self.sort != "relevance":
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        if self.exact:
            pairs.append(("exact", "1"))
        pairs += [("all", name) for name in self.expanded]
        return f"?{urlencode(pairs)}" if pairs else ""


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean(value) for value in values))
