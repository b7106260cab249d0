"""What goes with a page: others that share its themes and the like, each with what it shares."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wagtail.models import Page

from portal.base.languages import best_per_key, direction, locale_code
from search.engines import EngineUnavailableError, get_engine
from search.labels import value_labels
from search.query import SearchQuery

logger = logging.getLogger(__name__)

READ = 24
"""Subjects of one value that are compared, the newest first: those that share more values are among several."""
Shared = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Related:
    """A public page that shares something; `shared` are the names of the values, in the reader's language."""

    key: str
    type: str
    type_label: str
    language: str
    title: str
    url: str
    shared: tuple[str, ...]

    @property
    def direction(self) -> str:
        """The direction of the title: "rtl" or "ltr"."""
        return direction(self.language)


def related(
    key: str, facets: Mapping[str, Sequence[str]], *, language: str, types: Sequence[str], limit: int = 3
) -> tuple[Related, ...]:
    """Return public pages of each of `types`, at most `limit` of each, that share values of `facets` with the subject `key`.

    Those that share most come first, then the newest. Four queries at most. Nothing where no index answers: a page stands
    without.
    """
    try:
        shared = {type_: _sharing(key, facets, type_) for type_ in types}
    except EngineUnavailableError as error:
        logger.error("What is related is not known: %s", error)
        return ()
    best = {type_: _best(shared[type_], limit * 2) for type_ in types}  # some may have been withdrawn since
    keys = [other for others in best.values() for other in others]
    if not keys:
        return ()
    public = Page.objects.live().public().filter(translation_key__in=keys)
    pages = best_per_key(public, language)
    names = {name: value_labels(name, language) or {} for name in ("type", *facets)}
    return tuple(
        _related(other, type_, pages[other], shared[type_], names)
        for type_ in types
        for other in [found for found in best[type_] if found in pages][:limit]
    )


def _best(shared: Shared, limit: int) -> list[str]:
    return sorted(shared, key=lambda other: -len(shared[other]))[:limit]


def _related(key: str, type_: str, page: Page, shared: Shared, names: Mapping[str, Mapping[str, str]]) -> Related:
    return Related(
        key=key,
        type=type_,
        type_label=str(names["type"].get(type_, type_)),
        language=locale_code(page.locale_id),
        title=page.title,
        url=page.url or "",
        shared=tuple(names[name].get(value, value) for name, value in shared[key]),
    )


def _sharing(key: str, facets: Mapping[str, Sequence[str]], type_: str) -> Shared:
    """Return other keys, the newest of each value first, with the (facet, value) that each shares."""
    engine = get_engine()
    shared: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, values in facets.items():
        for value in dict.fromkeys(values):
            query = SearchQuery(fixed={"type": (type_,), name: (value,)}, page_size=READ)
            for hit in engine.search(query).hits:
                if hit.key != key:
                    shared[hit.key].append((name, value))
    return shared
