"""The button that follows what a page is about."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from portal.participation import searches
from portal.participation.enums import FollowKind
from portal.participation.following import Target
from portal.participation.models import Follow
from search.query import SearchQuery

register = template.Library()


@register.simple_tag(takes_context=True)
def is_followed(context: Context, kind: str, key: Any) -> bool:
    """Tell whether the reader follows it; one query for whoever is signed in, none for others."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return False
    return Follow.objects.filter(person=user.pk, kind=kind, key=str(key)).exists()


@register.filter
def followable(query: SearchQuery) -> Target | None:
    """Return what a search asks to follow: a theme where it asks for that alone, else the search; None where it asks nothing."""
    types = query.fixed.get("type", ())
    theme = query.filters.get("theme", ())
    if not query.text and len(theme) == 1 and len(list(query.chosen())) == 1 and types in ((), ("practice",)):
        return FollowKind.THEME.value, theme[0]
    key = searches.key_of(query)
    return (FollowKind.SEARCH.value, key) if key else None
