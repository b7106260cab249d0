"""Files as rows: CSV in any usual encoding and delimiter, XLSX, JSON Lines and JSON. Rows are read one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext

from good_practices.exchange.reading.json_rows import json_rows
from good_practices.exchange.reading.rows import FileError, Known, Row
from good_practices.exchange.reading.tables import table_rows
from good_practices.exchange.reading.workbooks import LONG_SHEET, workbook_rows

__all__ = ["LONG_SHEET", "FileError", "Known", "Row", "rows_of"]

_START = 4096
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""What a workbook with a password holds (MS-OFFCRYPTO)."""
_OTHERS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"<")


def rows_of(path: Path, known: Known | None = None) -> Iterator[Row]:
    """Yield the rows of a file, whatever it is called: what it is is seen in it. Raises FileError.

    Its header is the row that has the most columns that are `known`, so that titles above it do no harm.
    """
    with path.open("rb") as stream:
        start = stream.read(_START)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise FileError(gettext("The file is empty."))
    if start.startswith(b"PK\x03\x04"):
        return workbook_rows(path, known)
    text = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if text.startswith(_OTHERS) or start.startswith(_OTHERS):
        raise FileError(_unreadable(path, start))
    return json_rows(path) if text.startswith((b"{", b"[")) else table_rows(path, known)


def _unreadable(path: Path, start: bytes) -> str:
    if start.startswith(_OTHERS[0]) and _LOCKED in path.read_bytes():
        return gettext("The workbook is locked by a password: save it without one.")
    return gettext("This kind of file cannot be read: save it as XLSX, CSV or JSON Lines.")
