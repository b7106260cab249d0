"""What participation adds to the search documents of the pages that are discussed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Exists, OuterRef

from portal.participation.models import Tag, TagAlias, Tagging
from search.documents import register_current, register_names
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
    """Return slug -> the tag's name in the active language, of those that are visible somewhere."""
    visible = Tagging.objects.visible().filter(tag=OuterRef("pk"))
    return {tag.slug: tag.shown_name for tag in Tag.objects.filter(Exists(visible), slug__in=slugs)}


def current_tags(slugs: Collection[str]) -> Mapping[str, str]:
    """Return former address -> the present one, of tags that were merged or translated."""
    return dict(TagAlias.objects.filter(slug__in=slugs).values_list("slug", "tag__slug"))


def register_facets() -> None:
    """Tell search how tags are written, and what has become of those that were merged."""
    register_names("tag", tag_names)
    register_current("tag", current_tags)
