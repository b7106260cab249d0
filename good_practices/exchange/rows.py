"""A row of a file becomes a record: values by column, or every reason why it cannot."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_unicode_slug
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from good_practices.exchange import cells, rich
from good_practices.exchange.cells import CellError, cut, fold, plain, restored, western
from good_practices.exchange.columns import Column, Kind, by_name, columns, word_fields
from good_practices.exchange.lists import Lists, NewOrganisation, UnknownError, kind_for
from good_practices.exchange.mapping import Mapping
from good_practices.exchange.reading import FileError, Row
from good_practices.models import LibraryPage
from portal.base.languages import language_codes

NAMESPACE = uuid.UUID("6f0a7d7e-2f34-4a6b-9a53-0f6d1a3c7b52")
"""Keys of practices are made of it and their identifier, so that a run that was cut off makes the same ones again."""
_FILE = "file:"
_MOST_ITEMS = 200


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row is refused: its number, the column (empty for the row as a whole), the value (cut) and words for people."""

    row: int
    column: str
    value: str
    message: str


@dataclass(slots=True)
class Record:
    """A row that can be read. `values` holds the columns that say something: "", [] or None empties a field."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def external_id(self) -> str:
        """The identifier elsewhere; "" for none."""
        return str(self.values.get("external_id") or "")

    @property
    def key(self) -> uuid.UUID:
        """The key that the practice is given if it is new."""
        found: uuid.UUID | None = self.values.get("key")
        return found or uuid.uuid5(NAMESPACE, self.external_id)

    def languages(self) -> list[str]:
        """Return the languages in which the row says any words."""
        said = {by_name()[name].language for name, value in self.values.items() if value not in ("", [])}
        return [language for language in language_codes() if language in said]


@dataclass(frozen=True, slots=True)
class Options:
    """How rows are read."""

    language: str = ""
    """The language of words whose column does not say it."""
    create_organisations: bool = False
    mapping: Mapping | None = None


class RowReader:
    """Reads rows with one set of code lists. `files` are the names that cells may mean by `file:`."""

    def __init__(self, options: Options, lists: Lists, has_file: Any = None) -> None:
        self._options, self._lists = options, lists
        self._has_file = has_file or (lambda name: False)
        self._titles = {fold(column.title): column.name for column in columns()}
        self._headers: dict[tuple[str, ...], Dict[str, str]] = {}

    def read(self, row: Row) -> tuple[Record | None, list[RowError]]:
        """Return the record of a row, or every error in it. Raises FileError where no column is known."""
        if self._options.mapping:
            row = self._options.mapping.apply(row)
        if row.fault:
            return None, [RowError(row.number, "", "", row.fault)]
        language = self._language(row)
        if language is None:
            return None, [_error(row, "language", row.cells.get("language"), gettext("The portal has no such language."))]
        record, errors = Record(row.number), []
        for header, name in self._names(row, language).items():
            try:
                self._cell(record, by_name()[name], row.cells[header], row.table)
            except CellError as error:
                errors.append(_error(row, header, row.cells[header], str(error)))
        errors += _of_the_whole(record, row)
        return (None if errors else record), errors

    def _language(self, row: Row) -> str | None:
        given = plain(row.cells.get("language") or "").casefold()[:2] or self._options.language
        if not given and self._options.mapping:
            given = self._options.mapping.language
        return given if not given or given in language_codes() else None

    def _names(self, row: Row, language: str) -> Dict[str, str]:
        """Return header -> column of a row; a header of words without a language takes that of the row."""
        known = (language, *row.cells)
        if known not in self._headers:
            if len(self._headers) > 1000:
                self._headers.clear()
            self._headers[known] = self._look_up(row, language)
        return self._headers[known]

    def _look_up(self, row: Row, language: str) -> Dict[str, str]:
        found: dict[str, str] = {}
        for header in row.cells:
            name = header.strip().lower().replace(" ", "_")
            if name in word_fields() and language:
                name = f"{name}_{language}"
            name = name if name in by_name() else self._titles.get(fold(header), "")
            if name and name not in found.values():
                found[header] = name
        if not found:
            raise FileError(gettext("No column of this file is known: take the names from the template."))
        return found

    def _cell(self, record: Record, column: Column, value: Any, table: bool) -> None:
        if value is None or (table and plain(value) == ""):
            return
        if table and isinstance(value, str):
            value = "" if plain(value) == cells.CLEAR else restored(value.strip())
        value = self._value(column, value)
        if column.required and value in ("", []):
            raise CellError(gettext("This cannot be empty."))
        record.values[column.name] = value

    def _value(self, column: Column, value: Any) -> Any:
        match column.kind:
            case Kind.CODES:
                parts = value if isinstance(value, list) else plain(value).replace("؛", ";").split(";")
                return list(dict.fromkeys(self._code(column, part) for part in map(plain, parts) if part))
            case Kind.LINES:
                items = [plain(one) for one in value] if isinstance(value, list) else cells.from_lines(plain(value))
                return self._lines(column, items)
            case Kind.FLAG:
                return cells.flag_of(value)
        if isinstance(value, list | dict):
            raise CellError(gettext("One value is expected here, not several."))
        if value == "" or plain(value) == "":
            return "" if column.kind not in (Kind.DATE, Kind.MOMENT, Kind.KEY) else None
        return self._single(column, value)

    def _single(self, column: Column, value: Any) -> Any:
        formats = self._options.mapping.formats if self._options.mapping else ()
        match column.kind:
            case Kind.CODE:
                return self._code(column, _whole(value))
            case Kind.DATE:
                return cells.date_of(value, formats)
            case Kind.MOMENT:
                return _past(cells.moment_of(value))
            case Kind.KEY:
                return _key(plain(value))
            case Kind.FILE:
                return self._file(plain(value).removeprefix(_FILE))
            case Kind.RICH:
                return rich.from_cell(_fitting(column, plain(value)))
            case _:
                return _text(column, _whole(value))

    def _code(self, column: Column, text: str) -> Any:
        try:
            return self._lists[column.codes].find(text)
        except UnknownError:
            if column.codes == "organisations" and self._options.create_organisations:
                return NewOrganisation(text[:200], kind_for(column.name))
            raise

    def _lines(self, column: Column, items: Sequence[str]) -> list[Any]:
        if len(items) > _MOST_ITEMS:
            raise CellError(ngettext("At most %d line.", "At most %d lines.", _MOST_ITEMS) % _MOST_ITEMS)
        if column.name == "figures":
            return [_figure(item) for item in items]
        if column.name == "evidence":
            return [self._evidence(item) for item in items]
        return [_fitting(column, item) for item in items]

    def _evidence(self, item: str) -> str:
        if item.startswith(_FILE):
            return f"{_FILE}{self._file(item.removeprefix(_FILE).strip())}"
        return _link(item) if item else ""

    def _file(self, name: str) -> str:
        if not self._has_file(name):
            raise CellError(gettext("There is no file of this name, neither in the archive nor in the portal."))
        return name


def _error(row: Row, column: str, value: Any, message: str) -> RowError:
    return RowError(row.number, column, "" if value is None else cut(value), message)


def _whole(value: Any) -> str:
    """Return a cell as text; a whole number that a workbook keeps as a float is written without its fraction."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else plain(value)


