"""How a session becomes a search document."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from wagtail.query import PageQuerySet

from portal.base.richtext import plain_text, stream_text
from portal.participation.documents import TaggedPageSource
from search.documents import Document, Variant, register
from sessions.models import SessionPage


class SessionSource(TaggedPageSource):
    """The workshop's sessions."""

    type = "session"
    model = SessionPage
    card_template = "sessions/_card.html"

    def public(self) -> PageQuerySet:
        """Return the public sessions with all that is indexed of them."""
        return super().public().prefetch_related("themes", "axes", "session_speakers__speaker", "materials")

    def cards(self) -> PageQuerySet:
        """Return the public sessions with what a card shows."""
        return SessionPage.objects.published().for_cards()

    def document(self, key: str, translations: Sequence[SessionPage], tags: Sequence[str]) -> Document:
        """Return the document of a session in all its public languages."""
        page = translations[0]
        facets = {
            "theme": tuple(theme.slug for theme in page.themes.all()),
            "axis": tuple(axis.slug for axis in page.axes.all()),
            "tag": tuple(tags),
        }
        variants = tuple(map(_variant, translations))
        return Document(key=key, type=self.type, variants=variants, facets=facets, date=timezone.localdate(page.starts_at))


def _variant(page: SessionPage) -> Variant:
    language = page.locale.language_code
    parts = [
        stream_text(page.body),
        plain_text(page.key_points),
        *(speaker.name_in(language) for speaker in page.speakers),
        *(f"{material.title} {material.description}" for material in page.materials.all()),
    ]
    return Variant(language=language, title=page.title, summary=page.summary, body="\n".join(filter(None, parts)))


def register_documents() -> None:
    """Make sessions findable."""
    register(SessionSource())
