"""What can be followed and where its news come from.

A registry: participation imports neither practices nor sessions, they say here what of theirs is followed and what is new.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.participation.enums import FollowKind, Happening
from search.pages import Link

Target = tuple[str, str]
"""What is followed: a `FollowKind` and its key (see `Follow`)."""


@dataclass(frozen=True, slots=True, eq=False)
class News:
    """Something new, told to whoever follows one of `about`. `at` is aware; `links` is language -> title and address."""

    happening: Happening
    at: datetime.datetime
    subject: str
    links: Mapping[str, Link]
    about: tuple[Target, ...]
    detail: Any = ""
    """What more there is to say, in the active language (a lazy string)."""
    illustrative: bool = False
    author: int | None = None
    """Whoever did it is not told."""


Names = Callable[[Collection[str], str], Mapping[str, Link]]
"""(keys, language) -> key -> what it is called there; a key of nothing that is public is left out. Constant queries."""

Gather = Callable[[datetime.datetime, datetime.datetime], Iterable[News]]
"""(since, until) -> what became public after the one and not after the other. Constant queries, however much there is."""

_names: dict[str, Names] = {}
_sources: dict[str, Gather] = {}


def register_kind(kind: FollowKind, names: Names) -> None:
    """Say how things of a kind are called (call it in `AppConfig.ready`)."""
    _names[kind.value] = names


def register_news(name: str, gather: Gather) -> None:
    """Add a source of news; the same name again replaces it."""
    _sources[name] = gather


def named(kind: str, keys: Collection[str], language: str) -> Mapping[str, Link]:
    """Return key -> what a thing of `kind` is called in `language`; of what does not exist, or is not public, nothing."""
    return _names[kind](keys, language) if kind in _names and keys else {}


def news_between(since: datetime.datetime, until: datetime.datetime) -> Iterator[News]:
    """Yield what became public after `since` and not after `until`, in no order."""
    for gather in _sources.values():
        yield from gather(since, until)
