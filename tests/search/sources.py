"""A small source on Wagtail's plain pages: the title is the text, the search description the summary."""

import datetime
from collections import defaultdict

from django.utils import timezone
from wagtail.models import Locale, Page

from search.documents import Document, Variant


class PageSource:
    """What an app writes for its own type, on the model that every Wagtail site has."""

    type = "page"
    models = (Page,)
    card_template = ""

    def public(self):
        return Page.objects.live().public().filter(depth__gt=1).select_related("locale")

    def keys(self):
        return (str(key) for key in self.public().order_by().values_list("translation_key", flat=True).distinct().iterator())

    def documents(self, keys):
        by_key = defaultdict(list)
        for page in self.public().filter(translation_key__in=keys).order_by("path"):
            by_key[str(page.translation_key)].append(page)
        for key, pages in by_key.items():
            variants = tuple(Variant(page.locale.language_code, page.title, page.search_description) for page in pages)
            first = min(page.first_published_at for page in pages)
            facets = {"tag": (pages[0].slug,)}
            yield Document(key, self.type, variants, facets, timezone.localdate(first), published_at=first)

    def hydrate(self, keys, language):
        pages = self.public().filter(translation_key__in=keys)
        ordered = sorted(pages, key=lambda page: page.locale.language_code != language, reverse=True)
        return {str(page.translation_key): page for page in ordered}

    def links(self, keys, language):
        return self.hydrate(keys, language)


def make_page(parent, title, summary="", *, slug=None, language="ar", translation_of=None, live=True):
    """Add a page below `parent` (in another language: below its translation), published on a fixed day unless `live` is false."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    if locale != parent.locale:
        parent = parent.get_translation_or_none(locale) or parent.copy_for_translation(locale)
    page = Page(title=title, search_description=summary, slug=slug or f"page-{Page.objects.count()}", locale=locale, live=live)
    page.first_published_at = datetime.datetime(2020, 11, 23, 12, tzinfo=datetime.UTC)
    if translation_of:
        page.translation_key = translation_of.translation_key
    return parent.add_child(instance=page)


class Talk:
    """What is shown of a recording: no row of a database."""

    title = "Séance"
    language = "fr"
    url = "/fr/seance/"
    slug = "seance"


class TalkSource(PageSource):
    """A source whose every key is public."""

    type = "session"
    models = ()

    def hydrate(self, keys, language):
        return {key: Talk() for key in keys}

    links = hydrate
