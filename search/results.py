"""What a search answers: everything a page, a fragment or JSON needs, with nothing left to ask."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext

from search.query import SORTS, SearchQuery

DEFAULT_CARD = "search/_hit.html"


@dataclass(frozen=True, slots=True)
class Moment:
    """A second of a recording where what was asked is said."""

    start: float
    text: SafeString
    url: str

    @property
    def clock(self) -> str:
        """The second as a clock shows it: 1:02:03, or 2:03 in the first hour."""
        minutes, seconds = divmod(int(self.start), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@dataclass(frozen=True, slots=True)
class Hit:
    """One subject found, in the language it is shown in; `snippet` and `title_html` are escaped, with `<mark>`."""

    key: str
    type: str
    language: str
    title: str
    url: str
    snippet: SafeString
    score: float
    object: Any
    moments: tuple[Moment, ...] = ()
    title_html: SafeString = field(default_factory=SafeString)
    type_label: str = ""
    card_template: str = DEFAULT_CARD
    published_at: datetime.datetime | None = None

    @property
    def direction(self) -> str:
        """The direction of the hit's text: "rtl" or "ltr"."""
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"

    @property
    def language_name(self) -> str:
        """The hit's language, named in the reader's."""
        return str(get_language_info(self.language)["name_translated"])


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet; `toggled` makes the query with it added, or removed when selected: the API needs none.

    `children` are values of the facet `inner` that lie within it: the provinces of a region.
    """

    value: str
    label: str
    count: int
    selected: bool
    toggled: Callable[[], SearchQuery]
    inner: str = ""
    children: tuple["FacetValue", ...] = ()

    @property
    def link(self) -> str:
        """The query string that adds the value, or removes it when selected."""
        return self.toggled().query_string()


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with the values that occur, or are selected, in display order; of a long one those that occur most.

    `more` values are left out; `all_link` is the query string that shows them too, `fewer_link` the one that hides them again
    ("" is the empty query).
    """

    name: str
    label: str
    values: tuple[FacetValue, ...]
    more: int = 0
    all_link: str | None = None
    fewer_link: str | None = None

    @property
    def number(self) -> int:
        """How many values there are, those that are left out too."""
        return len(self.values) + self.more


@dataclass(frozen=True, slots=True)
class Link:
    """A named query string of this search."""

    label: str
    link: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer to a query. `available` is false where no index could answer; `corrected` is the text searched instead.
    `promoted` are the hits that facilitators show first: they are not counted, and not among `hits`.
    `relaxed` is true where no document holds the phrases of a question, and those with their words are shown.
    """

    query: SearchQuery
    total: int = 0
    took_ms: int = 0
    corrected: str = ""
    facets: tuple[Facet, ...] = ()
    hits: tuple[Hit, ...] = ()
    promoted: tuple[Hit, ...] = ()
    page: int = 1
    page_count: int = 1
    available: bool = True
    relaxed: bool = False
    notices: tuple[str, ...] = ()

    @property
    def first_number(self) -> int:
        """The place of the page's first hit among all, from 1."""
        return (self.page - 1) * self.query.page_size + 1

    @property
    def previous_link(self) -> str | None:
        """The query string of the page before, None on the first ("" is the empty query)."""
        return self.query.on_page(self.page - 1).query_string() if self.page > 1 else None

    @property
    def next_link(self) -> str | None:
        """The query string of the page after, None on the last."""
        return self.query.on_page(self.page + 1).query_string() if self.page < self.page_count else None

    @property
    def chips(self) -> Iterator[Link]:
        """The reader's filters, each with the query string that removes it."""
        for facet in self.facets:
            for value in facet.values:
                yield from (Link(f"{facet.label}: {one.label}", one.link) for one in (value, *value.children) if one.selected)

    @property
    def feed_link(self) -> str:
        """The query string of this search as a feed, the page's own filters included."""
        fixed = replace(self.query, filters={**self.query.filters, **self.query.fixed}, fixed={}, expanded=())
        return fixed.sorted_by("relevance").query_string()

    @property
    def exact_link(self) -> str:
        """The query string that searches the words as they were written."""
        return self.query.exactly().query_string()

    @property
    def clear_link(self) -> str:
        """The query string without any filter."""
        return self.query.cleared().query_string()

    @property
    def sort_links(self) -> tuple[Link, ...]:
        """The orders to choose from; relevance needs a text."""
        names = {"relevance": gettext("Relevance"), "date": gettext("Newest first"), "discussion": gettext("Most discussed")}
        offered = SORTS if self.query.text else SORTS[1:]
        return tuple(Link(names[sort], self.query.sorted_by(sort).query_string(), sort == self.query.order) for sort in offered)
