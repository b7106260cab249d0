"""The portal's three languages: direction, fallbacks, and a page's addresses in each of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language, get_language_info
from wagtail.models import Locale, Page

from portal.base.memory import remembered
from portal.base.privacy import readable


def language_codes() -> tuple[str, ...]:
    """Return the codes of the portal's languages (BCP 47), Arabic first."""
    return tuple(code for code, _name in settings.LANGUAGES)


def current_language() -> str:
    """Return the active language, Arabic where none of the portal's is active."""
    language = get_language() or ""
    return language if language in language_codes() else language_codes()[0]


def direction(language: str) -> str:
    """Return `rtl` or `ltr`, the HTML `dir` of `language`."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def preference(language: str | None) -> tuple[str, ...]:
    """Return all languages in the order in which a reader of `language` is served: their own first, Arabic first if unknown."""
    return _PREFERENCES.get(language or "", language_codes())


def in_language(thing: Any, field: str, language: str | None = None) -> str:
    """Return `thing.<field>_<language>`, else the first of the other languages that is filled in, else an empty string.

    `language` is the active one by default.
    """
    values = (getattr(thing, f"{field}_{code}") for code in preference(language or get_language()))
    return next((value for value in values if value), "")


@dataclass(frozen=True, slots=True)
class Translation:
    """A page's address in one language. `page_url` is None where the page is not translated."""

    language: str
    name: str
    direction: str
    page_url: str | None
    current: bool


def page_translations(page: Page) -> list[Translation]:
    """Return the public addresses of `page` in every language of the portal, one query where it is known what is private."""
    return remembered(("translations", page.pk), lambda: _page_translations(page))


def _page_translations(page: Page) -> list[Translation]:
    public = {page.locale_id: page} if page.live else {}
    others = readable(Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)).order_by()
    public.update({other.locale_id: other for other in others.only("locale_id", "url_path")})
    return translations({locale_code(pk): one.url for pk, one in public.items()}, locale_code(page.locale_id))


def translations(urls: dict[str, str | None], current: str) -> list[Translation]:
    """Return one `Translation` for each language of the portal, with the address that `urls` holds for it."""
    return [
        Translation(
            language=code,
            name=get_language_info(code)["name_local"],
            direction=direction(code),
            page_url=urls.get(code),
            current=code == current,
        )
        for code in language_codes()
    ]


def locale_code(locale_id: int) -> str:
    """Return the language code of a Wagtail locale, remembered after the first look-up."""
    if locale_id not in _locale_codes:
        _locale_codes.update(Locale.objects.values_list("pk", "language_code"))
    return _locale_codes[locale_id]


def best_per_key(pages: Iterable[Any], language: str) -> dict[str, Any]:
    """Return for each translation key the page in `language`, else the one in the reader's next best language."""
    order = {code: rank for rank, code in enumerate(preference(language))}
    best: dict[str, Any] = {}
    for page in sorted(pages, key=lambda page: order[locale_code(page.locale_id)]):
        best.setdefault(str(page.translation_key), page)
    return best


def best_translations(pages: QuerySet, language: str) -> dict[str, Any]:
    """Return what `best_per_key` does, loading only the pages that are returned: for querysets of many translations."""
    order = {code: rank for rank, code in enumerate(preference(language))}
    rows = pages.order_by().select_related(None).prefetch_related(None).values_list("translation_key", "locale_id", "pk")
    best: dict[str, int] = {}
    for key, _locale_id, pk in sorted(rows, key=lambda row: order[locale_code(row[1])]):
        best.setdefault(str(key), pk)
    found = pages.in_bulk(best.values())
    return {key: found[pk] for key, pk in best.items() if pk in found}


_PREFERENCES = {"ar": ("ar", "fr", "en"), "fr": ("fr", "ar", "en"), "en": ("en", "fr", "ar")}
"""Many readers of French in Morocco read Arabic; whoever reads English is helped more by French letters."""

_locale_codes: dict[int, str] = {}
