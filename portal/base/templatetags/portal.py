"""The template library that every template has at hand (a builtin: no `{% load %}`)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.safestring import SafeString

from portal.base import components, dates, languages, sizes, text
from portal.base.languages import Translation

register = template.Library()


@register.simple_tag(takes_context=True)
def component(context: Context, component_name: str, **props: Any) -> SafeString:
    """Draw a component: `{% component "badge" text=… tone=… %}` (see `portal.base.components`)."""
    return components.build(component_name, props).render_html(context)


register.filter("weekday", dates.weekday)


@register.filter
def localdate(value: datetime.date | None, style: str = "long") -> str:
    """Return a date in the active language: long, day (with the weekday), month or short; "" for no date."""
    return dates.localdate(value, style) if value else ""


@register.filter
def localtime(value: datetime.datetime | None) -> str:
    """Return the hour and minutes of a moment in its own time zone; "" for no moment."""
    return dates.localtime(value) if value else ""


@register.filter
def iso(value: datetime.date | None) -> str:
    """Return a date or a moment in its own time zone as ISO 8601, for `<time datetime>`; "" for none."""
    return value.isoformat() if value else ""


@register.filter
def file_size(value: int | None) -> str:
    """Return a number of bytes in the active language: 4.2 MB; "" for none."""
    return sizes.file_size(value) if value is not None else ""


@register.filter
def grouped(value: int) -> str:
    """Return a whole number with its thousands set apart: 1,275,428."""
    return sizes.grouped(value)


@register.filter
def duration(value: float | None) -> str:
    """Return a number of seconds as a player shows it: 2:05; "" for none."""
    return sizes.duration(value) if value is not None else ""


@register.filter
def here(value: datetime.datetime) -> datetime.datetime:
    """Return a moment in the portal's own time zone."""
    return timezone.localtime(value)


@register.filter
def direction(language: str) -> str:
    """Return `rtl` or `ltr` for a language code."""
    return languages.direction(language)


@register.filter
def text_direction(words: str) -> str:
    """Return `rtl`, `ltr` or `auto`: the direction of most of the letters of what somebody wrote."""
    return text.direction_of(words)


@register.filter
def prose(words: str) -> SafeString:
    """Return what somebody wrote in plain text as HTML: escaped, in paragraphs, addresses linked."""
    return text.prose(words)


@register.filter
def language_of(page: Any) -> str:
    """Return the language code of a Wagtail page."""
    return languages.locale_code(page.locale_id)


@register.filter
def tone(value: object) -> str:
    """Return the tone in which the value of an outcome or of a state in time is shown."""
    return components.tone_of(value)


@register.simple_tag
def local_url(path: str = "") -> str:
    """Return an address of the portal in the active language: `{% local_url "practices/" %}` is `/fr/practices/`."""
    return f"/{languages.current_language()}/{path}"


@register.simple_tag
def pairs(*values: Any) -> list[tuple[Any, Any]]:
    """Return values two by two, for the breadcrumb: `{% pairs home _("Home") library _("Good practices") as way %}`."""
    return list(zip(values[::2], values[1::2], strict=True))


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[Translation]:
    """Return where each language of the portal leads from this page, with the same question in the address.

    `page_url` is None where the page is not translated.
    """
    request = context.get("request")
    question = request.META.get("QUERY_STRING", "") if request else ""
    links = _translations(context)
    if not question:
        return links
    return [replace(link, page_url=f"{link.page_url}?{question}") if link.page_url else link for link in links]


@register.simple_tag(takes_context=True)
def untranslated_into(context: Context) -> Translation | None:
    """Return the language that the reader asked for with `?untranslated=`, where the page is not translated into it."""
    request = context.get("request")
    asked = request.GET.get("untranslated") if request else None
    return (
        next((link for link in _translations(context) if link.language == asked and not link.page_url), None) if asked else None
    )


@register.simple_tag(takes_context=True)
def language_alternates(context: Context) -> list[Translation]:
    """Return the page's translations with absolute addresses, for `hreflang`; empty where there is no page to speak of."""
    request = context.get("request")
    if request is None:
        return []
    links = [link for link in _translations(context) if link.page_url]
    return [replace(link, page_url=request.build_absolute_uri(link.page_url)) for link in links]


@register.simple_tag(takes_context=True)
def canonical_url(context: Context) -> str:
    """Return the absolute address of the page without its question; "" outside a request."""
    request = context.get("request")
    return request.build_absolute_uri(request.path) if request else ""


def _translations(context: Context | Mapping[str, Any]) -> list[Translation]:
    """Return the context's translations, else those made by exchanging the `/{lang}/` that the address begins with."""
    if (known := context.get("translations")) is not None:
        return list(known)
    request = context.get("request")
    path = request.path if request else "/"
    first, _slash, rest = path.lstrip("/").partition("/")
    rest = rest if first in languages.language_codes() else ""
    return languages.translations({code: f"/{code}/{rest}" for code in languages.language_codes()}, languages.current_language())
