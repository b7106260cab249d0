"""The organisations that a search field suggests."""

from collections.abc import Iterator, Mapping
from itertools import islice

from django.urls import reverse

from portal.people.models import Organisation
from search.completion import Suggestion, matches, register_completions, words_of
from search.engines import EngineUnavailableError, get_engine
from search.query import SearchQuery


def organisations(text: str, language: str, limit: int) -> Iterator[Suggestion]:
    """Yield organisations whose name goes on from `text`: as searches for what they carried, else for their name."""
    words = words_of(text, language)
    rows = Organisation.objects.iterator() if words else ()
    found = list(islice((row for row in rows if matches(words, row.name_in(language), language)), limit))
    carried = _carried(language) if found else {}
    for row in found:
        name = row.name_in(language)
        query = SearchQuery(filters={"organisation": (row.slug,)}) if row.slug in carried else SearchQuery(name)
        yield Suggestion(name, f"{reverse('search')}{query.query_string()}", str(row.get_kind_display()), language)


def _carried(language: str) -> Mapping[str, int]:
    """Return how much public there is of each organisation, by slug; nothing where no index answers."""
    try:
        return get_engine().search(SearchQuery(language=language, page_size=1)).counts.get("organisation", {})
    except EngineUnavailableError:
        return {}


def register() -> None:
    """Offer organisations to search."""
    register_completions("organisations", organisations)
