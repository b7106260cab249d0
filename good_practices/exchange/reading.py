"""Files as rows: CSV in any usual encoding and delimiter, XLSX, JSON Lines and JSON. Rows are read one by one."""

from __future__ import annotations

import csv
import json
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes
from django.utils.translation import gettext
from openpyxl import load_workbook

LONG_SHEET = "_long"
"""The sheet that holds what is longer than a cell of a workbook can be."""
MOST_COLUMNS = 400
MOST_UNPACKED = 1_000_000_000
"""Bytes that a workbook may unpack to."""
MOST_RATIO = 200
"""How many times larger than itself a workbook may unpack to, beyond the first hundred megabytes."""
_HARMLESS = 100_000_000
_SAMPLE = 300_000
_DELIMITERS = ",;\t|"


class FileError(ValueError):
    """A file that cannot be read at all; its text is for the facilitator."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file: its number as a person counts it (the header is row 1; in JSON, the line), and its cells by header.

    `table`: its text cells come from a table, where `-` clears and formulas were neutralised. `fault` says why it cannot be read.
    """

    number: int
    cells: dict[str, Any]
    table: bool = True
    fault: str = ""


def rows_of(path: Path) -> Iterator[Row]:
    """Yield the rows of a file, whatever it is called: what it is is seen in it. Raises FileError."""
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE)
    if not start.strip():
        raise FileError(gettext("The file is empty."))
    if start.startswith(b"PK\x03\x04"):
        return _workbook(path)
    if start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise FileError(gettext("This kind of file cannot be read: save it as XLSX, CSV or JSON Lines."))
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"{"):
        return _json_lines(path)
    return _json_list(path) if text.startswith(b"[") else _table(path, start)


