"""Practices as CSV, XLSX and JSON, written as they are read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO

from django.utils.translation import get_language_bidi, gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from good_practices.exchange.cells import neutralised
from good_practices.exchange.columns import Column, Kind, columns
from good_practices.exchange.lists import SHORT, named
from good_practices.exchange.practices import as_cell
from good_practices.exchange.reading import LONG_SHEET

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LONGEST_CELL = 32_000
"""Characters of a cell of a workbook, below Excel's 32,767: what is longer goes on in a sheet of its own."""
TEMPLATE_ROWS = 5000
"""Rows of the template that have drop-downs."""
_SHEET_NAME = 31


def as_csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of a CSV file (RFC 4180) with a byte order mark, for Excel; nothing in it is obeyed as a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([column.name for column in columns()])
    for values in rows:
        writer.writerow([neutralised(as_cell(column, values[column.name])) for column in columns()])
        yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def as_json(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield a JSON list, one practice a line; what is empty is left out."""
    yield "["
    separator = "\n"
    for values in rows:
        kept = {name: value for name, value in values.items() if value not in ("", [])}
        yield separator + json.dumps(kept, ensure_ascii=False)
        separator = ",\n"
    yield "\n]\n"


def as_xlsx(rows: Iterable[dict[str, Any]]) -> BinaryIO:
    """Return a workbook of practices, open at its beginning: a frozen, styled header, and the code lists with drop-downs."""
    book = Workbook(write_only=True)
    sheet, long = _sheet(book, gettext("Practices")), book.create_sheet(LONG_SHEET)
    long.sheet_state = "hidden"
    sheet.append([_head(sheet, column.name) for column in columns()])
    number = 1
    for number, values in enumerate(rows, 2):
        cells = [neutralised(as_cell(column, values[column.name])) for column in columns()]
        sheet.append([_text(sheet, cell[:LONGEST_CELL]) for cell in cells])
        for column, cell in zip(columns(), cells, strict=True):
            for start in range(LONGEST_CELL, len(cell), LONGEST_CELL):
                long.append([number, column.name, _text(long, cell[start : start + LONGEST_CELL])])
    _drop_downs(book, sheet, list(columns()), 2, number)
    return _saved(book)


def template() -> BinaryIO:
    """Return an empty workbook to fill in, in the active language: names of columns, their meaning, code lists."""
    book = Workbook(write_only=True)
    sheet = _sheet(book, gettext("Practices"), frozen="B3")
    wanted = [column for column in columns() if column.field not in ("key", "inspired_by", "published_at", "slug")]
    for at, column in enumerate(wanted, 1):
        sheet.column_dimensions[get_column_letter(at)].width = 40 if column.kind in (Kind.TEXT, Kind.RICH) else 20
    sheet.append([_head(sheet, column.name) for column in wanted])
    labels = [f"{column.title}{' *' if column.required else ''}" for column in wanted]
    sheet.append([_note(sheet, f"# {label}" if at == 0 else label) for at, label in enumerate(labels)])
    _drop_downs(book, sheet, wanted, 3, TEMPLATE_ROWS)
    meanings = _sheet(book, gettext("Columns"))
    for column in wanted:
        meanings.append([_text(meanings, text) for text in (column.name, column.title, str(column.help))])
    return _saved(book)


def _sheet(book: Any, title: str, frozen: str = "B2") -> Any:
    sheet = book.create_sheet(title[:_SHEET_NAME])
    sheet.sheet_view.rightToLeft = get_language_bidi()
    sheet.freeze_panes = frozen
    return sheet


def _text(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet)
    if text:
        cell.value = text
        cell.data_type = "s"  # a text that looks like a formula stays a text
    return cell


def _head(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F5C4D")
    return cell


def _note(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.alignment = Font(italic=True), Alignment(wrap_text=True, vertical="top")
    return cell


def _drop_downs(book: Any, sheet: Any, wanted: list[Column], first: int, last: int) -> None:
    """Add the code lists as a sheet, and let the cells of `wanted` that take one value choose from them."""
    lists = _sheet(book, gettext("Lists"))
    entries = {name: named(name) for name in SHORT}
    lists.append([_head(lists, part) for name in SHORT for part in (name, gettext("name"))])
    for at in range(max(map(len, entries.values()))):
        pairs = (found[at] if at < len(found) else ("", "") for found in entries.values())
        lists.append([_text(lists, text) for pair in pairs for text in pair])
    for at, column in enumerate(wanted, 1):
        if column.kind != Kind.CODE or column.codes not in SHORT or last < first:
            continue
        letter = get_column_letter(1 + 2 * SHORT.index(column.codes))
        title = lists.title.replace("'", "''")
        source = f"'{title}'!${letter}$2:${letter}${1 + len(entries[column.codes])}"
        validation = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
        validation.add(f"{get_column_letter(at)}{first}:{get_column_letter(at)}{last}")
        sheet.data_validations.append(validation)


def _saved(book: Any) -> BinaryIO:
    file: Any = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file


def write(rows: Iterable[dict[str, Any]], path: Path, kind: str) -> None:
    """Write practices into a file of a kind (`csv`, `json`, `jsonl`, `xlsx`)."""
    if kind == "xlsx":
        with as_xlsx(rows) as book, path.open("wb") as stream:
            while block := book.read(1 << 20):
                stream.write(block)
        return
    parts = as_csv(rows) if kind == "csv" else as_json(rows) if kind == "json" else as_json_lines(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(parts)


def as_json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield JSON Lines, a practice each."""
    for values in rows:
        yield json.dumps({name: value for name, value in values.items() if value not in ("", [])}, ensure_ascii=False) + "\n"
