"""The library as tables: public practices, read in chunks so that memory stays the same whatever their number."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from good_practices.exchange.lists import Lists
from good_practices.exchange.practices import values_of
from good_practices.models import PracticePage
from portal.base.languages import locale_code

CHUNK = 200


def all_keys() -> Iterator[uuid.UUID]:
    """Yield the key of every public practice, in the order in which they were made."""
    seen: set[uuid.UUID] = set()
    rows = PracticePage.objects.published().order_by("pk").values_list("translation_key", flat=True)
    for key in rows.iterator():
        if key not in seen:
            seen.add(key)
            yield key


def practices(keys: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield column -> value of the practices of `keys` that are public, in that order, each in all its public languages."""
    lists, iterator = Lists(), iter(keys)
    while chunk := list(islice(iterator, CHUNK)):
        found: dict[str, dict[str, PracticePage]] = defaultdict(dict)
        pages = PracticePage.objects.published().filter(translation_key__in=chunk).order_by()
        rows = ("themes", "axes", "practice_organisations", "stages__document", "figures", "evidence__document")
        for page in pages.prefetch_related(*rows):
            found[str(page.translation_key)][locale_code(page.locale_id)] = page
        for key in map(str, chunk):
            if key in found:
                yield values_of(found[key], lists)
