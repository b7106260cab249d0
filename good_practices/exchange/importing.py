"""Files into the library: read, planned and written in batches; a batch that fails is written row by row."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Locale, Page

from good_practices.domain.facts import keep_facts
from good_practices.exchange import bulk
from good_practices.exchange.columns import columns
from good_practices.exchange.files import Files
from good_practices.exchange.finding import digest, find, key_of, load, waits
from good_practices.exchange.lists import Lists
from good_practices.exchange.order import stage_faults
from good_practices.exchange.practices import values_of
from good_practices.exchange.reading import rows_of
from good_practices.exchange.rows import Options, Record, RowError, RowReader
from good_practices.exchange.updating import update
from good_practices.exchange.writing_pages import Layer
from good_practices.models import ImportedRow, LibraryPage, PracticePage
from portal.base.languages import language_codes, locale_code

logger = logging.getLogger(__name__)
BATCH = 200
_REQUIRED_FACTS = ("instrument", "territory", "themes")
_REQUIRED_WORDS = ("title", "problem")


@dataclass(slots=True)
class Counts:
    """How many rows became what."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    left_out: list[str] = field(default_factory=list)
    """Columns of the file that nobody knows."""

    @property
    def rows(self) -> int:
        """All rows that were read."""
        return self.created + self.updated + self.unchanged + self.refused


@dataclass(frozen=True, slots=True)
class Job:
    """What to import and how. Without `publish` new practices are drafts, and changes wait as drafts."""

    path: Path
    options: Options = field(default_factory=Options)
    archive: Path | None = None
    publish: bool = False
    dry_run: bool = False
    user: Any = None


@dataclass(slots=True)
class Plan:
    """What a record makes of a practice."""

    record: Record
    key: uuid.UUID
    identity: str
    digest: str
    known: dict[str, PracticePage]
    languages: list[str]


