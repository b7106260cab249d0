"""How a session becomes a search document."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils import timezone

from portal.base.languages import best_translations
from portal.base.richtext import plain_text, stream_text
from portal.participation.documents import by_key, tags_by_key
from search.documents import Document, Variant, register
from sessions.models import SessionPage


class SessionSource:
    """The workshop's sessions."""

    type = "session"
    models = (SessionPage,)
    card_template = "sessions/_card.html"

    def keys(self) -> Iterable[str]:
        """Return every key that may have a public document."""
        return map(str, SessionPage.objects.live().values_list("translation_key", flat=True).distinct())

    def documents(self, keys: Collection[str]) -> Iterable[Document]:
        """Return the documents of the public sessions among `keys`."""
        pages = SessionPage.objects.filter(translation_key__in=keys).published().select_related("locale")
        pages = pages.prefetch_related("themes", "axes", "session_speakers__speaker", "materials")
        tags = tags_by_key(keys)
        for key, translations in by_key(pages).items():
            yield _document(key, translations, tags.get(key, ()))

    def hydrate(self, keys: Collection[str], language: str) -> Mapping[str, Any]:
        """Return the sessions to show for `keys` to a reader of `language`."""
        return best_translations(SessionPage.objects.filter(translation_key__in=keys).published().for_cards(), language)


def _document(key: str, translations: list[SessionPage], tags: Iterable[str]) -> Document:
    page = translations[0]
    facets = {
        "theme": tuple(theme.slug for theme in page.themes.all()),
        "axis": tuple(axis.slug for axis in page.axes.all()),
        "tag": tuple(tags),
    }
    variants = tuple(_variant(one) for one in translations)
    return Document(key=key, type="session", variants=variants, facets=facets, date=timezone.localdate(page.starts_at))


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
