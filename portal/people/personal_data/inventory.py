"""What the portal keeps of people, as its readers are told: made from the register, so that it cannot go stale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from portal.people.personal_data.registry import Kept, Use, entries

OUR_WORDS = (
    *(gettext_noop("user sessions"), gettext_noop("created at"), gettext_noop("last seen at"), gettext_noop("user agent")),
    *(gettext_noop("authenticators"), gettext_noop("type"), gettext_noop("last used at")),
    *(gettext_noop("transferable"), gettext_noop("sustained"), gettext_noop("measured")),
    *(gettext_noop("includes women"), gettext_noop("includes youth")),
    *(gettext_noop("editing sessions"), gettext_noop("form states"), gettext_noop("object id"), gettext_noop("last updated at")),
    *(
        gettext_noop("API tokens"),
        gettext_noop("page subscriptions"),
        gettext_noop("page"),
        gettext_noop("comment notifications"),
    ),
    *(gettext_noop("text"), gettext_noop("uploaded files"), gettext_noop("action"), gettext_noop("label")),
    *(gettext_noop("resolved by"), gettext_noop("string translations"), gettext_noop("segment overrides")),
    gettext_noop("last translated by"),
    gettext_noop("user"),
)
"""Names of tables and fields that others, or Django, left in English."""


@dataclass(frozen=True, slots=True)
class Line:
    """One table: what it holds, on which ground, how long, and what becomes of it on erasure."""

    label: str
    fields: Sequence[str]
    ground: str
    retention: str
    fate: str


@dataclass(frozen=True, slots=True)
class Part:
    """What is kept for one purpose."""

    code: str
    purpose: str
    lines: Sequence[Line]


def inventory() -> list[Part]:
    """Return what is kept for each purpose, in the active language."""
    found = entries()
    parts = [Part(use.value, str(use.label), [_line(entry) for entry in found if entry.use == use]) for use in Use]
    return [part for part in parts if part.lines]


def _line(entry: Kept) -> Line:
    meta = entry.model_class._meta
    name = gettext(str(meta.verbose_name_plural))
    labels = dict.fromkeys(label for label in (_label(entry, field) for field in entry.fields) if label)
    if not labels and entry.link:
        labels = {str(field_label(entry, entry.link)): None}
    words = (str(entry.ground.label), str(entry.retention.label), str(entry.fate.label))
    return Line(name[:1].upper() + name[1:], list(labels), *words)


def _label(entry: Kept, look_up: str) -> str:
    """Return what a look-up is called; "" for the number of the row."""
    return "" if look_up == "pk" else field_label(entry, look_up)


def field_label(entry: Kept, look_up: str) -> str:
    """Return the name of the field that a look-up begins with; of `name_{language}` the name without a language."""
    fields = {field.name: field for field in entry.model_class._meta.fields}
    first = look_up.partition("__")[0]
    for name in (first, first.removesuffix("_id"), first.replace("{language}", "ar")):
        if name in fields:
            return gettext(str(getattr(fields[name], "verbose_name", name)))
    return first
