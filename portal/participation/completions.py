"""The tags that a search field suggests: those that everybody sees somewhere."""

from collections.abc import Iterator
from itertools import islice

from portal.participation.tags import public_tags
from search.completion import Suggestion, matches, register_completions, words_of
from search.labels import facet_label


def tags(text: str, language: str, limit: int) -> Iterator[Suggestion]:
    """Yield the tags of public pages that go on from `text`, those used most first."""
    words = words_of(text, language)
    rows = public_tags().order_by("-uses", "name") if words else ()
    for tag in islice((tag for tag in rows if matches(words, tag.name_in(language), language)), limit):
        yield Suggestion(tag.name_in(language), tag.get_absolute_url(), facet_label("tag"))


def register() -> None:
    """Offer tags to search."""
    register_completions("tags", tags)
