"""How a plain page becomes a search document."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils import timezone

from portal.base.languages import best_translations
from portal.base.richtext import stream_text
from portal.home.models import StandardPage
from portal.participation.documents import by_key
from search.documents import Document, Variant, register


class PageSource:
    """The plain pages."""

    type = "page"
    models = (StandardPage,)
    card_template = "home/_card.html"

    def keys(self) -> Iterable[str]:
        """Return every key that may have a public document."""
        return map(str, StandardPage.objects.live().values_list("translation_key", flat=True).distinct())

    def documents(self, keys: Collection[str]) -> Iterable[Document]:
        """Return the documents of the public plain pages among `keys`."""
        pages = StandardPage.objects.filter(translation_key__in=keys).live().public().select_related("locale")
        for key, translations in by_key(pages).items():
            date = max((timezone.localdate(one.last_published_at) for one in translations if one.last_published_at), default=None)
            yield Document(key=key, type="page", variants=tuple(map(_variant, translations)), facets={}, date=date)

    def hydrate(self, keys: Collection[str], language: str) -> Mapping[str, Any]:
        """Return the pages to show for `keys` to a reader of `language`."""
        pages = StandardPage.objects.filter(translation_key__in=keys).live().public().select_related("locale")
        return best_translations(pages.defer_streamfields(), language)


def _variant(page: StandardPage) -> Variant:
    return Variant(page.locale.language_code, page.title, page.summary, stream_text(page.body))


def register_documents() -> None:
    """Make plain pages findable."""
    register(PageSource())
