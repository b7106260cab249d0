"""Workbooks (Office Open XML, ISO/IEC 29500): the sheet and the row that hold the names of columns, and what is below."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext
from openpyxl import load_workbook

from good_practices.exchange.reading.rows import LEADING, MOST_COLUMNS, FileError, Known, Row, header_at, header_of, row_of

LONG_SHEET = "_long"
"""The sheet that holds what is longer than a cell of a workbook can be."""
MOST_UNPACKED = 1_000_000_000
"""Bytes that a workbook may unpack to."""
MOST_RATIO = 200
"""How many times larger than itself a workbook may unpack to, beyond the first hundred megabytes."""
_HARMLESS = 100_000_000
_MOST_SHEETS = 20
_BLOCK = 1 << 20
_COMPUTED = re.compile(rb'<f[ >/]|\bt="e"')
"""A formula, or a value that is an error, in the XML of a sheet."""


def workbook_rows(path: Path, known: Known | None) -> Iterator[Row]:
    """Yield the rows of a workbook below its header. Raises FileError."""
    _check_size(path)
    with _opened(path, values=True) as book:
        try:
            yield from _rows(path, book, known)
        except (zipfile.BadZipFile, KeyError, SyntaxError, ValueError, TypeError) as error:
            raise error if isinstance(error, FileError) else FileError(gettext("The workbook is damaged.")) from error


def _rows(path: Path, book: Any, known: Known | None) -> Iterator[Row]:
    sheet, place = _chosen(book, known)
    long = _long_texts(book)
    doubts = _doubts(path, book.worksheets.index(sheet)) if _computes(path, sheet) else {}
    header: list[str] = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), 1):
        if number == place:
            header = header_of(cells)
        elif number > place and (number in doubts or _says_something(number - place, cells)):
            yield _with(row_of(number, header, cells), header, long.get(number, {}), doubts.get(number, {}))


def _says_something(below: int, cells: Sequence[Any]) -> bool:
    """Tell whether a row is filled in; the one below the header that begins with `#` explains the columns."""
    return any(cell not in (None, "") for cell in cells) and not (below == 1 and str(cells[0]).startswith("#"))


@contextmanager
def _opened(path: Path, values: bool) -> Iterator[Any]:
    """Open a workbook whatever it is called: openpyxl asks for an ending where it is given a name."""
    with path.open("rb") as stream:
        try:
            book = load_workbook(stream, read_only=True, data_only=values)
        except Exception as error:  # openpyxl raises whatever its parsers do
            raise FileError(gettext("The workbook cannot be read: it is damaged, or locked by a password.")) from error
        try:
            yield book
        finally:
            book.close()


def _chosen(book: Any, known: Known | None) -> tuple[Any, int]:
    """Return the visible sheet whose header has the most names that are known, and the number of that row."""
    best: tuple[int, Any, int] | None = None
    visible = (one for one in book.worksheets if one.sheet_state == "visible" and one.title != LONG_SHEET)
    for sheet in islice(visible, _MOST_SHEETS):
        sheet.reset_dimensions()
        numbered = enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), 1)
        rows = list(islice(((at, row) for at, row in numbered if any(cell not in (None, "") for cell in row)), LEADING))
        score, place = header_at([row for _at, row in rows], known)
        if best is None or score > best[0] or (not best[2] and rows):
            best = (score, sheet, rows[place][0] if rows else 0)
    if best is None:
        raise FileError(gettext("The workbook has no visible sheet."))
    if not best[2]:
        raise FileError(gettext("The file is empty."))
    return best[1:]


def _with(row: Row, header: Sequence[str], long: dict[str, str], doubts: dict[int, str]) -> Row:
    """Return a row with what goes on in another sheet, and with why values of its formulas cannot be had."""
    for name, rest in long.items():
        row.cells[name] = f"{row.cells.get(name) or ''}{rest}"
    faults = {header[at]: words for at, words in doubts.items() if at < len(header) and header[at]}
    return replace(row, faults={**row.faults, **faults}) if faults else row


def _long_texts(book: Any) -> dict[int, dict[str, str]]:
    """Return row -> column -> what goes on from its cell."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    if LONG_SHEET in book.sheetnames:
        for number, name, text in book[LONG_SHEET].iter_rows(values_only=True, max_col=3):
            if isinstance(number, int) and name:
                found[number][name] = found[number].get(name, "") + (text or "")
    return found


def _computes(path: Path, sheet: Any) -> bool:
    """Tell whether a sheet has formulas or errors: only then each of its cells is asked."""
    with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path) as stream:
        end = b""
        while block := stream.read(_BLOCK):
            if _COMPUTED.search(end + block):
                return True
            end = block[-8:]
    return False


def _doubts(path: Path, at: int) -> dict[int, dict[int, str]]:
    """Return row -> place -> why there is no value: a formula that nobody computed, or one that came to an error."""
    never = gettext("This is a formula without its result: open the workbook, save it, and import it again.")
    wrong = gettext("This formula has come to an error.")
    found: dict[int, dict[int, str]] = defaultdict(dict)
    with _opened(path, values=True) as values, _opened(path, values=False) as formulas:
        sheets = [book.worksheets[at] for book in (values, formulas)]
        for sheet in sheets:
            sheet.reset_dimensions()
        pairs = zip(*(sheet.iter_rows(max_col=MOST_COLUMNS) for sheet in sheets), strict=False)
        for number, rows in enumerate(pairs, 1):
            for place, (value, formula) in enumerate(zip(*rows, strict=False)):
                if value.data_type == "e":
                    found[number][place] = wrong
                elif formula.data_type == "f" and value.value is None:
                    found[number][place] = never
    return found


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        raise FileError(gettext("The workbook is damaged.")) from error
    if unpacked > MOST_UNPACKED or (unpacked > _HARMLESS and unpacked > MOST_RATIO * path.stat().st_size):
        raise FileError(gettext("The workbook unpacks to too much: it is refused."))
    if "xl/workbook.xml" not in names:
        raise FileError(gettext("This archive is no workbook."))
