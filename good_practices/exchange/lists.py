"""The code lists that cells choose from: by code, or by name in any language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext, override

from good_practices.enums import Licence, Outcome
from good_practices.exchange.cells import CellError, fold
from good_practices.models import ConsultationSpace
from portal.base.languages import current_language, language_codes
from portal.people.enums import OrganisationKind
from portal.people.models import Organisation
from portal.vocabulary.enums import Instrument
from portal.vocabulary.models import Axis, Territory, Theme

_CHOICES: dict[str, type[models.TextChoices]] = {"instruments": Instrument, "outcomes": Outcome, "licences": Licence}
_MODELS: dict[str, type[models.Model]] = {
    "themes": Theme,
    "axes": Axis,
    "territories": Territory,
    "organisations": Organisation,
    "spaces": ConsultationSpace,
}
SHORT = (*_CHOICES, "themes", "axes")
"""The lists short enough to be drop-downs and tables of the dictionary."""
_MOST_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """An organisation that a row names and that is to be made with it."""

    name: str
    kind: str


class CodeList:
    """One list: `find` reads a cell, `code` writes one. Values are codes of choices or primary keys."""

    def __init__(self, entries: Iterable[tuple[Any, str, Iterable[str]]]) -> None:
        self._codes: dict[Any, str] = {}
        self._by_code: dict[str, Any] = {}
        self._by_name: dict[str, set[Any]] = defaultdict(set)
        for value, code, names in entries:
            self._codes[value] = code
            self._by_code[code.casefold()] = value
            for name in names:
                if name:
                    self._by_name[fold(name)].add(value)

    def find(self, text: str) -> Hashable:
        """Return what `text` names. Raises CellError where nothing does, or several things do."""
        bare = text.strip().casefold()
        value = self._by_code.get(bare, self._by_code.get(f"0{bare}"))  # a spreadsheet takes zeros away
        found = {value} if value is not None else self._by_name.get(fold(text), set())
        if len(found) == 1:
            return next(iter(found))
        if not found:
            raise UnknownError(gettext("This is not in the list."))
        codes = sorted(self._codes[one] for one in found)
        more = " …" if len(codes) > _MOST_CANDIDATES else ""
        raise CellError(
            gettext("Several bear this name: write the code of one of them (%(codes)s).")
            % {"codes": ", ".join(codes[:_MOST_CANDIDATES]) + more}
        )

    def code(self, value: Any) -> str:
        """Return the code of a value; "" for none."""
        return "" if value is None else self._codes[value]

    def add(self, value: Any, code: str, name: str) -> None:
        """Add an entry made meanwhile."""
        self._codes[value] = code
        self._by_code[code.casefold()] = value
        self._by_name[fold(name)].add(value)


class UnknownError(CellError):
    """A name that a list does not have."""


class Lists:
    """All code lists, each read when it is first asked for."""

    def __init__(self) -> None:
        self._lists: dict[str, CodeList] = {}

    def __getitem__(self, name: str) -> CodeList:
        if name not in self._lists:
            self._lists[name] = CodeList(_entries(name))
        return self._lists[name]

    @cached_property
    def made(self) -> dict[str, Organisation]:
        """The organisations made by this import, by folded name."""
        return {}

    def organisation(self, wanted: Any, illustrative: bool) -> Any:
        """Return the primary key of an organisation, made now if it is new."""
        if not isinstance(wanted, NewOrganisation):
            return wanted
        key = fold(wanted.name)
        if key not in self.made:
            self.made[key] = _made_meanwhile(wanted.name) or _make(wanted, illustrative)
            self["organisations"].add(self.made[key].pk, self.made[key].slug, wanted.name)
        return self.made[key].pk


def _made_meanwhile(name: str) -> Organisation | None:
    """Return the organisation of a name that another import has made since the lists were read."""
    rows = Organisation.objects.filter(**{f"name_{language_codes()[0]}": name[:200]})
    return rows.order_by("pk").first()


def _make(wanted: NewOrganisation, illustrative: bool) -> Organisation:
    base = slugify(wanted.name, allow_unicode=False)[:100] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    names = {f"name_{language}": wanted.name[:200] for language in language_codes()}
    return Organisation.objects.create(slug=slug, kind=wanted.kind, illustrative=illustrative, **names)


def kind_for(column: str) -> str:
    """Return what kind of organisation a column's new ones are."""
    return OrganisationKind.AUTHORITY if column == "authority" else OrganisationKind.ASSOCIATION


def _entries(name: str) -> Iterator[tuple[Any, str, Iterable[str]]]:
    if name in _CHOICES:
        for choice in _CHOICES[name]:
            yield choice.value, choice.value, _in_every_language(choice.label)
    elif name == "territories":
        yield from _territories()
    else:
        rows = _MODELS[name]._default_manager.values_list("pk", "slug", "name_ar", "name_fr", "name_en")
        for pk, slug, *names in rows.iterator():
            yield pk, slug, names


def _territories() -> Iterator[tuple[Any, str, Iterable[str]]]:
    """Yield the territories, each by its code, its names, and its names with that of what it is part of."""
    names = ("name_ar", "name_fr", "name_en")
    rows = Territory.objects.values_list("pk", "code", *names, *(f"parent__{name}" for name in names))
    for pk, code, *found in rows.iterator():
        own, parents = found[:3], found[3:]
        yield pk, code, [*own, *(f"{one} {parent}" for one, parent in zip(own, parents, strict=True) if one and parent)]


def _in_every_language(label: Any) -> list[str]:
    names = []
    for language in language_codes():
        with override(language):
            names.append(str(label))
    return names


def named(name: str) -> list[tuple[str, str]]:
    """Return a list as (code, name in the active language), in its order."""
    if name in _CHOICES:
        return [(choice.value, str(choice.label)) for choice in _CHOICES[name]]
    things: Any = _MODELS[name]._default_manager.all()
    return [(getattr(thing, "slug", None) or thing.code, thing.name_in(current_language())) for thing in things]
