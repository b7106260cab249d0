"""What is done with recordings: kept, prepared, tried again; and who may play what."""

from __future__ import annotations

import logging
import shutil
import time
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from portal.base.media import Access
from sessions.enums import RecordingStatus, RenditionKind
from sessions.media import journal, places, recipes, uploads
from sessions.media.faults import Fault, MediaError
from sessions.media.probe import Probe, probe
from sessions.media.processing import Made, Product, make
from sessions.models import Recording, Rendition, SessionPage

logger = logging.getLogger(__name__)

PROGRESS_SECONDS = 1.0
WORDS = ("session_key", "label_ar", "label_fr", "label_en", "spoken_language", "order", "live", "illustrative", "updated_at")
"""What facilitators change of a recording: saved by itself, since the worker may be changing the rest."""


@transaction.atomic
def keep(recording: Recording) -> None:
    """Save a recording: one elsewhere is ready at once, one with a new file is prepared after the commit."""
    if recording.external_url:
        recording.status, recording.progress, recording.has_video = RecordingStatus.READY, 100, True
    if recording.pk and recording.original:
        recording.save(update_fields=WORDS)
        return
    recording.save()
    if recording.original and recording.status == RecordingStatus.WAITING:
        enqueue(recording)


@transaction.atomic
def enqueue(recording: Recording) -> None:
    """Have a recording prepared, or prepared anew, by the task worker; what visitors have stays until then.

    Nothing happens while it is being prepared.
    """
    from sessions.tasks import prepare_recording  # the task calls `prepare`

    if not recording.original or places.is_taken(recording.pk):
        return
    if recording.status != RecordingStatus.READY:
        recording.status = RecordingStatus.WAITING
    recording.progress = 0
    recording.log = journal.add(recording.log, "asked")
    recording.save(update_fields=["status", "progress", "log"])
    transaction.on_commit(lambda: prepare_recording.enqueue(recording.pk))


def prepare(pk: int) -> bool:
    """Make the renditions of a recording and show them all at once; return whether they were made.

    Safe to run at any time, by anyone: a recording that is ready, gone, or in another process's hands is left alone. What goes
    wrong is told in its log, and what visitors had before stays. A process killed on the way leaves nothing that is served.
    """
    with places.workplace(pk) as work:
        recording = Recording.objects.filter(pk=pk).first()
        if work is None or recording is None or not recording.original:
            return False
        if recording.status == RecordingStatus.READY and recording.progress == 100:
            return False
        uploads.sweep()
        places.sweep({str(folder) for folder in Recording.objects.values_list("folder", flat=True)})
        try:
            _prepare(recording, work)
            return True
        except MediaError as error:
            _fail(recording, error.fault, error.detail.replace(str(work), "…"))
        except OSError as error:
            logger.exception("Recording %s could not be prepared", pk)
            _fail(recording, Fault.NO_SPACE if error.errno == 28 else Fault.UNEXPECTED, error.strerror or "")
        except Exception as error:
            logger.exception("Recording %s could not be prepared", pk)
            _fail(recording, Fault.UNEXPECTED, type(error).__name__)
    return False


@transaction.atomic
def add_prepared(recording: Recording, files: Mapping[RenditionKind, tuple[int, int] | None], source: Path) -> None:
    """Save a recording whose renditions lie ready in the folder `source`, under the names of their recipes.

    `files` gives width and height in pixels of those with a picture.
    """
    recording.status, recording.progress = RecordingStatus.READY, 100
    recording.save()
    target = places.public_folder(recording.folder)
    target.mkdir(parents=True)
    made = []
    for kind, size in files.items():
        recipe = recipes.BY_KIND[kind]
        copied = Path(shutil.copyfile(source / recipe.name, target / recipe.name))
        made.append(Made(recipe, copied.stat().st_size, *(size or ())))
    Rendition.objects.bulk_create(_renditions(recording, made))


def to_retry() -> list[int]:
    """Return the recordings whose preparation failed or was cut off."""
    unfinished = Recording.objects.exclude(original="").exclude(status=RecordingStatus.READY, progress=100)
    return [pk for pk in unfinished.values_list("pk", flat=True) if not places.is_taken(pk)]


