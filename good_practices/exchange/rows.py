"""A row of a file becomes a record: values by column, or every reason why it cannot."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext, ngettext

from good_practices.exchange import cells, rich
from good_practices.exchange.cells import CellError, cut, fold, plain, restored
from good_practices.exchange.columns import Column, Kind, by_name
from good_practices.exchange.headers import LANGUAGES, Headers, doubles, named
from good_practices.exchange.lists import Lists, NewOrganisation, UnknownError, kind_for
from good_practices.exchange.mapping import Mapping
from good_practices.exchange.reading import Row
from good_practices.exchange.values import figure_of, fitting, key_of, link_of, past, text_of, whole
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
    """Reads rows with one set of code lists. `refuses` says why the file that a cell names cannot be taken."""

    def __init__(self, options: Options, lists: Lists, refuses: Callable[[str], str]) -> None:
        self._options, self._lists = options, lists
        self._refuses = refuses
        self._headers = Headers()

    def read(self, row: Row) -> tuple[Record | None, list[RowError]]:
        """Return the record of a row, or every error in it. Raises FileError where no column is known."""
        if mapping := self._options.mapping:
            if refused := mapping.refusal(row):
                name, value, words = refused
                return None, [RowError(row.number, name, cut(value), words)]
            row = mapping.apply(row)
        errors = [_error(row, name, row.cells.get(name), words) for name, words in row.faults.items()]
        language = self._language(row)
        if "" in row.faults:
            return None, errors
        if language is None:
            return None, [*errors, self._error(row, "language", gettext("The portal has no such language."))]
        record = Record(row.number)
        names = self._headers.names(tuple(row.cells), language)
        words = gettext("This column says the same as another: keep one of them.")
        errors += [self._error(row, header, words) for header in doubles(names)]
        for header, name in names.items():
            try:
                self._cell(record, by_name()[name], row.cells[header], row.table)
            except CellError as error:
                errors.append(self._error(row, header, str(error)))
        errors += _of_the_whole(record, row)
        return (None if errors else record), errors

    def knows(self, header: str) -> bool:
        """Tell whether a header is read."""
        mapping = self._options.mapping
        return mapping.knows(header) if mapping else self._headers.knows(header)

    @property
    def left_out(self) -> list[str]:
        """The headers met so far that nobody knows."""
        return list(self._headers.unknown)

    def told(self, error: RowError) -> RowError:
        """Return an error as whoever has the file reads it: with the names of its own columns."""
        mapping = self._options.mapping
        return replace(error, column=mapping.their(error.column)) if mapping else error

    def _error(self, row: Row, header: str, message: str) -> RowError:
        return self.told(_error(row, header, row.cells.get(header), message))

    def _language(self, row: Row) -> str | None:
        """Return the language of a row's words; "" where only the columns say it, None for one that the portal does not have."""
        header = next((one for one in row.cells if named(one) == "language"), "")
        said = plain(row.cells.get(header) or "")
        if not said:
            said = self._options.language or (self._options.mapping.language if self._options.mapping else "")
        given = LANGUAGES.get(fold(said), said.casefold()[:2])
        return given if not given or given in language_codes() else None

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
                return self._code(column, whole(value))
            case Kind.DATE:
                return cells.date_of(value, formats)
            case Kind.MOMENT:
                return past(cells.moment_of(value))
            case Kind.KEY:
                return key_of(plain(value))
            case Kind.FILE:
                return self._file(plain(value).removeprefix(_FILE))
            case Kind.RICH:
                return rich.from_cell(fitting(column, plain(value)))
            case _:
                return text_of(column, whole(value))

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
            return [figure_of(item) for item in items]
        if column.name == "evidence":
            return [self._evidence(item) for item in items]
        return [fitting(column, item) for item in items]

    def _evidence(self, item: str) -> str:
        if item.startswith(_FILE):
            return f"{_FILE}{self._file(item.removeprefix(_FILE).strip())}"
        return link_of(item) if item else ""

    def _file(self, name: str) -> str:
        if reason := self._refuses(name):
            raise CellError(reason)
        return name


def _error(row: Row, column: str, value: Any, message: str) -> RowError:
    return RowError(row.number, column, "" if value is None else cut(value), message)


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
