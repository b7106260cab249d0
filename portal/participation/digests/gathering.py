"""All that is new in a period, read once for everybody and found by what it is about."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from portal.base.languages import language_codes
from portal.participation import following, searches
from portal.participation.following import News, Target
from search.domain import drain
from search.pages import Link


@dataclass(slots=True)
class Gathered:
    """The news by what they are about, the newest first, and how that is called in each language."""

    news: Mapping[Target, Sequence[News]]
    names: dict[tuple[Target, str], Link] = field(default_factory=dict)

    def name(self, targets: Iterable[Target]) -> None:
        """Read how `targets` are called, in a query or two for each kind and language; names that are known stay."""
        keys: dict[str, list[str]] = defaultdict(list)
        for kind, key in targets:
            if ((kind, key), language_codes()[0]) not in self.names:
                keys[kind].append(key)
        for kind, wanted in keys.items():
            for language in language_codes():
                for key, link in following.named(kind, wanted, language).items():
                    self.names[(kind, key), language] = link


def gather(since: datetime.datetime, until: datetime.datetime, searched: Collection[str]) -> Gathered:
    """Return what became public after `since` and not after `until`, and what of it some saved searches find."""
    drain()
    found = [*following.news_between(since, until), *searches.news(searched, since, until)]
    index: dict[Target, list[News]] = defaultdict(list)
    for one in sorted(found, key=lambda one: one.at, reverse=True):
        for target in one.about:
            index[str(target[0]), target[1]].append(one)
    return Gathered(dict(index))
