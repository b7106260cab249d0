"""Sizes and lengths of files, for people."""

from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.base.dates import cldr_locale


def file_size(size: int) -> str:
    """Return a number of bytes in the active language, in kB, MB or GB (powers of 1000, as telephone contracts count)."""
    if size < 999_500:
        return _("%(size)s kB") % {"size": _number(max(1, round(size / 1000)) if size else 0)}
    if size < 999_500_000:
        return _("%(size)s MB") % {"size": _number(_rounded(size / 1e6))}
    return _("%(size)s GB") % {"size": _number(_rounded(size / 1e9))}


def _rounded(value: float) -> float:
    """One decimal below ten, none above."""
    return round(value, 1) if value < 9.95 else round(value)


def _number(value: float) -> str:
    return format_decimal(value, format="#,##0.#", locale=cldr_locale(get_language()))


def duration(seconds: float) -> str:
    """Return a length as a player shows it: `1:02:03`, `2:05`; for `<bdi>`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def grouped(value: int) -> str:
    """Return a whole number with its thousands set apart as the active language does."""
    return format_decimal(value, format="#,##0", locale=cldr_locale(get_language()))
