"""How a plain page becomes a search document."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from wagtail.query import PageQuerySet

from portal.base.richtext import stream_text
from portal.home.models import StandardPage
from search.documents import Document, Variant, register
from search.pages import PageSource


class StandardPageSource(PageSource):
    """The plain pages."""

    type = "page"
    model = StandardPage
    card_template = "home/_card.html"

    def cards(self) -> PageQuerySet:
        """Return the public pages without their bodies."""
        return self.public().defer_streamfields()

    def document(self, key: str, translations: Sequence[StandardPage], tags: Sequence[str]) -> Document:
        """Return the document of a plain page in all its public languages."""
        published = (page.last_published_at for page in translations if page.last_published_at)
        date = max(map(timezone.localdate, published), default=None)
        return Document(key=key, type=self.type, variants=tuple(map(_variant, translations)), date=date)


def _variant(page: StandardPage) -> Variant:
    return Variant(page.locale.language_code, page.title, page.summary, stream_text(page.body))


def register_documents() -> None:
    """Make plain pages findable."""
    register(StandardPageSource())
