"""A record laid over the pages of a practice, in memory: only what the record says changes, and only in its languages."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wagtail.models import Locale

from good_practices.exchange.columns import Kind, columns
from good_practices.exchange.lists import Lists
from good_practices.exchange.practices import SIMPLE, Shared, in_order, shared_of
from good_practices.exchange.rows import Record
from good_practices.models import PracticeEvidence, PracticeOrganisation, PracticePage, PracticeStage, ResultFigure
from good_practices.procedure import PETITION_STEPS
from portal.vocabulary.models import Axis, Theme

_FILE = "file:"
_FIELDS = {"inspired_by": "inspired_by_key"}
_TEXTS = tuple(
    column.field
    for column in columns()
    if column.language == "ar" and column.kind in (Kind.TEXT, Kind.RICH, Kind.SLUG) and not column.stage
)


class Layer:
    """Lays records over pages. `document` returns the primary key of the document that a file name means."""

    def __init__(self, lists: Lists, locales: Mapping[str, Locale], document: Callable[[str, str], int | None]) -> None:
        self._lists, self._locales, self._document = lists, locales, document
        self._themes: dict[int, Theme] = Theme.objects.in_bulk()
        self._axes: dict[int, Axis] = Axis.objects.in_bulk()

    def lay(self, record: Record, known: Mapping[str, PracticePage], languages: Sequence[str]) -> dict[str, PracticePage]:
        """Return the pages of `languages` with what `record` says; pages that are not `known` are new and take the facts."""
        shared = shared_of(known)
        model = next(iter(in_order(known)), None)
        stages = self._stages(record, shared)
        figures = _figures(record, shared)
        evidence = self._evidence(record, shared)
        pages = {}
        for language in languages:
            page = known.get(language) or self._new(record, language, model)
            self._facts(record, page, model if language not in known else None)
            self._words(record, page, language)
            page.stages.set(self._stage_rows(record, page, language, stages))
            page.figures.set(_rows(ResultFigure, record, page, language, figures, "label", "figure_labels"))
            page.evidence.set(_rows(PracticeEvidence, record, page, language, evidence, "title", "evidence_titles"))
            pages[language] = page
        return pages

    def _new(self, record: Record, language: str, model: PracticePage | None) -> PracticePage:
        key = model.translation_key if model else record.key
        return PracticePage(translation_key=key, locale=self._locales[language])

    def _facts(self, record: Record, page: PracticePage, model: PracticePage | None) -> None:
        """Set the facts, those of another language first where the page is new."""
        illustrative = bool(record.values.get("illustrative"))
        if model:
            for name in PracticePage.SHARED_FIELDS:
                setattr(page, name, getattr(model, name))
            page.themes, page.axes = list(model.themes.all()), list(model.axes.all())
            rows = [PracticeOrganisation(organisation_id=one.organisation_id) for one in model.practice_organisations.all()]
            page.practice_organisations.set(_numbered(rows))
        for name, attribute in SIMPLE.items():
            if name in record.values:
                value = record.values[name]
                if name == "authority":
                    value = self._lists.organisation(value, illustrative)
                field: Any = PracticePage._meta.get_field(_FIELDS.get(name, name))
                setattr(page, attribute, field.get_default() if value in ("", None) else value)
        if "themes" in record.values:
            page.themes = [self._themes[pk] for pk in record.values["themes"]]
        if "axes" in record.values:
            page.axes = [self._axes[pk] for pk in record.values["axes"]]
        if "organisations" in record.values:
            wanted = dict.fromkeys(self._lists.organisation(one, illustrative) for one in record.values["organisations"])
            have = {row.organisation_id: row for row in page.practice_organisations.all()}
            rows = [have.get(pk) or PracticeOrganisation(organisation_id=pk) for pk in wanted]
            page.practice_organisations.set(_numbered(rows))

    def _words(self, record: Record, page: PracticePage, language: str) -> None:
        for field in _TEXTS:
            value = record.values.get(f"{field}_{language}")
            if value is not None and (value or field != "slug"):
                setattr(page, field, value)
        if moment := record.values.get(f"published_at_{language}"):
            page.first_published_at = moment

    def _stages(self, record: Record, shared: Shared) -> list[dict[str, Any]]:
        """Return the facts of the stages after the record, in the law's order."""
        found = []
        for kind in PETITION_STEPS:
            old = shared.stages.get(kind)
            date = record.values.get(f"stage_{kind}_on", old.date if old else None)
            if not date:
                continue
            link = record.values.get(f"stage_{kind}_link", old.link if old else "")
            document = old.document_id if old else None
            if f"stage_{kind}_file" in record.values:
                name = record.values[f"stage_{kind}_file"]
                document = self._document(name, name) if name else None
            key = old.translation_key if old else uuid.uuid5(record.key, f"stage {kind}")
            found.append({"kind": kind.value, "date": date, "link": link, "document_id": document, "translation_key": key})
        return found

    def _stage_rows(self, record: Record, page: PracticePage, language: str, stages: Sequence[Mapping[str, Any]]) -> list[Any]:
        own = {row.kind: row for row in page.stages.all()}
        rows = []
        for order, facts in enumerate(stages):
            row = own.get(facts["kind"]) or PracticeStage(locale=self._locales[language])
            for name, value in {**facts, "sort_order": order}.items():
                if name != "translation_key" or row.pk is None:
                    setattr(row, name, value)
            row.note = record.values.get(f"stage_{row.kind}_note_{language}", row.note)
            rows.append(row)
        return rows

    def _evidence(self, record: Record, shared: Shared) -> list[dict[str, Any]]:
        old = list(shared.evidence.values())
        facts = [{"link": row.link, "document_id": row.document_id} for row in old]
        if "evidence" in record.values:
            facts = [self._piece(one, record, at) for at, one in enumerate(record.values["evidence"])]
        facts = _padded(facts, record, "evidence_titles", {"link": "", "document_id": None})
        return _keyed(facts, old, record, "evidence")

    def _piece(self, text: str, record: Record, at: int) -> dict[str, Any]:
        if not text.startswith(_FILE):
            return {"link": text, "document_id": None}
        name = text.removeprefix(_FILE)
        lines: list[str] = next((found for code in self._locales if (found := record.values.get(f"evidence_titles_{code}"))), [])
        return {"link": "", "document_id": self._document(name, lines[at] if at < len(lines) and lines[at] else name)}