def import_practices(
    job: Job,
    refuse: Callable[[RowError], None],
    progress: Callable[[Counts], None] | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Counts:
    """Import a file; return how many rows became what. `refuse` is told every error, `progress` after each batch.

    Each batch is committed; cut off, it goes on where it stood when it is run again. Raises FileError for a file, archive or
    mapping that cannot be read at all.
    """
    return _Import(job, refuse).run(progress or (lambda counts: None), stopped or (lambda: False))


class _Import:
    def __init__(self, job: Job, refuse: Callable[[RowError], None]) -> None:
        self._job, self._refuse = job, refuse
        self._counts = Counts()
        self._files = Files(job.archive, keep=not job.dry_run)
        self._libraries = {library.locale_id: library for library in LibraryPage.objects.order_by("-pk")}
        self._locales = {one.language_code: one for one in Locale.objects.filter(language_code__in=language_codes())}
        self._afresh()

    def _afresh(self) -> None:
        """Read the lists again: what was made meanwhile may have been taken back."""
        self._lists = Lists()
        self._files.forget()
        self._reader = RowReader(self._job.options, self._lists, self._files.refusal)
        self._layer = Layer(self._lists, self._locales, self._files.document)

    def run(self, progress: Callable[[Counts], None], stopped: Callable[[], bool]) -> Counts:
        for records in _batches(self._records()):
            self._batch(records)
            progress(self._counts)
            if stopped():
                break
        progress(self._counts)
        return self._counts

    def _records(self) -> Iterator[Record]:
        for row in rows_of(self._job.path, self._reader.knows):
            record, errors = self._reader.read(row)
            self._counts.left_out = self._reader.left_out
            if record is None:
                self._refused(errors)
            else:
                yield record

    def _refused(self, errors: Iterable[RowError]) -> None:
        self._counts.refused += 1
        for error in errors:
            self._refuse(error)

    def _batch(self, records: Sequence[Record]) -> None:
        before = replace(self._counts)
        told: list[list[RowError]] = []
        try:
            self._write(records, told)
        except Exception:
            if self._job.dry_run:
                raise
            logger.warning("A batch of rows could not be written together; they are written one by one.", exc_info=True)
            self._counts, told = before, []
            self._afresh()
            for record in records:
                self._alone(record, told)
        for errors in told:
            self._refused(map(self._reader.told, errors))
        if self._job.dry_run and (self._lists.made or self._files.made):
            self._afresh()

    def _alone(self, record: Record, told: list[list[RowError]]) -> None:
        try:
            self._write([record], told)
        except Exception as error:
            logger.exception("A row could not be written")
            self._afresh()
            words = gettext("The row could not be saved (%(error)s).") % {"error": type(error).__name__}
            told.append([RowError(record.row, "", "", words)])

    def _write(self, records: Sequence[Record], told: list[list[RowError]]) -> None:
        counts = Counts()
        with transaction.atomic():
            self._write_all(records, counts, told)
            if self._job.dry_run:
                transaction.set_rollback(True)
        self._counts.created += counts.created
        self._counts.updated += counts.updated
        self._counts.unchanged += counts.unchanged

    def _write_all(self, records: Sequence[Record], counts: Counts, told: list[list[RowError]]) -> None:
        created: list[PracticePage] = []
        seen: list[Plan] = []
        slugs = self._taken_slugs(records)
        for plan, errors in self._plans(records):
            if plan is None:
                counts.unchanged += 1
            elif errors := errors or self._faults(plan, slugs):
                told.append(errors)
            else:
                new, changed = self._lay(plan, slugs)
                created += new
                if not self._job.dry_run:
                    self._update(plan, changed)
                counts.created += not plan.known
                counts.updated += bool(plan.known and (new or changed))
                counts.unchanged += bool(plan.known and not new and not changed)
                if new or changed:
                    seen.append(plan)
        if not self._job.dry_run:
            bulk.create(created, self._libraries, self._job.user, self._job.publish)
            keep_facts({page.translation_key for page in created})
            _remember(seen)

    def _update(self, plan: Plan, pages: Iterable[PracticePage]) -> None:
        for page in pages:
            draft = page.get_latest_revision_as_object() if self._job.publish and waits(page) else None
            update(page, self._job.user, self._job.publish)
            if draft:
                language = page.locale.language_code
                self._layer.lay(plan.record, {language: draft}, [language])
                draft.save_revision(user=self._job.user, clean=False)

    def _plans(self, records: Sequence[Record]) -> Iterator[tuple[Plan | None, list[RowError]]]:
        """Yield for each record its plan, or None where the row says what it said when it was last imported."""
        found, keys = find(records)
        remembered = dict(ImportedRow.objects.filter(practice_key__in=found).values_list("identity", "digest"))
        wanted: list[tuple[Plan | None, list[RowError]]] = []
        for record in records:
            key, errors = key_of(record, keys, found)
            identity, said = digest(record, key, self._job.publish)
            same = key in found and remembered.get(identity) == said
            wanted.append((None if same and not errors else Plan(record, key, identity, said, {}, []), errors))
        pages = load([plan.key for plan, _errors in wanted if plan and plan.key in found], self._job.publish)
        for plan, errors in wanted:
            if plan:
                plan.known = pages.get(plan.key, {})
                plan.languages = plan.record.languages() or list(plan.known)
            yield plan, errors

    def _taken_slugs(self, records: Sequence[Record]) -> dict[tuple[str, str], uuid.UUID]:
        """Return (language, slug) -> the key of the page that has it, for the addresses that records may ask for."""
        asked = set()
        for record in records:
            for language in record.languages():
                title, slug = (record.values.get(f"{name}_{language}") for name in ("title", "slug"))
                asked.add(slug or bulk.slug_for(PracticePage(title=title or "", translation_key=record.key)))
        taken = {}
        for locale, library in self._libraries.items():
            below = Page.objects.child_of(library)  # not its get_children: a library that was empty when it was read has none
            children = below.filter(slug__in=asked).values_list("slug", "translation_key")
            taken.update({(locale_code(locale), slug): key for slug, key in children})
        return taken

    def _faults(self, plan: Plan, slugs: Mapping[tuple[str, str], uuid.UUID]) -> list[RowError]:
        """Return what a practice would lack with this record, or have against the law's order or somebody's address."""
        record, empty = plan.record, gettext("This cannot be empty.")
        errors = []
        if not plan.languages:
            errors.append(RowError(record.row, "", "", gettext("The row has no words in any language.")))
        if not plan.known:
            errors += [RowError(record.row, name, "", empty) for name in _REQUIRED_FACTS if not record.values.get(name)]
        for language in plan.languages:
            if language not in plan.known:
                names = [f"{name}_{language}" for name in _REQUIRED_WORDS]
                errors += [RowError(record.row, name, "", empty) for name in names if not record.values.get(name)]
                if self._locales.get(language) is None or self._locales[language].pk not in self._libraries:
                    errors.append(RowError(record.row, "", "", gettext("The library does not exist in this language.")))
            slug = record.values.get(f"slug_{language}")
            if slug and slugs.get((language, slug), plan.key) != plan.key:
                errors.append(RowError(record.row, f"slug_{language}", slug, gettext("Another page has this address.")))
        return errors + _order_faults(plan)

    def _lay(self, plan: Plan, slugs: dict[tuple[str, str], uuid.UUID]) -> tuple[list[PracticePage], list[PracticePage]]:
        """Return the pages that are new, and those that change."""
        before = values_of(plan.known, self._lists) if plan.known else {}
        pages = self._layer.lay(plan.record, plan.known, plan.languages)
        new = [page for language, page in pages.items() if language not in plan.known]
        for page in new:
            language = page.locale.language_code
            page.slug = page.slug or bulk.slug_for(page)
            if slugs.get((language, page.slug), plan.key) != plan.key:
                page.slug = f"{page.slug}-{plan.key.hex[:6]}"
        for language, page in pages.items():
            slugs[language, page.slug] = plan.key
        if not before:
            return new, []
        after = values_of({**plan.known, **pages}, self._lists)
        differ = {column.language for column in columns() if before[column.name] != after[column.name]}
        return new, [pages[one] for one in plan.languages if one in plan.known and {"", one} & differ]


def _order_faults(plan: Plan) -> list[RowError]:
    page = next(iter(plan.known.values()), None)
    said = plan.record.values
    instrument, outcome = (said.get(name) or (getattr(page, name) if page else "") for name in ("instrument", "outcome"))
    known = {row.kind: row.date for row in page.stages.all()} if page else {}
    return stage_faults(plan.record, known, instrument or "other", outcome)


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield records to be written together; a practice that comes again begins the next batch."""
    batch: list[Record] = []
    seen: set[Any] = set()
    for record in records:
        names = {record.external_id, record.values.get("key")} - {"", None}
        if len(batch) == BATCH or names & seen:
            yield batch
            batch, seen = [], set()
        batch.append(record)
        seen |= names
    if batch:
        yield batch


def _remember(plans: Sequence[Plan]) -> None:
    """Note what rows said; what other rows said of the same practices is no longer known to hold."""
    ImportedRow.objects.filter(practice_key__in=[plan.key for plan in plans]).delete()
    ImportedRow.objects.bulk_create(
        ImportedRow(practice_key=plan.key, identity=plan.identity, digest=plan.digest) for plan in plans
    )
