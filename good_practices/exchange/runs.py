"""Imports from the CMS: checked first, then written, in the task worker; one at a time; cut off, they go on."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from good_practices.enums import ImportState
from good_practices.exchange.importing import Counts, Job, import_practices
from good_practices.exchange.lists import Lists
from good_practices.exchange.mapping import mapping_of
from good_practices.exchange.reading import FileError, rows_of
from good_practices.exchange.rows import Options, RowError, RowReader
from good_practices.models import ImportFault, ImportRun

MOVING = (ImportState.CHECKING, ImportState.RUNNING)
STILL = timedelta(minutes=2)
"""An import that has not moved for so long was cut off."""
MOST_FAULTS = 20_000
"""Errors that are kept of one import."""


def busy() -> ImportRun | None:
    """Return the import that is under way, if one is."""
    return ImportRun.objects.filter(state__in=MOVING, moved_at__gt=timezone.now() - STILL).first()


def is_cut_off(run: ImportRun) -> bool:
    """Tell whether an import ought to move and does not."""
    return run.state in MOVING and (run.moved_at is None or run.moved_at <= timezone.now() - STILL)


@transaction.atomic
def start(run: ImportRun, state: ImportState) -> bool:
    """Have the task worker check or write an import; return False, and do nothing, while another one is under way."""
    from good_practices.tasks import run_import

    other = ImportRun.objects.select_for_update().filter(state__in=MOVING, moved_at__gt=timezone.now() - STILL)
    if other.exclude(pk=run.pk).exists() or (run.state in MOVING and not is_cut_off(run) and run.pk and run.moved_at):
        return False
    run.state, run.done, run.message, run.moved_at = state, 0, "", timezone.now()
    run.save()
    transaction.on_commit(lambda: run_import.enqueue(run.pk))
    return True


def cancel(run: ImportRun) -> None:
    """Stop an import after the batch that is being written; what is written stays."""
    ImportRun.objects.filter(pk=run.pk, state__in=(*MOVING, ImportState.CHECKED)).update(state=ImportState.CANCELLED)


def perform(pk: int) -> None:
    """Check or write an import, as its state says, and note how far it is; what cannot be read is noted too."""
    run = ImportRun.objects.filter(pk=pk, state__in=MOVING).first()
    if run is None:
        return
    state = run.state
    with translation.override(run.reader_language):
        try:
            counts = _perform(run)
            end = ImportState.DONE if state == ImportState.RUNNING else ImportState.CHECKED
            message = ""
        except FileError as error:
            counts, end, message = Counts(refused=0), ImportState.FAILED, str(error)
    values: dict[str, Any] = {"counts": asdict(counts), "done": counts.rows, "message": message, "checked": not message}
    ImportRun.objects.filter(pk=pk, state=state).update(state=end, moved_at=timezone.now(), **values)


def _perform(run: ImportRun) -> Counts:
    ImportFault.objects.filter(run=run).delete()
    faults: list[ImportFault] = []
    kept = 0

    def refuse(error: RowError) -> None:
        nonlocal kept
        kept += 1
        if kept <= MOST_FAULTS:
            faults.append(_fault(run, error))

    def progress(counts: Counts) -> None:
        ImportFault.objects.bulk_create(faults)
        faults.clear()
        ImportRun.objects.filter(pk=run.pk).update(done=counts.rows, counts=asdict(counts), moved_at=timezone.now())

    with _local(run.file) as path, _local(run.archive) as archive:
        if path is None:
            raise FileError("")
        options = Options(run.language, run.create_organisations, mapping_of(run.mapping) if run.mapping.strip() else None)
        if not run.total:
            run.total = sum(1 for _row in rows_of(path, RowReader(options, Lists(), str).knows))
            ImportRun.objects.filter(pk=run.pk).update(total=run.total, moved_at=timezone.now())
        dry = run.state == ImportState.CHECKING
        job = Job(path, options, archive, run.publish, dry, run.created_by)
        return import_practices(job, refuse, progress, lambda: _cancelled(run.pk))


def _fault(run: ImportRun, error: RowError) -> ImportFault:
    return ImportFault(run=run, row=error.row, column=error.column[:120], value=error.value[:120], message=error.message[:500])


def _cancelled(pk: int) -> bool:
    return not ImportRun.objects.filter(pk=pk, state__in=MOVING).exists()


@contextmanager
def _local(file: Any) -> Iterator[Path | None]:
    """Give a stored file as a path, wherever it is stored; None where there is none."""
    if not file:
        yield None
        return
    with tempfile.NamedTemporaryFile() as copy:
        with file.open("rb") as stream:
            shutil.copyfileobj(stream, copy)
        copy.flush()
        yield Path(copy.name)
