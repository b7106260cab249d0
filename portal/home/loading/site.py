"""Everything that a first visitor sees, from an empty database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from good_practices.models import LibraryPage
from portal.base.languages import language_codes
from portal.home.loading.accounts import make_demonstration_accounts
from portal.home.loading.files import Text, body_blocks, read, single, texts
from portal.home.loading.library import load_around_practices, load_spaces
from portal.home.loading.organisations import load_organisations
from portal.home.loading.pages import Loader
from portal.home.loading.practices import load_practices
from portal.home.loading.recordings import load_recordings
from portal.home.loading.workshop import load_questions, load_rooms, load_sessions, load_speakers, workshop_page
from portal.home.models import HomePage, KeyFigure, StandardPage
from portal.vocabulary.domain import load_vocabulary
from search.domain import load_glossary


def load_content(report: Callable[[str], None] = lambda line: None) -> int:
    """Make the files of `content/` that were never loaded into published content, and return how many there were.

    All or nothing, and safe to run again: what was loaded once is left as it was edited since. `report` is told each step.
    """
    with transaction.atomic():
        count = _load_all(report)
        if count:
            report("references")
            call_command("rebuild_references_index", verbosity=0)
    if settings.DEMONSTRATION_ACCOUNTS:
        make_demonstration_accounts()
    return count


def _load_all(report: Callable[[str], None]) -> int:
    """Load what is new; Wagtail's reference index is made once at the end, not with each of two thousand rows."""
    with disable_reference_index_auto_update():
        for code in language_codes():
            Locale.objects.get_or_create(language_code=code)
        report("vocabulary")
        load_vocabulary()
        load_glossary()
        loader = Loader()
        load_organisations(loader)
        homes = _load_homes(loader)
        report("pages")
        _load_standard_pages(loader, homes)
        _load_figures(loader)
        report("sessions")
        load_speakers()
        load_rooms(loader)
        load_sessions(loader, _load_singles(loader, "workshop", "sessions", homes, workshop_page))
        load_questions(loader)
        load_recordings(loader)
        report("practices")
        libraries = _load_singles(loader, "library", "practices", homes, _library)
        load_spaces(loader)
        load_practices(loader, libraries)
        load_around_practices(loader, libraries)
        return loader.count


def _load_homes(loader: Loader) -> dict[str, HomePage]:
    root = Page.get_first_root_node()
    for text in loader.new(single("home", "home")):
        home = HomePage(slug=f"home-{text.language}", **text.text)
        loader.publish(home, root, text)
        if text.language == settings.LANGUAGE_CODE:
            _open_site(home)
        root = Page.get_first_root_node()
    return {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}


def _open_site(home: HomePage) -> None:
    """Make `home` the root of the default site, instead of Wagtail's own first page."""
    address = urlsplit(settings.BASE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = site.root_page if site.pk else None
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name, site.root_page = settings.WAGTAIL_SITE_NAME, home
    site.save()
    if welcome and welcome.specific_class is Page and welcome.pk != home.pk:
        Page.objects.get(pk=welcome.pk).delete()


def _load_singles(
    loader: Loader, name: str, slug: str, homes: Mapping[str, HomePage], make: Callable[[Text], Page]
) -> dict[str, Any]:
    """Publish the one page of `content/<name>.<language>.toml` below each home page, and return those there are by language."""
    for text in loader.new(single(name, slug)):
        loader.publish(make(text), homes[text.language], text)
    pages = Page.objects.filter(slug=slug, depth=homes[settings.LANGUAGE_CODE].depth + 1).select_related("locale")
    return {page.locale.language_code: page for page in pages.specific()}


def _library(text: Text) -> LibraryPage:
    words = text.text
    return LibraryPage(title=words["title"], summary=words["summary"], introduction=words["body"])


def _load_standard_pages(loader: Loader, homes: Mapping[str, HomePage]) -> None:
    for text in loader.new(texts("pages")):
        words = text.text
        page = StandardPage(title=words["title"], summary=words["summary"], body=body_blocks(words["body"]))
        loader.publish(page, homes[text.language], text)


def _load_figures(loader: Loader) -> None:
    if "figures.toml" in loader.loaded:
        return
    for position, record in enumerate(read("figures.toml")["figures"]):
        KeyFigure.objects.create(position=position, **record)
    loader.remember("figures.toml")
