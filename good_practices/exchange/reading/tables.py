"""Tables as text: CSV in any usual encoding and delimiter, wherever its header stands."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext

from good_practices.exchange.reading.encodings import LOST, encoding_of
from good_practices.exchange.reading.rows import LEADING, Known, Row, header_at, header_of, row_of

_SAMPLE = 300_000
_DELIMITERS = ",;\t|"
_HINT = re.compile(r"sep=(.)\r?\n?", re.I)
"""The line by which spreadsheets are told what separates cells."""


def table_rows(path: Path, known: Known | None) -> Iterator[Row]:
    """Yield the rows of a table below its header. Raises FileError."""
    encoding, sure = encoding_of(path)
    csv.field_size_limit(sys.maxsize if sys.maxsize < 2**31 else 2**31 - 1)
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        delimiter, place = _layout(stream.read(_SAMPLE), known)
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        for row in _below(place, _records(stream, delimiter)):
            yield row if sure else _damaged(row)


def _layout(text: str, known: Known | None) -> tuple[str, int]:
    """Return what separates the cells, and the place of the header: those that give the most columns that are known."""
    text = text.lstrip("\ufeff").replace("\0", "")
    if hint := _HINT.match(text):
        return hint[1], 1 + header_at(_first(text[hint.end() :], hint[1]), known)[1]
    likely = delimiter_of(text)
    found = [(header_at(_first(text, one), known), one) for one in (likely, *_DELIMITERS)]
    best = max(score for (score, _place), _one in found)
    return next((one, place) for (score, place), one in found if score == best)


def _first(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), LEADING))
    except csv.Error:
        return []


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


class _Lines:
    """The lines of a text, without what no file can carry; counts the quotation marks given so far."""

    def __init__(self, stream: Iterable[str]) -> None:
        self._stream = iter(stream)
        self.quotes = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._stream).replace("\0", "")
        self.quotes += line.count('"')
        return line


def _records(stream: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield the number, the cells and the fault of every record."""
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        line, quotes = reader.line_num, lines.quotes
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, [], gettext("This row cannot be read as part of a table (%(error)s).") % {"error": error}
            continue
        unclosed = reader.line_num - line > 1 and (lines.quotes - quotes) % 2
        yield number, cells, gettext("A quotation mark is opened and not closed.") if unclosed else ""


def _below(place: int, records: Iterable[tuple[int, list[str], str]]) -> Iterator[Row]:
    header: list[str] = []
    for number, cells, fault in records:
        if number == place + 1:
            header = header_of(cells)
        elif number > place and fault:
            yield Row(number, {}, faults={"": fault})
        elif number > place and any(cell.strip() for cell in cells):
            yield row_of(number, header, cells)


def _damaged(row: Row) -> Row:
    """Return a row of a file of which not every byte is known to mean something, with the cells in which letters are lost."""
    lost = gettext("Letters of this cell cannot be read: save the file as UTF-8.")
    faults = {name: lost for name, cell in row.cells.items() if isinstance(cell, str) and LOST in cell}
    return replace(row, faults={**faults, **row.faults}) if faults else row
