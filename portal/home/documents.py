"""How a plain page becomes a search document."""

from __future__ import annotations

import builtins
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from good_practices.models import CollectionPage
from portal.base.richtext import plain_text, stream_text
from portal.home.models import StandardPage
from search.documents import Document, Variant, register
from search.pages import PageSource

_MODELS = (StandardPage, CollectionPage)


class PlainPageSource(PageSource):
    """The plain pages, and the collections of the library."""

    type = "page"
    model = Page
    card_template = "home/_card.html"

    @property
    def models(self) -> tuple[builtins.type[Model], ...]:
        """Saving or deleting one of these enqueues its `translation_key`."""
        return _MODELS

    def public(self) -> PageQuerySet:
        """Return the public pages of both kinds."""
        return super().public().type(*_MODELS)

    def keys(self) -> Iterable[str]:
        """Return every key that may have a public document."""
        return map(str, Page.objects.live().type(*_MODELS).order_by().values_list("translation_key", flat=True).distinct())

    def pages(self, keys: Collection[str]) -> Iterable[Page]:
        """Return the public pages of subjects with their words."""
        return super().pages(keys).specific()  # type: ignore[attr-defined]

    def document(self, key: str, translations: Sequence[Any], tags: Sequence[str]) -> Document:
        """Return the document of a plain page in all its public languages."""
        published = (page.last_published_at for page in translations if page.last_published_at)
        date = max(map(timezone.localdate, published), default=None)
        return Document(key=key, type=self.type, variants=tuple(map(_variant, translations)), date=date)


def _variant(page: Any) -> Variant:
    return Variant(page.locale.language_code, page.title, page.summary, _body(page))


def _body(page: Any) -> str:
    if isinstance(page, CollectionPage):
        return "\n".join([plain_text(page.introduction), *(row.reason for row in page.practices.all())])
    return stream_text(page.body)


def register_documents() -> None:
    """Make plain pages findable."""
    register(PlainPageSource())
