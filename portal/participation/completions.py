"""The tags that a search field suggests: those that are seen somewhere."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

from django.urls import reverse

from portal.participation.models import Tagging
from search.completion import Suggestion, matches, register_completions, words_of
from search.labels import facet_label


def tags(text: str, language: str, limit: int) -> Iterator[Suggestion]:
    """Yield visible tags that go on from `text`, as searches for all that has them."""
    words = words_of(text, language)
    rows = Tagging.objects.visible().order_by("tag__name").values_list("tag__name", "tag__slug").distinct() if words else ()
    for name, slug in islice((row for row in rows if matches(words, row[0], language)), limit):
        yield Suggestion(name, f"{reverse('search')}?{urlencode({'tag': slug})}", facet_label("tag"))


def register() -> None:
    """Offer tags to search."""
    register_completions("tags", tags)
