"""What a version of a practice said, field by field, as readers read it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from good_practices.enums import Licence, Outcome, StageKind
from good_practices.models import ConsultationSpace, PracticePage
from portal.base.dates import localdate
from portal.base.richtext import plain_text
from portal.people.models import Organisation
from portal.vocabulary.enums import Instrument
from portal.vocabulary.models import Axis, Territory, Theme

_TEXTS = ("title", "summary", "institutionalising_act", "institutionalising_link", "credit")
_RICH = ("problem", "action", "reply", "result", "lessons")
_NEEDS = tuple(f"needed_{name}" for name in ("people", "time", "money", "partners", "texts"))
_CHOICES = {"instrument": Instrument, "outcome": Outcome, "licence": Licence}
_ONE = {"authority": Organisation, "territory": Territory, "space": ConsultationSpace}
_SOME = {"themes": Theme, "axes": Axis}
_ORDER = (
    *("title", "summary", "problem", "action", "instrument", "practice_organisations", "authority", "territory"),
    *("themes", "axes", "stages", "reply", "outcome", "result", "figures", "evidence"),
    *("institutionalised_on", "institutionalising_act", "institutionalising_link", "lessons", *_NEEDS),
    *("space", "licence", "credit", "illustrative"),
)
Names = Mapping[tuple[str, int], str]
"""The names of what versions point at: (model, key) to name."""


def labels() -> dict[str, str]:
    """Return the fields that are told, in the order of the page, with their names in the active language."""
    rows = {
        "practice_organisations": _("Associations"),
        "stages": _("Stages"),
        "figures": _("Figures of the result"),
        "evidence": _("Evidence"),
    }
    fields = {field.name: str(field.verbose_name) for field in (*PracticePage._meta.fields, *PracticePage._meta.many_to_many)}
    return {name: rows.get(name) or fields[name] for name in _ORDER}


def names_in(contents: Iterable[Mapping[str, Any]]) -> Names:
    """Return the names of all that these versions point at, one query for each kind of thing."""
    wanted: dict[Any, set[int]] = {}
    for content in contents:
        for field, model in _ONE.items():
            wanted.setdefault(model, set()).update(filter(None, [content.get(field)]))
        for field, some in _SOME.items():
            wanted.setdefault(some, set()).update(content.get(field) or ())
        asked = {row.get("organisation") for row in content.get("practice_organisations") or ()}
        wanted.setdefault(Organisation, set()).update(asked - {None})
    names: dict[tuple[str, int], str] = {}
    for model, keys in wanted.items():
        found = model.objects.select_related("parent") if model is Territory else model.objects
        names.update({(model.__name__, thing.pk): str(thing) for thing in found.filter(pk__in=keys)} if keys else {})
    return names


def told(content: Mapping[str, Any], names: Names) -> dict[str, str]:
    """Return what a version (a revision's content) said, field by field, in words."""
    said = {name: str(content.get(name) or "") for name in (*_TEXTS, *_NEEDS)}
    said.update({name: plain_text(content.get(name) or "") for name in _RICH})
    said.update({name: _label(choices, content.get(name)) for name, choices in _CHOICES.items()})
    said.update({name: _name(names, model, content.get(name)) for name, model in _ONE.items()})
    said.update({name: _list(_name(names, model, key) for key in content.get(name) or ()) for name, model in _SOME.items()})
    said["practice_organisations"] = _list(
        _name(names, Organisation, row.get("organisation")) for row in content.get("practice_organisations") or ()
    )
    said["stages"] = " · ".join(map(_stage, content.get("stages") or ()))
    said["figures"] = " · ".join(map(_figure, content.get("figures") or ()))
    said["evidence"] = " · ".join(_line(row.get("title"), row.get("link")) for row in content.get("evidence") or ())
    said["institutionalised_on"] = _date(content.get("institutionalised_on"))
    said["illustrative"] = _("yes") if content.get("illustrative") else _("no")
    return said


def _name(names: Names, model: Any, key: int | None) -> str:
    return names.get((model.__name__, key), _("(no longer listed)")) if key else ""


def _label(choices: Any, value: str | None) -> str:
    return str(choices(value).label) if value in choices.values else str(value or "")


def _list(parts: Iterable[str]) -> str:
    return _(", ").join(part for part in parts if part)


def _line(*parts: Any) -> str:
    return " ".join(str(part) for part in parts if part)


def _date(value: str | None) -> str:
    try:
        return localdate(datetime.date.fromisoformat(value)) if value else ""
    except ValueError:
        return str(value)


def _stage(row: Mapping[str, Any]) -> str:
    return _line(_label(StageKind, row.get("kind")), _date(row.get("date")), row.get("note"), row.get("link"))


def _figure(row: Mapping[str, Any]) -> str:
    try:
        value = f"{Decimal(str(row.get('value'))).normalize():f}"
    except InvalidOperation:
        value = ""
    return _line(value, row.get("unit"), row.get("label"))