def may_play(request: HttpRequest, path: str) -> Access:
    """Tell who may have the file at `recordings/<folder>/<name>`, asked anew each time: what is withdrawn is gone at once.

    Everybody, where the recording is public and its session can be read by everybody in some language; else facilitators, to look
    at it first.
    """
    try:
        folder = uuid.UUID(path.partition("/")[0])
    except ValueError:
        return Access.NOBODY
    pages = SessionPage.objects.published().filter(translation_key=OuterRef("session_key"))
    found = Recording.objects.filter(folder=folder)
    if found.public().filter(Exists(pages)).exists():
        return Access.EVERYBODY
    if found.exists() and request.user.has_perm("workshop_sessions.view_recording"):
        return Access.THIS_PERSON
    return Access.NOBODY


def _prepare(recording: Recording, work: Path) -> None:
    started = time.monotonic()
    again = recording.status == RecordingStatus.PROCESSING
    if recording.status != RecordingStatus.READY:
        recording.status = RecordingStatus.PROCESSING
    _note(recording, "interrupted" if again else "started", progress=1)
    original = Path(recording.original.path)
    if not original.is_file():
        raise MediaError(Fault.MISSING)
    source = probe(original, work)
    _note(recording, "found", what=_facts(source), progress=2)
    folder = work / "folder"
    folder.mkdir()
    product = make(original, source, work, folder, _Progress(recording.pk))
    _show(recording, product, folder, round(time.monotonic() - started))


def _facts(source: Probe) -> str:
    size = "{}×{}".format(*source.size) if source.size else ""
    return "|".join(filter(None, [source.demuxer, size, f"{source.duration:.0f} s" if source.duration else ""]))


def _show(recording: Recording, product: Product, made: Path, seconds: int) -> None:
    """Put what was made in the place of what there was: the folder by one rename, the rows in one transaction."""
    folder = uuid.uuid4()
    target = places.public_folder(folder)
    try:
        with transaction.atomic():
            current = Recording.objects.select_for_update().filter(pk=recording.pk).first()
            if current is None:
                return
            made.rename(target)
            old, current.folder = current.folder, folder
            current.renditions.all().delete()
            Rendition.objects.bulk_create(_renditions(current, product.files))
            current.status, current.progress = RecordingStatus.READY, 100
            current.duration, current.has_video = product.duration, product.has_video
            current.log = journal.add(recording.log, "finished", seconds=seconds)
            current.save(update_fields=["folder", "status", "progress", "duration", "has_video", "log", "updated_at"])
    except BaseException:
        places.remove(folder)
        raise
    places.remove(old)


def _renditions(recording: Recording, files: Iterable[Made]) -> list[Rendition]:
    return [
        Rendition(
            recording=recording,
            kind=made.recipe.kind,
            file=f"{places.FOLDER}/{recording.folder}/{made.recipe.name}",
            content_type=made.recipe.content_type,
            size=made.size,
            width=made.width,
            height=made.height,
        )
        for made in files
    ]


def _note(recording: Recording, code: str, *, progress: int, **values: str) -> None:
    recording.progress = progress
    recording.log = journal.add(recording.log, code, **values)
    _update(recording)


def _fail(recording: Recording, fault: Fault, detail: str) -> None:
    """Say why in the log; a recording that visitors can play stays as it is."""
    ready = recording.status == RecordingStatus.READY
    recording.status = RecordingStatus.READY if ready else RecordingStatus.FAILED
    recording.progress = 100 if ready else 0
    recording.log = journal.add(recording.log, fault.value, detail=detail)
    _update(recording)


def _update(recording: Recording) -> None:
    """Save how far it is without touching what facilitators may be editing."""
    facts = {name: getattr(recording, name) for name in ("status", "progress", "log")}
    Recording.objects.filter(pk=recording.pk).update(**facts)


class _Progress:
    """Saves the progress of a recording, once a second at most."""

    def __init__(self, pk: int) -> None:
        self.pk, self.saved, self.moment = pk, 2, 0.0

    def __call__(self, progress: int) -> None:
        now = time.monotonic()
        if progress > self.saved and progress < 100 and now - self.moment >= PROGRESS_SECONDS:
            Recording.objects.filter(pk=self.pk).update(progress=progress)
            self.saved, self.moment = progress, now
