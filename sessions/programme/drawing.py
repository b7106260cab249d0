"""Many things drawn by one template without asking the template for each of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.template import Context
from django.utils.safestring import SafeString, mark_safe

Patterns = dict[tuple[object, ...], str]


@lru_cache(maxsize=256)
def mark(name: str) -> str:
    """Return what stands for the value `name` in a pattern: nothing that a text holds, and nothing that escaping changes."""
    return str(uuid.uuid4())


class Pen:
    """Draws things with one template, `item` in its context.

    A thing is a mapping of names to texts that are safe in HTML. Those with the same shape (the same names have a text) share
    one rendering, with marks for the texts, which are then put in: sixty sessions cost a few renderings and not sixty.
    So the template may ask whether a text is there, and not what it says; and as a pattern follows from nothing else,
    `patterns` may outlive the request.
    """

    def __init__(self, template: Any, context: Context, patterns: Patterns | None = None) -> None:
        self.template, self.context = template, context
        self._patterns: Patterns = {} if patterns is None else patterns

    def draw(self, things: Iterable[Mapping[str, str]]) -> SafeString:
        """Return the things drawn one after the other."""
        return mark_safe("".join(self._pattern(thing) % thing for thing in things))

    def _pattern(self, thing: Mapping[str, str]) -> str:
        shape = (*thing, *map(bool, thing.values()))
        pattern = self._patterns.get(shape)
        if pattern is None:
            pattern = self._patterns[shape] = self._rendered(thing)
        return pattern

    def _rendered(self, thing: Mapping[str, str]) -> str:
        with self.context.push(item={name: mark(name) if text else "" for name, text in thing.items()}):
            text = self.template.render(self.context).replace("%", "%%")
        for name, said in thing.items():
            if said:
                text = text.replace(mark(name), f"%({name})s")
        return text
