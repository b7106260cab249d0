"""Headers of a file: which column of ours each of them is, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from django.utils.translation import gettext, override

from good_practices.exchange.cells import SHOWN, fold
from good_practices.exchange.columns import by_name, columns, word_fields
from good_practices.exchange.reading import FileError
from portal.base.languages import language_codes

_BETWEEN = re.compile(r"[\s._-]+")
_NAMES = {"ar": ("arabic", "arabe", "العربية", "عربية"), "fr": ("french", "français"), "en": ("english", "anglais")}
LANGUAGES = {fold(name): code for code, names in _NAMES.items() for name in names}
"""Folded name of a language -> its code."""
_LANGUAGE = "language"
_MOST_KEPT = 1000
_MOST_UNKNOWN = 100


def named(header: str) -> str:
    """Return a header as columns are called: `Title FR`, `title-fr` and `TITLE_FR` are one."""
    return _BETWEEN.sub("_", header.strip().lower())


def doubles(names: Mapping[str, str]) -> Iterable[str]:
    """Yield the headers that mean a column which an earlier one means too."""
    seen: set[str] = set()
    for header, name in names.items():
        if name in seen:
            yield header
        seen.add(name)


class Headers:
    """Looks headers up; `unknown` has those met so far that nobody knows."""

    def __init__(self) -> None:
        self.unknown: dict[str, None] = {}
        self._titles = _titles()
        self._found: dict[tuple[str, tuple[str, ...]], Mapping[str, str]] = {}

    def knows(self, header: str) -> bool:
        """Tell whether a header is read."""
        name = named(header)
        return name in by_name() or name in word_fields() or name == _LANGUAGE or fold(header) in self._titles

    def names(self, headers: tuple[str, ...], language: str) -> Mapping[str, str]:
        """Return header -> column; a header of words without a language takes `language`. Raises FileError if none is known."""
        known = (language, headers)
        if known not in self._found:
            if len(self._found) > _MOST_KEPT:
                self._found.clear()
            self._found[known] = self._look_up(headers, language)
        return self._found[known]

    def _look_up(self, headers: Iterable[str], language: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for header in headers:
            name = named(header)
            if name in word_fields() and language:
                name = f"{name}_{language}"
            name = name if name in by_name() else self._titles.get(fold(header), "")
            if name:
                found[header] = name
            elif named(header) != _LANGUAGE and len(self.unknown) < _MOST_UNKNOWN:
                self.unknown[header[:SHOWN]] = None
        if not found:
            raise FileError(gettext("No column of this file is known: take the names from the template."))
        return found


@cache
def _titles() -> dict[str, str]:
    """Return the label of every column, in every language, folded -> its name."""
    found = {}
    for language in language_codes():
        with override(language):
            found.update({fold(column.title): column.name for column in columns()})
    return found
