"""JSON as rows: JSON Lines, the lists that exports write, and any other list or row of objects (RFC 8259)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from good_practices.exchange.reading.encodings import encoding_of
from good_practices.exchange.reading.rows import FileError, Row

_LEADING = 5
"""Lines at the beginning of which one has to be an object for a file to be JSON Lines."""
_SPACE = re.compile(r"[\s,]*")


def json_rows(path: Path) -> Iterator[Row]:
    """Yield the objects of a file, one by one where each stands on a line of its own. Raises FileError."""
    first = [text for _number, text in islice(_lines(path), _LEADING)]
    if any(isinstance(_loaded(text.removesuffix(",")), dict) for text in first):
        return _by_line(path)
    return _whole(path)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines that have any; they end with LF alone, for U+2028 is text."""
    encoding, _sure = encoding_of(path)
    with path.open(encoding=encoding, errors="surrogateescape", newline="\n") as stream:
        for number, line in enumerate(stream, 1):
            if text := line.strip():
                yield number, text


def _loaded(text: str) -> Any:
    """Return what JSON says; None for what is no JSON."""
    try:
        text.encode()  # bytes that meant no letter are lone surrogates now
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _by_line(path: Path) -> Iterator[Row]:
    opened = False
    for number, text in _lines(path):
        if not opened and text == "[":
            opened = True
        elif not (opened and text == "]"):
            found = _loaded(text.removesuffix(",") if opened else text)
            if found is None and text != "null":
                yield Row(number, {}, table=False, faults={"": gettext("This line is no JSON.")})
            else:
                yield _object(number, found)


def _whole(path: Path) -> Iterator[Row]:
    """Yield the objects of a list, of the one list in an object, or of a file of objects, with the lines they begin on."""
    encoding, _sure = encoding_of(path)
    text = path.read_text(encoding=encoding, errors="surrogateescape")
    if text.lstrip().startswith("{"):
        found, _line = _next(text, _SPACE.match(text).end(), 1)  # type: ignore[union-attr]
        lists = [value for value in found[0].values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        if len(lists) == 1:
            return iter([_object(number, one) for number, one in enumerate(lists[0], 1)])
        return iter(list(_one_by_one(text, 0, "")))
    return iter(list(_one_by_one(text, text.index("[") + 1, "]")))


def _one_by_one(text: str, start: int, end: str) -> Iterator[Row]:
    line, at = 1 + text.count("\n", 0, start), start
    while True:
        begin = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        line += text.count("\n", at, begin)
        if text[begin : begin + 1] == end:
            return
        (found, at), _line = _next(text, begin, line)
        yield _object(line, found)
        line += text.count("\n", begin, at)


def _next(text: str, begin: int, line: int) -> tuple[tuple[Any, int], int]:
    try:
        found = json.JSONDecoder().raw_decode(text, begin)
    except (ValueError, RecursionError) as error:
        line += text.count("\n", begin, getattr(error, "pos", begin))
        raise FileError(gettext("The file is no JSON: line %(line)d cannot be read.") % {"line": line}) from error
    return found, line


def _object(number: int, found: Any) -> Row:
    if isinstance(found, dict):
        return Row(number, {str(name): value for name, value in found.items()}, table=False)
    return Row(number, {}, table=False, faults={"": gettext("This line is no object with fields.")})
