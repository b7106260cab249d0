"""A practice as values of columns, and back: what an export reads and an import writes are the same values."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from good_practices.exchange import rich
from good_practices.exchange.cells import as_lines, plain
from good_practices.exchange.columns import Column, Kind, columns
from good_practices.exchange.lists import Lists
from good_practices.models import PracticePage
from portal.base.languages import language_codes

_FILE = "file:"
SIMPLE = {
    "external_id": "external_id",
    "instrument": "instrument",
    "outcome": "outcome",
    "territory": "territory_id",
    "authority": "authority_id",
    "institutionalised_on": "institutionalised_on",
    "institutionalising_link": "institutionalising_link",
    "space": "space_id",
    "licence": "licence",
    "credit": "credit",
    "illustrative": "illustrative",
    "inspired_by": "inspired_by_key",
}
"""Column -> attribute of the page, for the facts that are one value."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What all languages share of a practice's lists: figures and evidence by their keys, stages by their kind."""

    stages: dict[str, Any]
    figures: dict[uuid.UUID, Any]
    evidence: dict[uuid.UUID, Any]


def in_order(pages: Mapping[str, PracticePage]) -> list[PracticePage]:
    """Return the pages of a practice, the language that comes first in the portal first."""
    return [pages[language] for language in language_codes() if language in pages]


def shared_of(pages: Mapping[str, PracticePage]) -> Shared:
    """Return the rows of a practice's pages, each once, those of the first language first."""
    ordered = in_order(pages)
    return Shared(
        {row.kind: row for page in reversed(ordered) for row in page.stages.all()},
        _united([page.figures.all() for page in ordered]),
        _united([page.evidence.all() for page in ordered]),
    )


def _united(sets: Sequence[Any]) -> dict[uuid.UUID, Any]:
    found: dict[uuid.UUID, Any] = {}
    for rows in sets:
        for row in rows:
            found.setdefault(row.translation_key, row)
    return found


def values_of(pages: Mapping[str, PracticePage], lists: Lists) -> dict[str, Any]:
    """Return column -> value of a practice: text, a list of texts, or a truth; "" and [] where there is nothing."""
    shared, first = shared_of(pages), in_order(pages)[0]
    values: dict[str, Any] = {}
    for column in columns():
        if column.language:
            page = pages.get(column.language)
            values[column.name] = _words_of(column, page, shared) if page else [] if column.kind == Kind.LINES else ""
        else:
            values[column.name] = _fact_of(column, first, shared, lists)
    return values


def _fact_of(column: Column, page: PracticePage, shared: Shared, lists: Lists) -> Any:
    match column.name:
        case "key":
            return str(page.translation_key)
        case "organisations":
            return [lists["organisations"].code(row.organisation_id) for row in page.practice_organisations.all()]
        case "themes" | "axes":
            return sorted(lists[column.name].code(one.pk) for one in getattr(page, column.name).all())
        case "figures":
            return [f"{row.value.normalize():f} {plain(row.unit)}".strip() for row in shared.figures.values()]
        case "evidence":
            return [file_of(row) or plain(row.link) for row in shared.evidence.values()]
    if column.stage:
        return _stage_of(column, shared)
    value = getattr(page, SIMPLE[column.name])
    if column.codes:
        return lists[column.codes].code(value or None)
    if isinstance(value, bool):
        return value
    return plain(value) if isinstance(value, str) else str(value) if value else ""


def _stage_of(column: Column, shared: Shared) -> str:
    row = shared.stages.get(column.stage)
    if row is None:
        return ""
    match column.kind:
        case Kind.DATE:
            return str(row.date)
        case Kind.FILE:
            return file_of(row).removeprefix(_FILE)
        case _:
            return plain(row.link)


def file_of(row: Any) -> str:
    """Return how a cell names the document of a stage or a piece of evidence; "" without one."""
    return f"{_FILE}{PurePosixPath(row.document.file.name).name}" if row.document_id else ""


def _words_of(column: Column, page: PracticePage, shared: Shared) -> Any:
    if column.stage:
        notes = {row.kind: row.note for row in page.stages.all()}
        return plain(notes.get(column.stage, ""))
    match column.field:
        case "figure_labels":
            return _lines_of(shared.figures, {row.translation_key: row.label for row in page.figures.all()})
        case "evidence_titles":
            return _lines_of(shared.evidence, {row.translation_key: row.title for row in page.evidence.all()})
        case "published_at":
            return page.first_published_at.isoformat() if page.first_published_at else ""
    value = getattr(page, column.field)
    return rich.to_cell(value) if column.kind == Kind.RICH else plain(value)


def _lines_of(shared: Mapping[uuid.UUID, Any], own: Mapping[uuid.UUID, str]) -> list[str]:
    lines = [plain(own.get(key, "")) for key in shared]
    return lines if any(lines) else []


def as_cell(column: Column, value: Any) -> str:
    """Return a value of `values_of` as the text of a table's cell, before formulas are neutralised."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return as_lines(value) if column.kind == Kind.LINES else ";".join(value)
    return str(value)
