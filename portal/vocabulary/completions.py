"""The places that a search field suggests."""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from portal.vocabulary.enums import Level
from portal.vocabulary.models import Territory
from search.completion import Suggestion, begins, register_completions, starts_of, words_of

Place = tuple[frozenset[str], str, str, str]


def places(text: str, language: str, limit: int) -> Iterator[Suggestion]:
    """Yield provinces, prefectures and communes whose name goes on from `text`, as searches for their name."""
    words = words_of(text, language)
    found = (place for place in _places(language, Territory.objects.count()) if words and begins(words, place[0]))
    for (_starts, name, level, _code), _number in zip(found, range(limit), strict=False):
        yield Suggestion(name, f"{reverse('search')}?{urlencode({'q': name})}", str(Level(level).label), language)


@lru_cache(maxsize=6)
def _places(language: str, _number: int) -> tuple[Place, ...]:
    """Return every place but regions (a facet of their own), the larger first; read again when their number changes."""
    order = {Level.PREFECTURE: 0, Level.PROVINCE: 0, Level.COMMUNE: 1}
    rows = Territory.objects.exclude(level=Level.REGION).order_by("code")
    places = [(starts_of(row.name_in(language), language), row.name_in(language), row.level, row.code) for row in rows]
    return tuple(sorted(places, key=lambda place: (order.get(Level(place[2]), 2), place[3])))


def register() -> None:
    """Offer places to search."""
    register_completions("places", places)
