"""What the views of the library look up by address."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404
from wagtail.models import Page

from good_practices.models import LibraryPage, PracticePage
from portal.base.languages import Translation, current_language, page_translations
from portal.base.privacy import readable


def public_practice(slug: str) -> PracticePage:
    """Return the practice at `/{active language}/practices/{slug}/`. Raises Http404 where nobody may read it."""
    library = readable(LibraryPage.objects.filter(locale__language_code=current_language())).first()
    if library is None or "\x00" in slug:
        raise Http404
    page = PracticePage.objects.child_of(library).published().select_related("locale").filter(slug=slug).first()
    if page is None:
        raise Http404
    return page


def translations_at(page: Page, path: str) -> list[Translation]:
    """Return where `path` below the page is in each language."""
    links = page_translations(page)
    return [replace(link, page_url=f"{link.page_url}{path}") if link.page_url else link for link in links]
