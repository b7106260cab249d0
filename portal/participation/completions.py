"""The tags that a search field suggests: those that everybody sees somewhere."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page

from portal.participation.models import Tagging
from search.completion import Suggestion, matches, register_completions, words_of
from search.labels import facet_label


def tags(text: str, language: str, limit: int) -> Iterator[Suggestion]:
    """Yield visible tags of public pages that go on from `text`, as searches for all that has them."""
    words = words_of(text, language)
    rows = _rows() if words else ()
    for name, slug in islice((row for row in rows if matches(words, row[0], language)), limit):
        yield Suggestion(name, f"{reverse('search')}?{urlencode({'tag': slug})}", facet_label("tag"))


def _rows() -> QuerySet:
    """Return (name, slug) of each tag that a public page bears."""
    public = Page.objects.live().public().order_by().values("translation_key")
    taggings = Tagging.objects.visible().filter(content_object__translation_key__in=public)
    return taggings.order_by("tag__name").values_list("tag__name", "tag__slug").distinct()


def register() -> None:
    """Offer tags to search."""
    register_completions("tags", tags)
