"""What the sources of Wagtail pages have in common: an app says which pages, and how one becomes a document."""

from __future__ import annotations

import builtins
import datetime
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.db.models import Model
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portal.base.languages import best_translations, locale_code, preference
from portal.base.privacy import readable
from search.documents import Document

_LINKED = ("translation_key", "locale_id", "pk", "title", "url_path")


class Link(NamedTuple):
    """A page as it is named elsewhere."""

    title: str
    language: str
    url: str


def _link(row: tuple[Any, ...]) -> Link:
    """Return the link of a row of `_LINKED`; only Wagtail knows what address a page has."""
    _key, locale, pk, title, url_path = row
    page = Page.from_db(None, ("id", "locale_id", "url_path"), (pk, locale, url_path))
    return Link(title, locale_code(locale), page.get_url() or "")


def links_by_language(pages: PageQuerySet) -> dict[str, dict[str, Link]]:
    """Return translation key -> language -> how the page is named there, in one query."""
    found: dict[str, dict[str, Link]] = defaultdict(dict)
    for row in pages.order_by().values_list(*_LINKED).iterator():
        link = _link(row)
        found[str(row[0])][link.language] = link
    return found


def best_link(links: Mapping[str, Link], language: str) -> Link:
    """Return the link in `language`, else the one in the reader's next best. Raises StopIteration where there is none."""
    return next(links[code] for code in preference(language) if code in links)


class PageSource(ABC):
    """A `DocumentSource` of one page model; translations share their `translation_key`, which is the document's key."""

    type: str
    model: builtins.type[Page]
    card_template: str = ""

    @property
    def models(self) -> tuple[builtins.type[Model], ...]:
        """Saving or deleting one of these enqueues its `translation_key`."""
        return (self.model,)

    def public(self) -> PageQuerySet:
        """Return what everybody may read."""
        return readable(self.model.objects.all()).select_related("locale")

    def cards(self) -> PageQuerySet:
        """Return what everybody may read, with what a card shows."""
        return self.public()

    def tags(self, keys: Collection[str]) -> Mapping[str, Sequence[str]]:
        """Return key -> the slugs of its tags; none by default."""
        return {}

    @abstractmethod
    def document(self, key: str, translations: Sequence[Any], tags: Sequence[str]) -> Document:
        """Return the document of the public translations of one subject."""

    def keys(self) -> Iterable[str]:
        """Return every key that may have a public document."""
        return map(str, self.model.objects.live().order_by().values_list("translation_key", flat=True).distinct())

    def pages(self, keys: Collection[str]) -> Iterable[Page]:
        """Return the public pages of subjects, with all that `document` reads of them."""
        return self.public().filter(translation_key__in=keys)

    def documents(self, keys: Collection[str]) -> Iterable[Document]:
        """Yield the documents of what is public now among `keys`."""
        translations: dict[str, list[Page]] = defaultdict(list)
        for page in self.pages(keys):
            translations[str(page.translation_key)].append(page)
        tags = self.tags(keys)
        for key, pages in translations.items():
            yield replace(self.document(key, pages, tags.get(key, ())), published_at=_first_published(pages))

    def hydrate(self, keys: Collection[str], language: str) -> Mapping[str, Any]:
        """Return key -> the page to show to a reader of `language`."""
        return best_translations(self.cards().filter(translation_key__in=keys), language)

    def links(self, keys: Collection[str], language: str) -> Mapping[str, Any]:
        """Return key -> the page to name to a reader of `language`, in one query beside that of the private sections."""
        order = {code: rank for rank, code in enumerate(preference(language))}
        pages = readable(Page.objects.all()).filter(translation_key__in=keys).order_by()
        best: dict[str, tuple[Any, ...]] = {}
        for row in sorted(pages.values_list(*_LINKED), key=lambda row: order[locale_code(row[1])]):
            best.setdefault(str(row[0]), row)
        return {key: _link(row) for key, row in best.items()}


def _first_published(pages: Iterable[Page]) -> datetime.datetime | None:
    """Return when the first of the public translations was first published."""
    return min((page.first_published_at for page in pages if page.first_published_at), default=None)
