"""Making previews once, and asking for them to be made."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents.models import Document

from sessions.models import DocumentPreview
from sessions.models.preview import previews

logger = logging.getLogger(__name__)

MAX_BYTES = 100 * 1024 * 1024
SECONDS = 60
CHUNK = 1024 * 1024


def wanted(documents: Iterable[Document]) -> list[Document]:
    """Return the PDFs whose pages have not been drawn, or tried, yet."""
    pdfs = [document for document in documents if document.file_extension == "pdf"]
    hashes = [document.get_file_hash() for document in pdfs]
    known = set(DocumentPreview.objects.filter(file_hash__in=hashes).values_list("file_hash", flat=True))
    return [document for document in pdfs if document.get_file_hash() not in known]


def ask_for(documents: Iterable[Document]) -> None:
    """Have the pages of PDFs drawn in the background, after the current transaction."""
    from sessions.previews.tasks import draw_preview  # tasks call back into this module

    for document in wanted(documents):
        transaction.on_commit(partial(draw_preview.enqueue, document.pk), robust=True)


def make(document: Document) -> DocumentPreview:
    """Return the preview of a document, drawn now unless it was before. A file that cannot be drawn gets one without images."""
    file_hash = document.get_file_hash()
    found = DocumentPreview.objects.filter(file_hash=file_hash).first()
    if found:
        return found
    preview = DocumentPreview(file_hash=file_hash)
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        drawn = _drawn(document, Path(folder))
        for number in range(1, drawn.get("images", 0) + 1):
            name, content = preview.image_name(number), (Path(folder) / f"{number}.webp").read_bytes()
            previews().delete(name)  # of an attempt that was cut off
            previews().save(name, ContentFile(content))
    kept, _created = DocumentPreview.objects.update_or_create(file_hash=file_hash, defaults=drawn)
    return kept


def _drawn(document: Document, folder: Path) -> dict[str, int]:
    """Return what the drawing process says of a document, {} where it could not draw it."""
    if (document.get_file_size() or 0) > MAX_BYTES:
        return {}
    source = folder / "source.pdf"
    try:
        with document.file.open("rb") as content, source.open("wb") as copy:
            while chunk := content.read(CHUNK):
                copy.write(chunk)
        command = [sys.executable, "-m", "sessions.previews.drawing", str(source), str(folder)]
        done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
        drawn: dict[str, int] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        logger.warning("The pages of document %s cannot be drawn: %s", document.pk, error)
        return {}
    return drawn
