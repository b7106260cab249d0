from django import template
from django.db.models import QuerySet
from django.utils.translation import get_language

from portal.home.models import StandardPage

register = template.Library()


@register.simple_tag
def footer_pages() -> QuerySet:
    """Return the plain pages that the footer links to, in the active language."""
    pages = StandardPage.objects.live().public().filter(in_footer=True, locale__language_code=get_language())
    return pages.defer_streamfields().order_by("path")
