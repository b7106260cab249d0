from typing import NamedTuple

from django import template

from portal.base.languages import current_language
from portal.base.memory import remembered
from portal.base.privacy import readable
from portal.home.models import StandardPage

register = template.Library()


class FooterLink(NamedTuple):
    """A page that the footer leads to."""

    url: str
    title: str


@register.simple_tag
def footer_pages() -> list[FooterLink]:
    """Return the plain pages that the footer links to, in the active language; looked up once for each version of the content."""
    language = current_language()
    return remembered(("footer", language), lambda: _footer_pages(language))


def _footer_pages(language: str) -> list[FooterLink]:
    pages = readable(StandardPage.objects.filter(in_footer=True, locale__language_code=language)).order_by()
    in_order = sorted(pages.defer_streamfields(), key=lambda page: page.path)  # by SQL, SQLite would walk the paths of all pages
    return [FooterLink(page.url or "", page.title) for page in in_order]
