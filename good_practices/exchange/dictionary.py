"""What every column of the exports means: the data dictionary."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from good_practices.exchange.columns import Kind, columns
from good_practices.exchange.lists import SHORT, named

KINDS: dict[Kind, str | Promise] = {
    Kind.TEXT: _("text"),
    Kind.RICH: _("long text: paragraphs, or simple HTML"),
    Kind.SLUG: _("part of an address"),
    Kind.CODE: _("one code of a list"),
    Kind.CODES: _("several codes of a list, separated by a semicolon"),
    Kind.DATE: _("date (ISO 8601: 2020-11-23)"),
    Kind.MOMENT: _("moment (ISO 8601)"),
    Kind.FLAG: _("1 for yes, 0 for no"),
    Kind.LINK: _("address on the web"),
    Kind.KEY: _("key (UUID)"),
    Kind.FILE: _("name of a file"),
    Kind.LINES: _("several values, one a line"),
}


def entries() -> list[dict[str, Any]]:
    """Return every column with what it means, in the active language."""
    return [
        {
            "column": column.name,
            "label": column.title,
            "type": column.kind.value,
            "meaning": str(KINDS[column.kind]),
            "language": column.language,
            "required": column.required,
            "longest": column.length or None,
            "list": column.codes,
            "note": str(column.help),
        }
        for column in columns()
    ]


def lists() -> dict[str, list[dict[str, str]]]:
    """Return the short code lists: name -> codes with their names in the active language."""
    return {name: [{"code": code, "name": label} for code, label in named(name)] for name in SHORT}


def as_csv() -> str:
    """Return the dictionary as CSV with a byte order mark."""
    found, buffer = entries(), io.StringIO()
    buffer.write("\ufeff")
    writer = csv.DictWriter(buffer, list(found[0]))
    writer.writeheader()
    writer.writerows(found)
    return buffer.getvalue()


def rules() -> list[str]:
    """Return how cells are read, in the active language."""
    return [
        gettext("An empty cell leaves the field as it is; a hyphen empties it. In JSON, an empty text empties it."),
        gettext("The columns of one language never change the words of another."),
        gettext("A text that a spreadsheet would take for a formula has an apostrophe before it; importing takes it away."),
    ]
