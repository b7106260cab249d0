"""A mapping file (TOML): which column of somebody's file is which field of ours, and how its values are read.

[fields]                      # our column = their column, or several: the first that is filled in
title = "name"
[constants]                   # our column = the same value in every row
instrument = "other"
[values.outcome]              # their value = our value; "*" for all others (else they stay as they are), "" for none
accepted = "accepted"
[splits]                      # our column = what separates the values in one cell
[dates]                       # formats = ["%d/%m/%y"] (strptime)
[refuse.kind]                 # their column: value = why its rows are refused: a sentence, { ar = "...", fr = "..." }, or ""
[options]                     # language, strip_html = true, illustrative = true, prefix = "source:", cut = ["summary"]
"""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext

from good_practices.exchange.columns import by_name, word_fields
from good_practices.exchange.reading import FileError, Row
from portal.base.languages import current_language, language_codes

SHIPPED = Path(__file__).parent / "mappings"
_OPTIONS = {"language": str, "strip_html": bool, "illustrative": bool, "prefix": str, "cut": [str]}
_SHAPES: dict[str, Any] = {
    "fields": {"*": (str, [str])},
    "constants": {"*": (str, int, float, bool, datetime.date, [str])},
    "values": {"*": {"*": (str, int, float, bool)}},
    "splits": {"*": str},
    "dates": {"formats": [str]},
    "refuse": {"*": {"*": (str, {"*": str})}},
    "options": _OPTIONS,
}
"""Section -> what it holds: a type, several, a list of one, or a table ("*" for any name)."""


def heading(name: str) -> str:
    """Return the name of a column as it is compared: without case, and without the spaces that people add."""
    return " ".join(name.split()).casefold()


def _by_heading(row: Row) -> dict[str, Any]:
    return {heading(name): value for name, value in row.cells.items()}


def _without_language(name: str) -> list[str]:
    return [name.removesuffix(f"_{code}") for code in language_codes() if name.endswith(f"_{code}")]


def in_one_language(words: dict[str, Any]) -> str:
    """Return a text that is given by language in the active one, else in the portal's first that there is."""
    return next((str(words[code]) for code in (current_language(), *language_codes()) if words.get(code)), "")


