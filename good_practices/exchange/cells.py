"""What stands in a cell: text without what files cannot carry, formulas made harmless, dates, lines, folded words."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from babel.dates import get_month_names
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
_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks of direction, which spreadsheets put around dates."""
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")
_IN_WORDS = re.compile(r"(?:[^\W\d]+ )?(\d{1,2})(?:er|st|nd|rd|th)? ([^\W\d]+) (\d{4})")
_MONTH_FIRST = re.compile(r"(?:[^\W\d]+ )?([^\W\d]+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})")
_CALENDARS = ("ar_MA", "ar", "fr", "en")
_SERIALS = range(10_000, 80_000)
"""The days that a workbook keeps as plain numbers, counted from the end of 1899: 1927 to 2119."""
_EARLIEST = datetime.date(1900, 1, 1)


def western(text: str) -> str:
    """Return `text` with Western digits."""
    return text.translate(_DIGITS)


def date_of(value: Any, formats: Iterable[str] = ()) -> datetime.date:
    """Return the day that a cell says: ISO 8601, day first (23/11/2020), in words (23 novembre 2020), as a workbook's number.

    `formats` (strptime) are tried first. Raises CellError.
    """
    if isinstance(value, datetime.datetime):
        value = value.date()
    elif not isinstance(value, datetime.date):
        try:
            value = _day(value, formats)
        except (ValueError, KeyError, OverflowError):
            words = gettext("This is no date: write it as %(iso)s or %(day_first)s.")
            raise CellError(words % {"iso": _isolated("2020-11-23"), "day_first": _isolated("23/11/2020")}) from None
    if value < _EARLIEST:
        raise CellError(gettext("This date is before 1900: write it in the Gregorian calendar."))
    return value


def _isolated(text: str) -> str:
    """Return `text` from left to right, also amid Arabic, which would turn a date round (UAX #9)."""
    return f"\u2066{text}\u2069"


def _day(value: Any, formats: Iterable[str]) -> datetime.date:
    """Return the day that a number or a text says. Raises ValueError or KeyError."""
    if isinstance(value, int | float) and int(value) in _SERIALS:
        return datetime.date(1899, 12, 30) + datetime.timedelta(days=int(value))
    text = western(_MARKS.sub("", plain(value)))
    for one in formats:
        try:
            return datetime.datetime.strptime(text, one).date()
        except ValueError:
            continue
    if found := _DAY_FIRST.fullmatch(text):
        return datetime.date(int(found[3]), int(found[2]), int(found[1]))
    if found := _YEAR_FIRST.fullmatch(text):
        return datetime.date(int(found[1]), int(found[2]), int(found[3]))
    words = fold(text)
    if found := _IN_WORDS.fullmatch(words):
        return datetime.date(int(found[3]), _months()[found[2]], int(found[1]))
    if found := _MONTH_FIRST.fullmatch(words):
        return datetime.date(int(found[3]), _months()[found[1]], int(found[2]))
    return datetime.date.fromisoformat(text[:10] if re.fullmatch(r"\d{4}-\d\d-\d\d[T ].*", text) else text)


@cache
def _months() -> dict[str, int]:
    """Return the names of months, whole and short, in the portal's languages and as the Arab West and East call them."""
    found: dict[str, int] = {}
    for language in _CALENDARS:
        for width in ("abbreviated", "wide"):
            found.update({fold(name): number for number, name in get_month_names(width, locale=language).items()})
    return found


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