def _fitting(column: Column, text: str) -> str:
    if column.length and len(text) > column.length:
        words = gettext("This is too long: %(given)d characters, at most %(most)d.")
        raise CellError(words % {"given": len(text), "most": column.length})
    return text


def _text(column: Column, text: str) -> str:
    _fitting(column, text)
    if column.kind == Kind.LINK:
        return _link(text)
    if column.kind == Kind.SLUG:
        try:
            validate_unicode_slug(text)
        except ValidationError:
            raise CellError(gettext("Only letters, digits and hyphens can stand in an address.")) from None
        if text in LibraryPage.RESERVED_SLUGS:
            raise CellError(gettext("This address belongs to the library: choose another."))
    return text


def _link(text: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        raise CellError(gettext("This is no address: write it whole, beginning with https://.")) from None
    if len(text) > 200:
        raise CellError(gettext("This address is too long: at most 200 characters."))
    return text


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise CellError(gettext("This is no key of the portal: leave it empty for a new practice.")) from None


def _past(moment: datetime.datetime) -> datetime.datetime:
    if moment > timezone.now():
        raise CellError(gettext("This date is in the future."))
    return moment


def _figure(item: str) -> tuple[Decimal, str]:
    number, _space, unit = item.partition(" ")
    try:
        value = Decimal(western(number).replace(",", "."))
        fits = value.is_finite() and abs(value) < Decimal(10) ** 12 and value == round(value, 2)
    except InvalidOperation:
        fits = False
    if not fits or len(unit.strip()) > 30:
        raise CellError(gettext("Write a number with two decimals at most, a space, and the unit: 12.5 km."))
    return value, unit.strip()


def _of_the_whole(record: Record, row: Row) -> list[RowError]:
    """Return what is wrong with a row although each of its cells can be read."""
    errors = []
    if not record.external_id and not record.values.get("key"):
        words = gettext("Each row needs an identifier of its own, always the same, for example our-association-2020-1.")
        errors.append(_error(row, "external_id", None, words))
    figures = record.values.get("figures")
    for language in language_codes():
        name = f"figure_labels_{language}"
        if figures is not None and len(record.values.get(name, ())) > len(figures):
            errors.append(_error(row, name, None, gettext("There are more lines than figures.")))
    return errors
