"""A translation beside its original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal.desk.querysets import originals


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of the original and what stands for it in the translation, in plain text; "" where there is nothing."""

    field: str
    original: str
    translation: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two pages, piece by piece."""

    original: Any
    translation: Any
    pieces: Sequence[Piece]


def compare(page: Any) -> Comparison | None:
    """Return the latest draft of a translation (the specific page) beside its original; None if it is one itself."""
    original = originals().filter(translation_key=page.translation_key).exclude(pk=page.pk).specific().first()
    if original is None:
        return None
    before, after = _texts(original), _texts(page.get_latest_revision_as_object())
    pieces = [Piece(_name(original, path), before.get(path, ""), after.get(path, "")) for path in {**before, **after}]
    return Comparison(original, page, pieces)


def _texts(page: Page) -> dict[str, str]:
    """Return path of a field -> all that it says, one paragraph a line."""
    texts: dict[str, list[str]] = {}
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue) and not segment.is_empty():
            texts.setdefault(segment.path, []).append(strip_tags(segment.string.data))
    return {path: "\n".join(found) for path, found in texts.items()}


def _name(page: Any, path: str) -> str:
    """Return what a field is called, its path where it has no name."""
    name = path.partition(".")[0]
    field = next((field for field in page._meta.get_fields() if field.name == name), None)
    return str(
        getattr(field, "verbose_name", "") or getattr(getattr(field, "related_model", None), "_meta", page._meta).verbose_name
    )
