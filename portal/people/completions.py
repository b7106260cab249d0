"""The organisations that a search field suggests."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

from django.urls import reverse

from portal.people.models import Organisation
from search.completion import Suggestion, matches, register_completions, words_of


def organisations(text: str, language: str, limit: int) -> Iterator[Suggestion]:
    """Yield organisations whose name goes on from `text`, as searches for their name."""
    words = words_of(text, language)
    rows = Organisation.objects.iterator() if words else ()
    for row in islice((row for row in rows if matches(words, row.name_in(language), language)), limit):
        name = row.name_in(language)
        yield Suggestion(name, f"{reverse('search')}?{urlencode({'q': name})}", str(row.get_kind_display()), language)


def register() -> None:
    """Offer organisations to search."""
    register_completions("organisations", organisations)
