"""How organisations are named in search facets."""

from collections.abc import Mapping
from functools import lru_cache

from portal.people.models import Organisation
from search.analysis import tokenise
from search.documents import register_facet


def organisation_labels(language: str) -> Mapping[str, str]:
    """Return the names of all organisations by slug, in alphabetical order."""
    names = ((row.slug, row.name_in(language)) for row in Organisation.objects.iterator())
    return dict(sorted(names, key=lambda row: (_place(row[1], language), row[0])))


@lru_cache(maxsize=4_096)
def _place(name: str, language: str) -> tuple[str, ...]:
    """Return what a name is sorted by: its words without case, accents and vowel marks."""
    return tuple(token.exact for token in tokenise(name, language))


def register_facets() -> None:
    """Tell search how organisations are called."""
    register_facet("organisation", organisation_labels)
