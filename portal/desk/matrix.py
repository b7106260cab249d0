"""The matrix of translations: each original with where its translations stand."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portal.desk.enums import Origin, TranslationStatus


@dataclass(frozen=True, slots=True)
class Cell:
    """A page in one language; `pk` is None where there is none."""

    language: str
    status: TranslationStatus
    pk: int | None = None
    who: str = ""
    at: datetime.datetime | None = None
    has_draft: bool = False

    @property
    def url(self) -> str:
        """Where the page is edited, "" where there is none."""
        return reverse("wagtailadmin_pages:edit", args=[self.pk]) if self.pk else ""


@dataclass(frozen=True, slots=True)
class Row:
    """An original with a cell for each language of the portal."""

    key: UUID
    pk: int
    title: str
    language: str
    kind: str
    cells: Sequence[Cell]


def rows_of(found: PageQuerySet) -> list[Row]:
    """Return the rows of originals (a slice of them), in two queries."""
    originals = list(found.select_related("locale", "content_type", "translation_state"))
    keys = [page.translation_key for page in originals]
    there: dict[UUID, dict[str, Any]] = defaultdict(dict)
    along = ("locale", "translation_state__translated_by", "translation_state__reviewed_by")
    for page in Page.objects.filter(translation_key__in=keys, alias_of=None).select_related(*along):
        there[page.translation_key][page.locale.language_code] = page
    return [_row(original, there[original.translation_key]) for original in originals]


def _row(original: Any, there: dict[str, Any]) -> Row:
    words = getattr(getattr(original, "translation_state", None), "words", "")
    cells = [_cell(code, there.get(code), original, words) for code, _name in settings.LANGUAGES]
    kind = str(original.specific_class._meta.verbose_name) if original.specific_class else ""
    return Row(original.translation_key, original.pk, original.draft_title, original.locale.language_code, kind, cells)


def _cell(language: str, page: Any, original: Any, words: str) -> Cell:
    if page is None:
        return Cell(language, TranslationStatus.MISSING)
    state = getattr(page, "translation_state", None)
    status = _status(page, state, original, words)
    who, at = "", page.last_published_at
    if state and status == TranslationStatus.REVIEWED:
        who, at = str(state.reviewed_by or ""), state.reviewed_at
    elif state:
        who, at = str(state.translated_by or ""), state.translated_at
    return Cell(language, status, page.pk, who, at, page.live and page.has_unpublished_changes)


def _status(page: Any, state: Any, original: Any, words: str) -> TranslationStatus:
    if page.pk == original.pk:
        return TranslationStatus.SOURCE
    if not page.live:
        return TranslationStatus.DRAFT
    if state and state.source_words and state.source_words != words:
        return TranslationStatus.OUTDATED
    if state and state.reviewed_at:
        return TranslationStatus.REVIEWED
    if state and state.origin == Origin.MACHINE:
        return TranslationStatus.MACHINE
    return TranslationStatus.LIVE
