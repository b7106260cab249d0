"""A mapping file (TOML): which column of somebody's file is which field of ours, and how its values are read.

[fields]                      # our column = their column, or several to be joined
title = "name"
[constants]                   # our column = the same value in every row
instrument = "other"
[values.outcome]              # their value = our value; "*" for all others, "" for none
accepted = "accepted"
[splits]                      # our column = what separates the values in one cell
[dates]                       # formats = ["%d/%m/%y"] (strptime)
[refuse.kind]                 # their column: value = why its rows are refused ("" for a plain sentence)
[options]                     # language, strip_html = true, illustrative = true, prefix = "source:", cut = ["summary"]
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext

from good_practices.exchange.columns import by_name, word_fields
from good_practices.exchange.reading import FileError, Row
from portal.base.languages import language_codes

SHIPPED = Path(__file__).parent / "mappings"
_SECTIONS = {"fields", "constants", "values", "splits", "dates", "refuse", "options"}
_OPTIONS = {"language", "strip_html", "illustrative", "prefix", "cut"}


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the rows of a file become rows with our columns."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    splits: dict[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ()
    refuse: dict[str, dict[str, str]] = field(default_factory=dict)
    language: str = ""
    strip_html: bool = False
    prefix: str = ""
    cut: tuple[str, ...] = ()

    def apply(self, row: Row) -> Row:
        """Return the row with our columns; one that the mapping refuses has its reason as its fault."""
        fault = row.fault or self._refusal(row)
        cells = {name: value for name, theirs in self.fields.items() if (value := self._value(name, theirs, row)) is not None}
        return Row(row.number, {**self.constants, **cells}, table=False, fault=fault)

    def _refusal(self, row: Row) -> str:
        for name, reasons in self.refuse.items():
            value = str(row.cells.get(name) or "")
            if value in reasons:
                return reasons[value] or gettext("The mapping refuses rows whose %(column)s is “%(value)s”.") % {
                    "column": name,
                    "value": value,
                }
        return ""

    def _value(self, name: str, theirs: list[str], row: Row) -> Any:
        """Return the first of their columns that is filled in, as our column takes it; None where there is none."""
        for one in theirs:
            given = row.cells.get(one)
            if given in (None, "", []):
                continue
            parts = given if isinstance(given, list) else str(given).split(self.splits[name]) if name in self.splits else [given]
            found = [value for part in parts if (value := self._mapped(name, part)) not in (None, "")]
            if found:
                distinct = list(dict.fromkeys(map(str, found)))
                return distinct if len(parts) > 1 or name in self.splits else found[0]
        table = self.values.get(name, {})
        return table.get("", None)

    def _mapped(self, name: str, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip()
            if self.strip_html:
                value = unescape(strip_tags(value)).strip()
        if name in self.values:
            value = self.values[name].get(str(value), self.values[name].get("*"))
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
    except tomllib.TOMLDecodeError as error:
        raise FileError(gettext("The mapping is no TOML: %(error)s") % {"error": error}) from error
    options = data.get("options", {})
    ours = {*data.get("fields", {}), *data.get("constants", {}), *data.get("values", {}), *data.get("splits", {})}
    unknown = [*sorted(data.keys() - _SECTIONS), *sorted(options.keys() - _OPTIONS), *sorted(ours - _known())]
    if unknown:
        raise FileError(gettext("The mapping names what does not exist: %(names)s.") % {"names": ", ".join(unknown)})
    constants = dict(data.get("constants", {}))
    if options.get("illustrative"):
        constants["illustrative"] = True
    return Mapping(
        fields={name: theirs if isinstance(theirs, list) else [theirs] for name, theirs in data.get("fields", {}).items()},
        constants=constants,
        values=data.get("values", {}),
        splits=data.get("splits", {}),
        formats=tuple(data.get("dates", {}).get("formats", ())),
        refuse=data.get("refuse", {}),
        language=options.get("language", ""),
        strip_html=bool(options.get("strip_html")),
        prefix=options.get("prefix", ""),
        cut=tuple(options.get("cut", ())),
    )


def _known() -> set[str]:
    return {*by_name(), *word_fields(), "language"}
