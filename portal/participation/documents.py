"""What participation adds to the search documents of the pages that are discussed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from portal.participation.models import Tagging
from search.documents import register_names
from search.pages import PageSource


class TaggedPageSource(PageSource):
    """A source of pages that participants tag."""

    def tags(self, keys: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Return the slugs of the visible tags of each subject in `keys`, in one query."""
        tags: dict[str, list[str]] = defaultdict(list)
        taggings = Tagging.objects.visible().filter(content_object__translation_key__in=keys)
        for key, slug in taggings.values_list("content_object__translation_key", "tag__slug"):
            tags[str(key)].append(slug)
        return tags


def tag_names(slugs: Collection[str]) -> Mapping[str, str]:
    """Return slug -> the tag as it was written, of those that are visible somewhere."""
    return dict(Tagging.objects.visible().filter(tag__slug__in=slugs).order_by().values_list("tag__slug", "tag__name").distinct())


def register_facets() -> None:
    """Tell search how tags are written."""
    register_names("tag", tag_names)
