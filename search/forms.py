"""From GET parameters to a `SearchQuery`: what cannot be meant is left out, and said."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from search.labels import facet_label, value_labels
from search.query import FACETS, MAX_PAGE, MAX_TEXT, SORTS, SearchQuery

MAX_VALUES = 50
"""Values of one facet that are read."""
_MAX_VALUE = 100
_YEAR = re.compile(r"[0-9]{4}")


class SearchForm:
    """Reads a search from GET parameters (a QueryDict, or any mapping). Never raises; `notices` say what was not read.

    `language` is the reader's. `fixed` are filters of the page itself: the library is
    `SearchForm(request.GET, language="ar", fixed={"type": ("practice",)})`.
    """

    def __init__(self, data: Mapping[str, Any], *, language: str, fixed: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._data = data
        self._language = language
        self._fixed = dict(fixed or {})
        self._notices: list[str] = []
        self.query = self._read()
        self.notices = tuple(dict.fromkeys(self._notices))

    def _read(self) -> SearchQuery:
        return SearchQuery(
            text=self._text(),
            language=self._language,
            filters={name: self._values(name) for name in FACETS if name not in self._fixed},
            sort=self._sort(),
            page=self._page(),
            fixed=self._fixed,
            exact=self._last("exact") == "1",
            expanded=self._expanded(),
        )

    def _text(self) -> str:
        text = self._last("q")
        if len(text) > MAX_TEXT:
            notice = ngettext(
                "Only the first %d character was searched.", "Only the first %d characters were searched.", MAX_TEXT
            )
            self._notices.append(notice % MAX_TEXT)
        return text

    def _values(self, name: str) -> tuple[str, ...]:
        """Return the values of a facet that can be meant: all where any value may occur, else those with a label."""
        given = [value for value in self._all(name) if value]
        if not given:
            return ()
        known = value_labels(name, self._language)
        values = tuple(value for value in given[:MAX_VALUES] if len(value) <= _MAX_VALUE and _possible(name, value, known))
        if len(values) < len(given):
            self._notices.append(
                gettext("A filter was not recognised and was left out: %(facet)s.") % {"facet": facet_label(name)}
            )
        return values

    def _expanded(self) -> tuple[str, ...]:
        given = [name for name in self._all("all") if name]
        if any(name not in FACETS for name in given):
            self._notices.append(gettext("A list to show whole was not recognised and was left out."))
        return tuple(given)

    def _sort(self) -> str:
        sort = self._last("sort")
        if sort and sort not in SORTS:
            self._notices.append(gettext("This order does not exist; the most relevant come first."))
        return sort if sort in SORTS else "relevance"

    def _page(self) -> int:
        given = self._last("page")
        if not given:
            return 1
        if not (given.isascii() and given.isdecimal()) or int(given[:10]) < 1:
            self._notices.append(gettext("This page does not exist; here is the first one."))
            return 1
        return min(int(given[:10]), MAX_PAGE)

    def _all(self, name: str) -> Sequence[str]:
        getlist = getattr(self._data, "getlist", None)
        found = getlist(name) if getlist else self._data.get(name, ())
        return [found] if isinstance(found, str) else [str(value) for value in found]

    def _last(self, name: str) -> str:
        found = self._all(name)
        return found[-1] if found else ""


def _possible(name: str, value: str, known: Mapping[str, str] | None) -> bool:
    if name == "year":
        return _YEAR.fullmatch(value) is not None
    return known is None or value in known
