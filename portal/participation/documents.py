"""What participation adds to search documents, for any app whose pages are discussed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from portal.participation.models import Tagging


def by_key(pages: Iterable[Any]) -> dict[str, list[Any]]:
    """Return pages by their translation key, as text."""
    grouped: dict[str, list[Any]] = defaultdict(list)
    for page in pages:
        grouped[str(page.translation_key)].append(page)
    return grouped


def tags_by_key(keys: Collection[str]) -> dict[str, list[str]]:
    """Return the slugs of the visible tags of each subject in `keys`, in one query."""
    tags: dict[str, list[str]] = defaultdict(list)
    taggings = Tagging.objects.visible().filter(content_object__translation_key__in=keys)
    for key, slug in taggings.values_list("content_object__translation_key", "tag__slug"):
        tags[str(key)].append(slug)
    return tags
