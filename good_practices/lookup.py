"""Practices by address or key, each in the best language for its reader."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from good_practices.models import PracticePage
from portal.base.languages import best_per_key, best_translations


def by_slug(slug: str, language: str) -> PracticePage | None:
    """Return the published practice at the address `slug`, in `language` where it has that address there; None for none."""
    if not slug or len(slug) > 255 or not slug.isprintable():
        return None
    pages = PracticePage.objects.published().filter(slug=slug).select_related("locale")
    found = [page for page in pages if page.locale.language_code == language] or list(pages)
    return found[0] if found else None


def translated(slug: str, language: str) -> PracticePage | None:
    """Return the practice of which some language has the address `slug`, in the best language for a reader of `language`."""
    page = by_slug(slug, language)
    if page is None or page.locale.language_code == language:
        return page
    others = PracticePage.objects.published().filter(translation_key=page.translation_key)
    best: PracticePage = best_per_key(others, language)[str(page.translation_key)]
    return best


def cards(keys: Collection[UUID], language: str) -> dict[UUID, PracticePage]:
    """Return key -> the published practice for a reader of `language`, with what a card shows, in two queries."""
    if not keys:
        return {}
    pages = PracticePage.objects.published().for_cards().filter(translation_key__in=keys)
    return {UUID(key): page for key, page in best_translations(pages, language).items()}
