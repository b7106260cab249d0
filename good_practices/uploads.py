"""Receiving the files of contributors: no more than allowed reaches the disk, and a file is what its first bytes say."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from good_practices.domain.contribution_files import FILE_BYTES

_MAGIC = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
}
_INSIDE = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
_OPEN_DOCUMENT = {".odt": b"text", ".ods": b"spreadsheet", ".odp": b"presentation"}
EXTENSIONS = (*_MAGIC, *_INSIDE, *_OPEN_DOCUMENT)


def is_what_it_says(name: str, stream: IO[bytes]) -> bool:
    """Tell whether the content of a file is of the kind that its name's ending says, one of `EXTENSIONS`."""
    ending = PurePosixPath(name).suffix.lower()
    stream.seek(0)
    head = stream.read(16)
    stream.seek(0)
    if ending in _MAGIC:
        return head.startswith(_MAGIC[ending])
    if not head.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(stream) as archive:
            return _is_office(ending, archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return False
    finally:
        stream.seek(0)


def _is_office(ending: str, archive: zipfile.ZipFile) -> bool:
    names = archive.namelist()
    if ending in _INSIDE:
        macros = any(PurePosixPath(name).name == "vbaProject.bin" for name in names)
        return "[Content_Types].xml" in names and any(name.startswith(_INSIDE[ending]) for name in names) and not macros
    if ending not in _OPEN_DOCUMENT or "mimetype" not in names:
        return False
    with archive.open("mimetype") as stream:
        return stream.read(80).strip() == b"application/vnd.oasis.opendocument." + _OPEN_DOCUMENT[ending]


class SmallFileHandler(TemporaryFileUploadHandler):
    """Receives a file of `FILE_BYTES` at most; `too_large` says that one was not taken."""

    too_large = False
    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece; a file that grows past the limit ends it, and nothing of it stays."""
        self.received += len(raw_data)
        if self.received > FILE_BYTES:
            self.too_large = True
            self.file.close()
            raise SkipFile
        super().receive_data_chunk(raw_data, start)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open the file that will receive."""
        self.received = 0
        super().new_file(*args, **kwargs)


def receiving(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Return `view` with a `SmallFileHandler`, which must be there before the form is read to check its token."""

    @csrf_exempt
    def receive(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.upload_handlers = [SmallFileHandler(request)]
        return csrf_protect(view)(request, *args, **kwargs)

    return receive


def was_too_large(request: HttpRequest) -> bool:
    """Tell whether a file of the request was not taken for its size."""
    request.FILES  # noqa: B018 - reads the request
    return any(getattr(handler, "too_large", False) for handler in request.upload_handlers)
