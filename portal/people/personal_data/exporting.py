"""All that is kept of a person, as rows for machines and as a page for the person."""

from __future__ import annotations

import datetime
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from portal.base import clock
from portal.base.dates import localdate, localtime
from portal.base.languages import best_per_key, direction
from portal.people.models import User
from portal.people.personal_data.inventory import field_label
from portal.people.personal_data.registry import Kept, Use, entries

_BLOCK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Table:
    """What one table holds of a person: the rows by their look-ups, and how each is called."""

    name: str
    label: str
    fate: str
    labels: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    cells: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """The tables that are kept for one purpose."""

    use: str
    tables: Sequence[Table]


def gather(person: User, language: str) -> list[Section]:
    """Return all that is kept of a person, in `language`: only tables that hold something."""
    with override(language):
        found = [(entry, _rows(entry, person, language)) for entry in entries()]
        titles = _titles((row for _entry, rows in found for row in rows), language)
        tables = [(entry.use, _table(entry, rows, language, titles)) for entry, rows in found if rows]
        sections = [Section(str(use.label), [table for one, table in tables if one == use]) for use in Use]
    return [section for section in sections if section.tables]


def stream_archive(person: User, language: str) -> Iterator[bytes]:
    """Yield a ZIP with `data.json`, `index.html` and the files that the person sent; nothing of it is kept.

    What the database holds is read before the first byte; files are read as they are sent.
    """
    sections, files = gather(person, language), list(_files(person))
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", _page(person, sections, [name for name, _file in files], language))
        archive.writestr("data.json", _json(person, sections))
        yield sink.taken()
        for name, file in files:
            yield from _sent(archive, sink, name, file)
    yield sink.taken()


def _sent(archive: zipfile.ZipFile, sink: _Sink, name: str, file: Any) -> Iterator[bytes]:
    """Yield a file's part of the archive; one that is gone from the disk is left out."""
    try:
        stream = file.open("rb")
    except FileNotFoundError:
        return
    with stream, archive.open(name, "w", force_zip64=True) as target:
        while block := stream.read(_BLOCK):
            target.write(block)
            yield sink.taken()


class _Sink:
    """A file that is only written, and emptied by who sends it on."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take bytes."""
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it."""

    def close(self) -> None:
        """There is nothing behind it."""

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _rows(entry: Kept, person: User, language: str) -> list[dict[str, Any]]:
    if entry.own_rows:
        return [dict(row) for row in entry.own_rows(person)]
    fields = [field.format(language=language) for field in entry.fields]
    return list(entry.rows(person).order_by("pk").values(*fields))


def _table(entry: Kept, rows: Sequence[Mapping[str, Any]], language: str, titles: Mapping[str, str]) -> Table:
    names = list(rows[0])
    cells = [[_words(entry, name, row[name], titles) for name in names] for row in rows]
    label = str(entry.model_class._meta.verbose_name_plural)
    labels = [field_label(entry, name) for name in names]
    return Table(entry.model, label[:1].upper() + label[1:], str(entry.fate.label), labels, rows, cells)


def _words(entry: Kept, name: str, value: Any, titles: Mapping[str, str]) -> str:
    """Return a value as its person reads it."""
    choices = _choices(entry, name)
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value)
        return f"{localdate(local)} {localtime(local)}"
    if isinstance(value, datetime.date):
        return str(localdate(value))
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, UUID):
        return titles.get(str(value), str(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    return "" if value is None else str(choices.get(value, value))


def _choices(entry: Kept, name: str) -> Mapping[Any, Any]:
    fields = {field.name: field for field in entry.model_class._meta.fields}
    return dict(fields[name].flatchoices) if name in fields else {}


def _titles(rows: Iterable[Mapping[str, Any]], language: str) -> dict[str, str]:
    """Return the titles of the public pages whose translation keys stand in `rows`."""
    keys = {value for row in rows for value in row.values() if isinstance(value, UUID)}
    pages = Page.objects.live().filter(translation_key__in=keys)
    return {key: page.title for key, page in best_per_key(pages, language).items()}


def _files(person: User) -> Iterator[tuple[str, File]]:
    """Yield the files that a person sent, each with its place in the archive."""
    for entry in entries():
        for row in entry.rows(person) if entry.files else ():
            for field in entry.files:
                file = getattr(row, field)
                if file and isinstance(row._meta.get_field(field), FileField):
                    yield f"files/{entry.model.lower()}-{row.pk}{PurePosixPath(file.name).suffix[:12]}", file


def _page(person: User, sections: Sequence[Section], files: Sequence[str], language: str) -> str:
    with override(language):
        context = {
            "person": person,
            "sections": sections,
            "files": files,
            "language": language,
            "direction": direction(language),
            "made_at": timezone.localtime(clock.now()),
        }
        return render_to_string("people/data/archive.html", context)


def _json(person: User, sections: Sequence[Section]) -> str:
    tables: dict[str, list[Mapping[str, Any]]] = {}
    for section in sections:
        for table in section.tables:
            tables.setdefault(table.name, []).extend(table.rows)
    about = {"person": str(person.key), "made_at": clock.now(), "format": 1}
    return json.dumps({"about": about, "data": tables}, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