def _figures(record: Record, shared: Shared) -> list[dict[str, Any]]:
    old = list(shared.figures.values())
    facts = [{"value": row.value, "unit": row.unit} for row in old]
    if "figures" in record.values:
        facts = [{"value": value, "unit": unit} for value, unit in record.values["figures"]]
    return _keyed(facts, old, record, "figure")


def _padded(facts: list[dict[str, Any]], record: Record, field: str, nothing: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the facts with as many entries as the longest list of words has."""
    most = max((len(value) for name, value in record.values.items() if name.startswith(f"{field}_")), default=0)
    return [*facts, *(dict(nothing) for _more in range(most - len(facts)))]


def _keyed(facts: list[dict[str, Any]], old: Sequence[Any], record: Record, what: str) -> list[dict[str, Any]]:
    """Give each entry the key of the same one before, else of that in its place, else a new one that is the same each time."""
    free = {row.translation_key: row for row in old}
    for entry in facts:
        same = next((key for key, row in free.items() if all(getattr(row, name) == entry[name] for name in entry)), None)
        if same:
            free.pop(same)
        entry["translation_key"] = same
    for at, entry in enumerate(facts):
        if entry["translation_key"] is None:
            there = old[at].translation_key if at < len(old) else None
            entry["translation_key"] = there if free.pop(there, None) else uuid.uuid5(record.key, f"{what} {at} {len(old)}")
    return facts


def _rows(
    model: Any,
    record: Record,
    page: PracticePage,
    language: str,
    entries: Sequence[Mapping[str, Any]],
    word: str,
    column: str,
) -> list[Any]:
    """Return the rows of a language: those whose words it has, or is given now."""
    relation = {"label": "figures", "title": "evidence"}[word]
    own = {row.translation_key: row for row in getattr(page, relation).all()}
    lines = record.values.get(f"{column}_{language}")
    rows = []
    for at, entry in enumerate(entries):
        row = own.get(entry["translation_key"]) or model(locale=page.locale)
        text = getattr(row, word) if lines is None else lines[at] if at < len(lines) else ""
        if text:
            for name, value in {**entry, word: text, "sort_order": at}.items():
                setattr(row, name, value)
            rows.append(row)
    return rows


def _numbered(rows: list[PracticeOrganisation]) -> list[PracticeOrganisation]:
    for order, row in enumerate(rows):
        row.sort_order = order
    return rows
