"""JSON-LD in the pages of the workshop: `{% load linked_data %}`, then `{% session_data %}` or `{% workshop_data %}`."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.base.conditional import origin_of
from portal.base.memory import remembered
from sessions.linked_data import script, session_thing, workshop_thing

register = template.Library()


@register.simple_tag(takes_context=True)
def workshop_data(context: Context) -> SafeString:
    """Return the programme as linked data: context page (the workshop), request."""
    workshop, base = context["page"], origin_of(context["request"])
    key = ("workshop as linked data", workshop.pk, get_language(), base)
    return remembered(key, lambda: script(workshop_thing(workshop, base)))


@register.simple_tag(takes_context=True)
def session_data(context: Context) -> SafeString:
    """Return a session as linked data: context page (the session), workshop, request."""
    return script(session_thing(context["page"], context["workshop"], origin_of(context["request"])))
