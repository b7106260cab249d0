"""What stands in a cell: text without what files cannot carry, formulas made harmless, dates, lines, folded words."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from portal.base.text import spreadsheet_safe, writable

CLEAR = "-"
"""What a table cell says to empty a field; an empty cell leaves the field as it is. In JSON an empty string says so."""

SHOWN = 80
"""Characters of a refused value that an error quotes."""


class CellError(ValueError):
    """A cell that cannot be read; its text is for the facilitator, in their language."""


def plain(value: Any) -> str:
    """Return a cell's value as text: line ends are LF, without what XML cannot carry, without space around."""
    return writable(str(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def neutralised(text: str) -> str:
    """Return `text` so that no spreadsheet obeys it as a formula, and `restored` gives it back exactly."""
    bare = text.lstrip("'")
    if bare == text and text != CLEAR:
        return spreadsheet_safe(text)
    return f"'{text}" if spreadsheet_safe(bare) != bare else text


def restored(text: str) -> str:
    """Return what `neutralised` was given."""
    bare = text.lstrip("'")
    return text[1:] if bare != text and spreadsheet_safe(bare) != bare else text


def cut(value: Any) -> str:
    """Return as much of a value as an error quotes."""
    text = plain(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def fold(text: str) -> str:
    """Return a word as it is compared: without case, accents, vowel signs, and the ways to write alef, ya and ta marbuta."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return " ".join(_SIGNS.sub(" ", bare.translate(_LETTERS)).split())


_LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ٱ": "ا", "ـ": None, "’": " ", "'": " "})
_SIGNS = re.compile(r"[^\w]+")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def western(text: str) -> str:
    """Return `text` with Western digits."""
    return text.translate(_DIGITS)


def date_of(value: Any, formats: Iterable[str] = ()) -> datetime.date:
    """Return the day that a cell says: ISO 8601, day first (23/11/2020), or one of `formats` (strptime). Raises CellError."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    text = western(plain(value))
    for one in formats:
        try:
            return datetime.datetime.strptime(text, one).date()
        except ValueError:
            continue
    try:
        if found := _DAY_FIRST.fullmatch(text):
            return datetime.date(int(found[3]), int(found[2]), int(found[1]))
        return datetime.date.fromisoformat(text[:10] if re.fullmatch(r"\d{4}-\d\d-\d\d[T ].*", text) else text)
    except ValueError:
        raise CellError(gettext("This is no date: write it as 2020-11-23 or 23/11/2020.")) from None


def moment_of(value: Any) -> datetime.datetime:
    """Return the moment that a cell says (ISO 8601; without a zone it is UTC). Raises CellError."""
    try:
        moment = value if isinstance(value, datetime.datetime) else datetime.datetime.fromisoformat(western(plain(value)))
    except ValueError:
        raise CellError(gettext("This is no moment: write it as 2020-11-23T09:00:00+00:00.")) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def flag_of(value: Any) -> bool:
    """Return whether a cell says yes. Raises CellError for what is neither yes nor no."""
    if isinstance(value, bool):
        return value
    word = fold(plain(value))
    if word in _YES or word in _NO:
        return word in _YES
    raise CellError(gettext("Write yes or no."))


_YES = {"1", "true", "yes", "y", "oui", "vrai", "x", fold("نعم")}
_NO = {"0", "false", "no", "n", "non", "faux", "", fold("لا")}


def as_lines(items: Iterable[str]) -> str:
    """Return items as the lines of one cell; `-` stands for an empty one."""
    return "\n".join(_line(item) for item in items)


def _line(item: str) -> str:
    if item in ("", CLEAR):
        return "\\-" if item else CLEAR
    return item.replace("\\", "\\\\").replace("\n", "\\n")


def from_lines(text: str) -> list[str]:
    """Return the items of a cell that `as_lines` wrote, or that a person wrote one below the other."""
    return [_item(line.strip()) for line in text.split("\n")] if text.strip() else []


def _item(line: str) -> str:
    return "" if line == CLEAR else _ESCAPED.sub(lambda found: {"n": "\n"}.get(found[1], found[1]), line)


_ESCAPED = re.compile(r"\\(n|\\|-)")
