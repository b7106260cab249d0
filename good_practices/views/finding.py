"""The practice that an address names, and its address in every language."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from wagtail.models import Page

from good_practices import lookup
from good_practices.models import PracticePage
from portal.base.languages import Translation, current_language, language_codes, locale_code, translations
from portal.base.privacy import readable


def practice_at(slug: str) -> PracticePage:
    """Return the published practice at `slug`. Raises Http404."""
    page = lookup.translated(slug, current_language())
    if page is None:
        raise Http404
    return page


def translations_at(name: str, page: PracticePage) -> list[Translation]:
    """Return the addresses of the view `name` for each language in which the practice can be read."""
    pages = readable(Page.objects.filter(translation_key=page.translation_key)).order_by()
    slugs = {locale_code(locale): slug for locale, slug in pages.values_list("locale_id", "slug")}
    urls = {code: f"/{code}/{reverse(name, args=[slugs.get(code, page.slug)])[4:]}" for code in language_codes()}
    return translations(dict(urls), current_language())


def unshared(response: HttpResponseBase) -> HttpResponseBase:
    """Keep what is about one reader out of every cache."""
    response.headers["Cache-Control"] = "private, no-store"
    return response
