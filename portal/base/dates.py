"""Dates and times as Morocco writes them in each language (CLDR): Western digits, نونبر and not نوفمبر."""

import datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from django.utils.translation import get_language

_CLDR = {"ar": "ar_MA", "fr": "fr_MA", "en": "en_GB"}
_PATTERNS = {"long": "d MMMM y", "day": "EEEE d MMMM y", "month": "MMMM y", "short": "d MMM y"}


@lru_cache
def cldr_locale(language: str | None) -> Locale:
    """Return the CLDR locale in which the portal writes `language`; Morocco's Arabic if it is unknown."""
    return Locale.parse(_CLDR.get(language or "", "ar_MA"))


def localdate(value: datetime.date, style: str = "long") -> str:
    """Return `value` in the active language. `style`: long, day (with the weekday), month, short.

    Raises KeyError for another style.
    """
    date = value.date() if isinstance(value, datetime.datetime) else value
    return _written(date, _PATTERNS[style], get_language())


def weekday(value: datetime.date) -> str:
    """Return the day of the week in the active language."""
    return format_date(value, "EEEE", locale=cldr_locale(get_language()))


@lru_cache(maxsize=512)
def _written(date: datetime.date, pattern: str, language: str | None) -> str:
    return format_date(date, pattern, locale=cldr_locale(language))


def localtime(value: datetime.datetime) -> str:
    """Return the hour and minutes of `value` in its own time zone, on 24 hours, Western digits."""
    return f"{value:%H:%M}"
