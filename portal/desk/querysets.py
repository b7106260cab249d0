"""Pages as the matrix of translations reads them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portal.desk.enums import Origin, TranslationStatus


def originals() -> PageQuerySet:
    """Return a page of each group of translations, no aliases, no root: that in the portal's first language, else the oldest."""
    first = Q(locale__language_code=settings.LANGUAGE_CODE)
    others = Page.objects.filter(translation_key=OuterRef("translation_key"), alias_of=None)
    before = others.filter(first | Q(pk__lt=OuterRef("pk")))
    return Page.objects.filter(depth__gt=1, alias_of=None).filter(first | ~Exists(before))


def with_status(pages: PageQuerySet, language: str, status: str) -> PageQuerySet:
    """Keep the originals whose translation into `language` stands so."""
    there = Page.objects.filter(translation_key=OuterRef("translation_key"), locale__language_code=language, alias_of=None)
    conditions: dict[str, Q] = {
        TranslationStatus.DRAFT: Q(live=False),
        TranslationStatus.OUTDATED: _OUTDATED,
        TranslationStatus.MACHINE: Q(live=True, translation_state__reviewed_at=None, translation_state__origin=Origin.MACHINE)
        & ~_OUTDATED,
        TranslationStatus.REVIEWED: Q(live=True, translation_state__reviewed_at__isnull=False) & ~_OUTDATED,
        TranslationStatus.LIVE: Q(live=True, translation_state__reviewed_at=None)
        & ~Q(translation_state__origin=Origin.MACHINE)
        & ~_OUTDATED,
    }
    if status == TranslationStatus.MISSING:
        return pages.filter(~Exists(there))
    if status == TranslationStatus.SOURCE:
        return pages.filter(locale__language_code=language)
    there = there.annotate(original_words=OuterRef("translation_state__words")).filter(conditions[status])
    return pages.exclude(locale__language_code=language).filter(Exists(there))


_OUTDATED: Any = Q(live=True, translation_state__source_words__gt="") & ~Q(translation_state__source_words=F("original_words"))
