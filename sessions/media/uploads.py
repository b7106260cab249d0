"""Receiving a large file: written beside where it will stay, refused with words and without losing the rest of the form."""

from __future__ import annotations

import contextlib
import errno
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from sessions.media.faults import Fault
from sessions.media.places import STALE_SECONDS

FORM_BYTES = 1 << 20
"""What a form may weigh beside its file."""
SPARE_BYTES = 100 << 20


def arriving() -> Path:
    """Return the folder of what is being received: on the disk of the originals, so that keeping a file is a rename."""
    folder = Path(storages["originals"].path("")) / ".arriving"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def sweep() -> None:
    """Remove what a process that was killed had received, a day later: younger, it may still be arriving."""
    before = time.time() - STALE_SECONDS
    for path in arriving().iterdir():
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()


class ArrivingFile(UploadedFile):
    """A file that has arrived; it vanishes when closed, unless a storage has moved it."""

    file: Any

    def __init__(self, name: str, content_type: str | None, size: int, file: Any) -> None:
        super().__init__(file, name, content_type, size)

    def temporary_file_path(self) -> str:
        """Return where it is, for storages that can move it."""
        return str(self.file.name)

    def close(self) -> None:
        """Forget the file, where it is still here."""
        with contextlib.suppress(FileNotFoundError):  # a storage has moved it
            self.file.close()


class RecordingUploadHandler(FileUploadHandler):
    """Streams a recording to disk. `fault` says why the file was not taken; the fields around it are read all the same."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.fault: Fault | None = None
        self.receiving: Any = None
        self.received = 0

    def handle_raw_input(self, input_data: Any, META: dict[str, Any], content_length: int, *args: Any) -> None:  # noqa: N803
        """Refuse by the announced length what will not fit."""
        if content_length > settings.MEDIA_MAX_BYTES + FORM_BYTES:
            self.fault = Fault.TOO_LARGE
        elif shutil.disk_usage(arriving()).free < content_length + SPARE_BYTES:
            self.fault = Fault.NO_SPACE

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open the file that will receive."""
        super().new_file(*args, **kwargs)
        if self.fault:
            raise SkipFile
        self.received = 0
        self.receiving = tempfile.NamedTemporaryFile(dir=arriving(), prefix="upload-")  # noqa: SIM115 - closed with the request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece; a file that grows past the limit, or a full disk, ends it."""
        self.received += len(raw_data)
        if self.received > settings.MEDIA_MAX_BYTES:
            self._give_up(Fault.TOO_LARGE)
        try:
            self.receiving.write(raw_data)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            self._give_up(Fault.NO_SPACE)

    def file_complete(self, file_size: int) -> ArrivingFile | None:
        """Return what arrived."""
        try:
            self.receiving.seek(0)  # flushes: the last bytes may not fit either
        except OSError:
            self.fault = Fault.NO_SPACE
            return None
        return ArrivingFile(self.file_name or "", self.content_type, file_size, self.receiving)

    def upload_interrupted(self) -> None:
        """Forget what has arrived of a file whose sender went away."""
        if self.receiving:
            self.receiving.close()

    def _give_up(self, fault: Fault) -> None:
        self.fault = fault
        self.receiving.close()
        raise SkipFile


def receiving(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Return `view` with a `RecordingUploadHandler`, which must be there before the form is read to check its token."""

    @csrf_exempt
    def receive(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.upload_handlers = [RecordingUploadHandler(request)]
        return csrf_protect(view)(request, *args, **kwargs)

    return receive


def fault_of(request: HttpRequest) -> Fault | None:
    """Return why the file of a request was not taken; None where it was, or where there is none."""
    request.FILES  # noqa: B018 - reads the request
    handlers = (handler for handler in request.upload_handlers if isinstance(handler, RecordingUploadHandler))
    return next((handler.fault for handler in handlers), None)
