"""A portal without content: three home pages, and a workshop and a library below each."""

from dataclasses import dataclass

from wagtail.models import Page, Site

from good_practices.models import LibraryPage
from portal.home.models import HomePage
from sessions.models import WorkshopPage
from tests.factories.pages import HomePageFactory, LibraryPageFactory, WorkshopPageFactory


@dataclass(frozen=True)
class PortalSite:
    """The pages that always stand, by language."""

    homes: dict[str, HomePage]
    workshops: dict[str, WorkshopPage]
    libraries: dict[str, LibraryPage]


def make_site():
    """Return a portal instead of Wagtail's first page."""
    homes = _in_each_language(HomePageFactory, lambda language: {"language": language})
    site = Site.objects.get(is_default_site=True)
    welcome, site.root_page = site.root_page, homes["ar"]
    site.save()
    Page.objects.get(pk=welcome.pk).delete()
    homes = {language: HomePage.objects.get(pk=home.pk) for language, home in homes.items()}
    parts = (
        _in_each_language(factory, lambda language: {"parent": homes[language]})
        for factory in (WorkshopPageFactory, LibraryPageFactory)
    )
    return PortalSite(homes, *parts)


def _in_each_language(factory, arguments):
    arabic = factory(**arguments("ar"))
    others = {language: factory(translation_of=arabic, **arguments(language)) for language in ("fr", "en")}
    return {"ar": arabic, **others}
