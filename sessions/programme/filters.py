"""What a reader asks of the programme in the address: view, zone, filters; what is unknown is left out and said."""

from __future__ import annotations

import zoneinfo
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.http import QueryDict
from django.utils.translation import gettext

from portal.base.text import clean_text
from sessions.programme.entries import Entry

FILTERS = ("day", "theme", "kind", "language", "speaker", "room", "recording")
VIEWS = ("list", "grid")
PARAMETERS = ("view", "at", "zone", *FILTERS)
SHOWN_OF_UNKNOWN = 40
"""Letters of an unknown value that are told back."""
MOST_UNKNOWN = 5


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter and how many sessions of the whole programme have it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with the values that exist."""

    name: str
    label: str
    options: Sequence[Option]

    @property
    def chosen(self) -> frozenset[str]:
        """The values that were chosen."""
        return frozenset(option.value for option in self.options if option.chosen)

    @property
    def texts(self) -> list[dict[str, str]]:
        """The options as `Pen` draws them."""
        return [
            {
                "name": self.name,
                "value": escape(option.value),
                "label": escape(option.label),
                "count": str(option.count),
                "chosen": "checked" if option.chosen else "",
            }
            for option in self.options
        ]


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Return the names of all time zones (IANA); reading them from disk is not for every request."""
    return frozenset(zoneinfo.available_timezones())


class Asked:
    """The question of an address, and what of it is unknown (`unknown`, shortened)."""

    def __init__(self, data: QueryDict, labels: Mapping[str, str]) -> None:
        self.data, self.labels = data, labels
        self.unknown: list[str] = []
        self.view = self._one("view", VIEWS) or "list"
        self.zone_name = self._one("zone", known_zones())

    @property
    def zone(self) -> zoneinfo.ZoneInfo | None:
        """The reader's own time zone, where one was asked for."""
        return zoneinfo.ZoneInfo(self.zone_name) if self.zone_name else None

    def filters(self, entries: Sequence[Entry], universe: Mapping[str, Mapping[str, str]]) -> list[Filter]:
        """Return the filters that can tell sessions apart.

        `universe` has, for each, the values in their order with their labels.
        """
        found = []
        for name in FILTERS:
            counts = Counter(value for entry in entries for value in entry.values[name])
            asked = set(filter(None, self.data.getlist(name)))
            self.unknown += [self._shown(value) for value in sorted(asked - counts.keys())]
            options = [
                Option(value, label, counts[value], value in asked) for value, label in universe[name].items() if counts[value]
            ]
            if len(options) > 1 or (options and (asked or options[0].count < len(entries))):
                found.append(Filter(name, self.labels[name], options))
        return found

    def link(self, **changes: str | None) -> str:
        """Return the question with `changes`, as a link; None takes a parameter out. What is not ours is not carried on."""
        question = QueryDict(mutable=True)
        for name in PARAMETERS:
            values = [changes[name]] if name in changes else self.data.getlist(name)
            question.setlist(name, [value for value in values if value])
        return f"?{question.urlencode()}"

    def notices(self) -> list[str]:
        """Return what the reader should know of the question."""
        if not self.unknown:
            return []
        words = ", ".join(f"“{value}”" for value in self.unknown[:MOST_UNKNOWN])
        return [gettext("The programme does not know this, and left it out: %(words)s") % {"words": words}]

    def _one(self, name: str, known: Sequence[str] | frozenset[str]) -> str:
        value = self.data.get(name, "")
        if not value or value in known:
            return value
        self.unknown.append(self._shown(value))
        return ""

    @staticmethod
    def _shown(value: str) -> str:
        return clean_text(value[:SHOWN_OF_UNKNOWN])


def kept(entries: Sequence[Entry], filters: Sequence[Filter]) -> list[Entry]:
    """Return the sessions that have one of the chosen values in every filter that is used."""
    used = [(one.name, one.chosen) for one in filters if one.chosen]
    return [entry for entry in entries if all(not chosen.isdisjoint(entry.values[name]) for name, chosen in used)]
