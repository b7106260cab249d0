"""One value of a cell: a text that fits, an address, a key, a moment, a figure; or why it cannot be read."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_unicode_slug
from django.utils import timezone
from django.utils.translation import gettext

from good_practices.exchange.cells import CellError, plain, western
from good_practices.exchange.columns import Column, Kind
from good_practices.models import LibraryPage
from good_practices.models.practice import LONGEST_LINK


def whole(value: Any) -> str:
    """Return a cell as text; a whole number that a workbook keeps as a float is written without its fraction."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else plain(value)


def fitting(column: Column, text: str) -> str:
    """Return a text that is not too long for a column. Raises CellError."""
    if column.length and len(text) > column.length:
        words = gettext("This is too long: %(given)d characters, at most %(most)d.")
        raise CellError(words % {"given": len(text), "most": column.length})
    return text


def text_of(column: Column, text: str) -> str:
    """Return a text as a column of texts, addresses or parts of addresses takes it. Raises CellError."""
    fitting(column, text)
    if column.kind == Kind.LINK:
        return link_of(text)
    if column.kind == Kind.SLUG:
        try:
            validate_unicode_slug(text)
        except ValidationError:
            raise CellError(gettext("Only letters, digits and hyphens can stand in an address.")) from None
        if text in LibraryPage.RESERVED_SLUGS:
            raise CellError(gettext("This address belongs to the library: choose another."))
    return text


def link_of(text: str) -> str:
    """Return a whole address of the web (http or https). Raises CellError."""
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        raise CellError(gettext("This is no address: write it whole, beginning with https://.")) from None
    if len(text) > LONGEST_LINK:
        words = gettext("This is too long: %(given)d characters, at most %(most)d.")
        raise CellError(words % {"given": len(text), "most": LONGEST_LINK})
    return text


def key_of(text: str) -> uuid.UUID:
    """Return a key of the portal (UUID). Raises CellError."""
    try:
        return uuid.UUID(text)
    except ValueError:
        raise CellError(gettext("This is no key of the portal: leave it empty for a new practice.")) from None


def past(moment: datetime.datetime) -> datetime.datetime:
    """Return a moment that is not to come. Raises CellError."""
    if moment > timezone.now():
        raise CellError(gettext("This date is in the future."))
    return moment


def figure_of(item: str) -> tuple[Decimal, str]:
    """Return a number of two decimals at most, and its unit. Raises CellError."""
    number, _space, unit = item.partition(" ")
    try:
        value = Decimal(western(number).replace(",", "."))
        fits = value.is_finite() and abs(value) < Decimal(10) ** 12 and value == round(value, 2)
    except InvalidOperation:
        fits = False
    if not fits or len(unit.strip()) > 30:
        raise CellError(gettext("Write a number with two decimals at most, a space, and the unit: 12.5 km."))
    return value, unit.strip()
