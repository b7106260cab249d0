"""JSON-LD in the pages of the workshop: `{% load linked_data %}`, then `{% session_data %}` or `{% workshop_data %}`."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from portal.base.conditional import origin_of
from sessions.linked_data import script, session_thing, workshop_thing

register = template.Library()


@register.simple_tag(takes_context=True)
def workshop_data(context: Context) -> SafeString:
    """Return the programme as linked data: context page (the workshop), request."""
    return script(workshop_thing(context["page"], origin_of(context["request"])))


@register.simple_tag(takes_context=True)
def session_data(context: Context) -> SafeString:
    """Return a session as linked data: context page (the session), workshop, request."""
    return script(session_thing(context["page"], context["workshop"], origin_of(context["request"])))
