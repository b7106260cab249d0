from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from sessions.programme.drawing import Patterns, Pen

register = template.Library()

_patterns: dict[tuple[str, str | None], Patterns] = {}
"""What was drawn before by the templates of items, which say nothing that depends on the request: by template and language."""


@register.simple_tag(takes_context=True)
def drawn(context: Context, template_name: str, things: Iterable[Mapping[str, str]]) -> SafeString:
    """Draw each of `things` with a template that calls it `item`: `{% drawn "sessions/_item.html" day.texts %}` (see `Pen`)."""
    kept = context.render_context
    name = f"pen of {template_name}"
    if name not in kept:
        patterns = _patterns.setdefault((template_name, get_language()), {})
        kept[name] = Pen(context.template.engine.get_template(template_name), context, patterns)  # type: ignore[union-attr]
    return kept[name].draw(things)
