from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from sessions.programme.drawing import Pen

register = template.Library()


@register.simple_tag(takes_context=True)
def drawn(context: Context, template_name: str, things: Iterable[Mapping[str, str]]) -> SafeString:
    """Draw each of `things` with a template that calls it `item`: `{% drawn "sessions/_item.html" day.texts %}` (see `Pen`)."""
    kept = context.render_context
    name = f"pen of {template_name}"
    if name not in kept:
        kept[name] = Pen(context.template.engine.get_template(template_name), context)  # type: ignore[union-attr]
    return kept[name].draw(things)