def encoding_of(start: bytes, whole: bool = True) -> str:
    """Return the encoding of a text from its beginning: UTF-8, UTF-16, else what Arabic and French letters make likely."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        start.decode("utf-8-sig") if whole else start[: start.rfind(b"\n") + 1 or None].decode("utf-8-sig")
    except UnicodeDecodeError:
        return _legacy(start)
    return "utf-16-le" if start[1:2] == b"\0" else "utf-16-be" if start[:1] == b"\0" else "utf-8-sig"


def _legacy(start: bytes) -> str:
    """Choose between the Windows pages of Arabic and French: Arabic words are runs of high bytes, French has single ones."""
    runs = [len(run) for run in _high_runs(start)]
    if runs and sum(runs) / len(runs) >= 2:
        return "cp1256"
    best = from_bytes(start, cp_isolation=["cp1252", "cp1256", "mac_roman"]).best()
    return best.encoding if best else "cp1252"


def _high_runs(data: bytes) -> Iterator[bytes]:
    yield from data.translate(bytes(one if one >= 0x80 else 0x20 for one in range(256))).split()


def _table(path: Path, start: bytes) -> Iterator[Row]:
    encoding = encoding_of(start, whole=len(start) < _SAMPLE)
    csv.field_size_limit(sys.maxsize if sys.maxsize < 2**31 else 2**31 - 1)
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        lines = (line.replace("\0", "") for line in stream)
        delimiter = delimiter_of(start.decode(encoding, errors="replace"))
        reader = csv.reader(lines, delimiter=delimiter)
        header: list[str] | None = None
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Row(number, {}, fault=str(error))
                continue
            if header is None:
                header = _header(cells)
            elif any(cell.strip() for cell in cells):
                yield _row(number, header, cells)


def delimiter_of(text: str) -> str:
    """Return what separates the cells of the first line: the one of `, ; tab |` that stands there most, outside quotes."""
    counts, quoted = dict.fromkeys(_DELIMITERS, 0), False
    for char in text.lstrip("\ufeff"):
        if char == '"':
            quoted = not quoted
        elif char in "\r\n" and not quoted:
            break
        elif char in counts and not quoted:
            counts[char] += 1
    return max(_DELIMITERS, key=lambda one: counts[one])


def _header(cells: list[Any]) -> list[str]:
    names = [str(cell).strip() if cell is not None else "" for cell in cells][:MOST_COLUMNS]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise FileError(gettext("The first row has to hold the names of the columns."))
    given = [name for name in names if name]
    if doubles := sorted({name for name in given if given.count(name) > 1}):
        raise FileError(gettext("Two columns have the same name: %(names)s.") % {"names": ", ".join(doubles)[:200]})
    return names


def _row(number: int, header: list[str], cells: list[Any]) -> Row:
    surplus = [cell for cell in cells[len(header) :] if cell not in (None, "")]
    named = dict(zip(header, cells, strict=False))
    named.pop("", None)
    fault = gettext("The row has more cells than the header: a separator or a quotation mark is amiss.") if surplus else ""
    return Row(number, named, fault=fault)


def _workbook(path: Path) -> Iterator[Row]:
    _check_size(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise FileError(gettext("The workbook cannot be read: it is damaged, or locked by a password.")) from error
    try:
        long = _long_texts(book)
        sheet = next((one for one in book.worksheets if one.sheet_state == "visible" and one.title != LONG_SHEET), None)
        if sheet is None:
            raise FileError(gettext("The workbook has no visible sheet."))
        sheet.reset_dimensions()
        header: list[str] | None = None
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
            if not any(cell not in (None, "") for cell in cells):
                continue
            if header is None:
                header = _header(list(cells))
            elif not (number == 2 and str(cells[0]).startswith("#")):
                yield _continued(_row(number, header, list(cells)), long)
    except (zipfile.BadZipFile, KeyError, SyntaxError, ValueError) as error:
        raise error if isinstance(error, FileError) else FileError(gettext("The workbook is damaged.")) from error
    finally:
        book.close()


def _continued(row: Row, long: dict[int, dict[str, str]]) -> Row:
    for name, rest in long.get(row.number, {}).items():
        row.cells[name] = f"{row.cells.get(name) or ''}{rest}"
    return row


def _long_texts(book: Any) -> dict[int, dict[str, str]]:
    """Return row -> column -> what goes on from its cell."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    if LONG_SHEET in book.sheetnames:
        for number, name, text in book[LONG_SHEET].iter_rows(values_only=True, max_col=3):
            if isinstance(number, int) and name:
                found[number][name] = found[number].get(name, "") + (text or "")
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


def _json_lines(path: Path) -> Iterator[Row]:
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):  # lines of bytes end with LF alone: U+2028 is text
            if line.strip():
                yield _json_row(number, line)


def _json_row(number: int, line: bytes) -> Row:
    try:
        return _object(number, json.loads(line.decode("utf-8-sig")))
    except (ValueError, RecursionError):
        return Row(number, {}, table=False, fault=gettext("This line is no JSON."))


def _json_list(path: Path) -> Iterator[Row]:
    """Yield the objects of a JSON list, one at a time where each stands on its own line as exports write them."""
    with path.open("rb") as stream:
        first, second = stream.readline().strip(), stream.readline().strip()
        if first != b"[" or _json_row(2, second.removesuffix(b",")).fault:
            yield from _whole_list(path)
            return
        yield _json_row(2, second.removesuffix(b","))
        for number, line in enumerate(stream, 3):
            text = line.strip()
            if text and text != b"]":
                yield _json_row(number, text.removesuffix(b","))


def _whole_list(path: Path) -> Iterator[Row]:
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FileError(gettext("The file is no JSON.")) from error
    if not isinstance(found, list):
        raise FileError(gettext("The file holds no list of practices."))
    for number, one in enumerate(found, 2):
        yield _object(number, one)


def _object(number: int, found: Any) -> Row:
    if isinstance(found, dict):
        return Row(number, {str(name): value for name, value in found.items()}, table=False)
    return Row(number, {}, table=False, fault=gettext("This line is no object with fields."))
