"""Which practice inspired which: the chain from one town to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from good_practices import lookup
from good_practices.models import PracticePage
from portal.base.memory import remembered

MOST = 30
"""Practices of a chain that a page shows in each direction."""


@dataclass(frozen=True, slots=True)
class Link:
    """A practice of a chain, and how many steps it is away from the one that is read."""

    practice: PracticePage
    steps: int


@dataclass(frozen=True, slots=True)
class Chain:
    """What came before a practice, the nearest first, and what it inspired, each after the one that inspired it."""

    before: tuple[Link, ...] = ()
    after: tuple[Link, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.before or self.after)


def chain_of(key: UUID, language: str) -> Chain:
    """Return the public chain of the practice `key` for a reader of `language`; four queries at most, one where there is none."""
    parents = remembered("inspirations", _public_links)
    before = ancestors(key, parents)[:MOST]
    after = _descendants(key, parents)[:MOST]
    pages = lookup.cards([*before, *(one for one, _steps in after)], language)
    return Chain(
        tuple(Link(pages[one], steps) for steps, one in enumerate(before, start=1) if one in pages),
        tuple(Link(pages[one], steps) for one, steps in after if one in pages),
    )


def ancestors(key: UUID, parents: Mapping[UUID, UUID]) -> list[UUID]:
    """Return what inspired `key`, what inspired that, and so on; a circle, which nothing makes, is walked once."""
    line: list[UUID] = []
    parent = parents.get(key)
    while parent is not None and parent not in line and parent != key:
        line.append(parent)
        parent = parents.get(parent)
    return line


def all_links() -> dict[UUID, UUID]:
    """Return practice -> what inspired it, drafts too."""
    return _links(PracticePage.objects.all())


def _public_links() -> dict[UUID, UUID]:
    return _links(PracticePage.objects.published())


def _links(pages: QuerySet[PracticePage]) -> dict[UUID, UUID]:
    inspired = pages.filter(inspired_by_key__gt=UUID(int=0)).order_by()  # a range: SQLite walks its index, as for no NOT NULL
    pairs = inspired.values_list("translation_key", "inspired_by_key").distinct()
    return {child: parent for child, parent in pairs if parent}


def _descendants(key: UUID, parents: Mapping[UUID, UUID]) -> list[tuple[UUID, int]]:
    """Return what `key` inspired with the number of steps to it, each before what it inspired itself."""
    children: dict[UUID, list[UUID]] = defaultdict(list)
    for child, parent in parents.items():
        children[parent].append(child)
    found: dict[UUID, int] = {}
    waiting = [(child, 1) for child in sorted(children[key], reverse=True)]
    while waiting:
        one, steps = waiting.pop()
        if one == key or one in found:
            continue
        found[one] = steps
        waiting += [(child, steps + 1) for child in sorted(children[one], reverse=True)]
    return list(found.items())
