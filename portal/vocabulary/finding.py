"""Finding a place by what somebody types of its name, whatever the spelling and the script."""

from __future__ import annotations

from functools import lru_cache

from portal.base.languages import language_codes
from portal.vocabulary.enums import Level
from portal.vocabulary.models import Territory
from search.completion import begins, starts_of, words_of

_ORDER = {Level.REGION: 2, Level.PREFECTURE: 1, Level.PROVINCE: 1, Level.COMMUNE: 0}


def find_places(text: str, language: str, limit: int = 12) -> list[Territory]:
    """Return the places of which every word of `text` begins a word of the name, in any language: the shortest names first.

    They come with what they are part of, in two queries whatever is found.
    """
    words = words_of(text, language)
    if not words:
        return []
    found = [place for place in _places(Territory.objects.count()) if begins(words, place[0])][:limit]
    known = Territory.objects.for_names().in_bulk([pk for _starts, pk in found])
    return [known[pk] for _starts, pk in found if pk in known]


@lru_cache(maxsize=2)
def _places(_number: int) -> tuple[tuple[frozenset[str], int], ...]:
    """Return what the name of every place can begin with; read again when their number changes."""
    rows = sorted(Territory.objects.all(), key=lambda row: (len(row.name_ar), _ORDER[Level(row.level)], row.code))
    return tuple((frozenset().union(*(starts_of(row.name_in(code), code) for code in language_codes())), row.pk) for row in rows)