@dataclass(frozen=True)
class Mapping:
    """How the rows of a file become rows with our columns."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    splits: dict[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ()
    refuse: dict[str, dict[str, Any]] = field(default_factory=dict)
    language: str = ""
    strip_html: bool = False
    prefix: str = ""
    cut: tuple[str, ...] = ()

    def apply(self, row: Row) -> Row:
        """Return the row with our columns."""
        theirs = _by_heading(row)
        cells = {name: value for name in {**self.fields, **self.values} if (value := self._value(name, theirs)) is not None}
        return Row(row.number, {**self.constants, **cells}, table=False, faults=row.faults)

    def knows(self, name: str) -> bool:
        """Tell whether the mapping reads a column of theirs."""
        return heading(name) in self._headings

    def their(self, name: str) -> str:
        """Return what an error calls one of our columns: theirs that it is made of, then ours."""
        bare = next((one for one in (name, *_without_language(name)) if one in self.fields), "")
        return f"{', '.join(self.fields[bare])} → {name}" if bare else name

    @cached_property
    def _headings(self) -> frozenset[str]:
        return frozenset(heading(one) for one in chain(*self.fields.values(), self.refuse))

    def refusal(self, row: Row) -> tuple[str, str, str] | None:
        """Return their column, its value, and why the mapping refuses the row; None where it does not."""
        cells = _by_heading(row)
        for name, reasons in self.refuse.items():
            value = str(cells.get(heading(name)) or "").strip()
            if value in reasons:
                reason = reasons[value]
                words = reason if isinstance(reason, str) else in_one_language(reason)
                plain = gettext("The mapping refuses rows whose %(column)s is “%(value)s”.")
                return name, value, words or plain % {"column": name, "value": value}
        return None

    def _value(self, name: str, cells: dict[str, Any]) -> Any:
        """Return the first of their columns that is filled in, as our column takes it; None where there is none."""
        for one in self.fields.get(name, ()):
            given = cells.get(heading(one))
            if given is None or given == [] or (isinstance(given, str) and not given.strip()):
                continue
            parts = given if isinstance(given, list) else str(given).split(self.splits[name]) if name in self.splits else [given]
            found = [value for part in parts if (value := self._mapped(name, part)) not in (None, "")]
            if found:
                distinct = list(dict.fromkeys(map(str, found)))
                return distinct if len(parts) > 1 or name in self.splits else found[0]
        return self.values.get(name, {}).get("")

    def _mapped(self, name: str, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip()
            if self.strip_html:
                value = _without_html(value)
        if name in self.values:
            value = self.values[name].get(str(value), self.values[name].get("*", value))
        if name == "external_id" and value is not None:
            value = f"{self.prefix}{value}"
        column = by_name().get(name) or by_name().get(f"{name}_{language_codes()[0]}")
        if name in self.cut and column and column.length and isinstance(value, str):
            value = Truncator(value).chars(column.length)
        return value


def read_mapping(path: Path) -> Mapping:
    """Return the mapping in a file, or one that comes with the portal by its name (`participedia`). Raises FileError."""
    shipped = SHIPPED / f"{path.name}.toml"
    try:
        text = (path if path.exists() or not shipped.exists() else shipped).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(gettext("The mapping cannot be read: %(error)s") % {"error": error}) from error
    return mapping_of(text)


def mapping_of(text: str) -> Mapping:
    """Return the mapping that a TOML text says. Raises FileError, naming what is wrong."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileError(gettext("The mapping is no TOML: %(error)s") % {"error": error}) from error
    if wrong := [name for name, value in data.items() if name in _SHAPES and not _shaped(value, _SHAPES[name])]:
        words = gettext("These parts of the mapping are not written as they should be: %(names)s.")
        raise FileError(words % {"names": ", ".join(wrong)})
    options = data.get("options", {})
    ours = {*data.get("fields", {}), *data.get("constants", {}), *data.get("values", {}), *data.get("splits", {})}
    unknown = [*sorted(data.keys() - _SHAPES.keys()), *sorted(options.keys() - _OPTIONS.keys()), *sorted(ours - _known())]
    if unknown:
        raise FileError(gettext("The mapping names what does not exist: %(names)s.") % {"names": ", ".join(unknown)})
    constants = dict(data.get("constants", {}))
    if options.get("illustrative"):
        constants["illustrative"] = True
    return Mapping(
        fields={name: theirs if isinstance(theirs, list) else [theirs] for name, theirs in data.get("fields", {}).items()},
        constants=constants,
        values=data.get("values", {}),
        splits={name: sign for name, sign in data.get("splits", {}).items() if sign},
        formats=tuple(data.get("dates", {}).get("formats", ())),
        refuse=data.get("refuse", {}),
        language=options.get("language", ""),
        strip_html=bool(options.get("strip_html")),
        prefix=options.get("prefix", ""),
        cut=tuple(options.get("cut", ())),
    )


def _without_html(text: str) -> str:
    try:
        return unescape(strip_tags(text)).strip()
    except SuspiciousOperation:  # nested deeper than any text is: the columns take what they can of it
        return text


def _shaped(value: Any, shape: Any) -> bool:
    """Tell whether a value of a mapping is of a shape; names that a table does not have are told of elsewhere."""
    if isinstance(shape, tuple):
        return any(_shaped(value, one) for one in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(_shaped(one, shape[0]) for one in value)
    if isinstance(shape, dict):
        kinds = ((one, shape.get(name, shape.get("*"))) for name, one in value.items()) if isinstance(value, dict) else ()
        return isinstance(value, dict) and all(kind is None or _shaped(one, kind) for one, kind in kinds)
    return isinstance(value, shape)


def _known() -> set[str]:
    return {*by_name(), *word_fields(), "language"}
