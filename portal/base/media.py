"""Serves uploaded files with ranges (RFC 9110), so that a video can be sought in and a download resumed.

Rooms that keep files under their own folder register who may have them: `guard("recordings", check)`.
"""

from __future__ import annotations

import mimetypes
import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

BLOCK_BYTES = 256 * 1024
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For whatever may hold scripts, SVG with it."""
POLICY_SHOWN = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
"""For pictures, sound and video: a sandbox has no self, and the browser's own player would show nothing."""
_RANGE = re.compile(r"bytes\s*=\s*(?:(\d{1,18})\s*-\s*(\d{1,18})?|-\s*(\d{1,18}))\s*$", re.IGNORECASE | re.ASCII)
_TYPES = {
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".vtt": "text/vtt",
}
_SHOWN = ("image/", "audio/", "video/")


class Access(Enum):
    """Who may have a file; the value is how long, and where, it may be kept (Cache-Control)."""

    EVERYBODY = "private, max-age=31536000, immutable"
    """Kept by readers only, not between: a cache on the way would go on giving out what was withdrawn."""
    THIS_PERSON = "private, no-store"
    NOBODY = "no-store"


Guard = Callable[[HttpRequest, str], Access]

ORDINARY = "public, max-age=3600"
"""For files without a guard, whose names may be used again."""

_guards: dict[str, Guard] = {"documents": lambda request, path: Access.NOBODY}
"""Documents have an address of their own, which asks who may read them."""


def guard(folder: str, check: Guard) -> None:
    """Have `check` asked, with the path below `folder`, before a file of that folder of MEDIA_ROOT is given out."""
    _guards[folder] = check


def saves_data(request: HttpRequest) -> bool:
    """Return whether the browser asks for little data (`Save-Data: on`): the sound then comes before the picture."""
    return request.headers.get("Save-Data", "").strip().lower() == "on"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a file: `start` its first byte, `length` how many."""

    start: int
    length: int


class Unsatisfiable(Exception):  # noqa: N818 - it is the RFC's word
    """A range that begins behind the end of the file."""


def parse_range(header: str, size: int) -> Span | None:
    """Return the part of a file of `size` bytes that a Range header asks for.

    None where the whole is to be sent: another unit, nonsense, an end before the start, or several ranges at once, all of which
    a server may ignore (RFC 9110, 14.2). Raises Unsatisfiable.
    """
    found = _RANGE.match(header.strip())
    if not found:
        return None
    if found[3] is not None:
        length = min(int(found[3]), size)
        if not length:
            raise Unsatisfiable
        return Span(size - length, length)
    start = int(found[1])
    end = min(int(found[2]), size - 1) if found[2] else size - 1
    if found[2] and int(found[2]) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return Span(start, end - start + 1)


class Part:
    """A file from where it stands, for a number of bytes; gunicorn sends it with sendfile(2) through its descriptor."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self.file, self.left = file, length

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes of the part."""
        wanted = self.left if size < 0 else min(size, self.left)
        data = self.file.read(wanted)
        self.left -= len(data)
        return data

    def fileno(self) -> int:
        """Return the descriptor of the file, which stands at the part's first byte."""
        return self.file.fileno()

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def seek(self, offset: int) -> None:
        """Go to a byte of the file (not of the part): what `socket.sendfile` does before and after it sends."""
        self.file.seek(offset)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer GET and HEAD for a file below MEDIA_ROOT: 200, 206, 304, 412, 416; 404 for what the reader may not have."""
    folder, _, rest = path.partition("/")
    access = _guards[folder](request, rest) if folder in _guards else None
    if access is Access.NOBODY:
        raise Http404
    file = _open(path)
    try:
        response = _answer(request, file, Path(path).name)
    except BaseException:
        file.close()
        raise
    if not response.streaming:
        file.close()
    _describe(response, access.value if access else ORDINARY)
    return response


def _open(path: str) -> IO[bytes]:
    """Open a regular file inside MEDIA_ROOT. Raises Http404 for anything else, hidden names, and links that lead out."""
    parts = path.split("/")
    if "\0" in path or "\\" in path or any(not part or part.startswith(".") for part in parts):
        raise Http404
    root = Path(settings.MEDIA_ROOT).resolve()
    try:
        real = root.joinpath(*parts).resolve(strict=True)
        if not real.is_relative_to(root) or not stat.S_ISREG(real.stat().st_mode):
            raise Http404
        return real.open("rb", buffering=0)
    except (OSError, ValueError, RuntimeError):  # gone, a name too long, not text for the disk, a circle of links
        raise Http404 from None


def _answer(request: HttpRequest, file: IO[bytes], name: str) -> HttpResponseBase:
    facts = os.fstat(file.fileno())
    etag, modified = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"', int(facts.st_mtime)
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is None:
        response = _content(request, file, facts.st_size, _is_current(request, etag, modified))
    response.headers["ETag"], response.headers["Last-Modified"] = etag, http_date(modified)
    if response.status_code in (200, 206):
        _name(response, name)
    return response


def _content(request: HttpRequest, file: IO[bytes], size: int, current: bool) -> HttpResponseBase:
    """Return the whole or the part that was asked for. A range is defined for GET only (RFC 9110, 14.2)."""
    if request.method == "HEAD":
        response = HttpResponse()
        response.headers["Content-Length"] = str(size)
        return response
    try:
        span = parse_range(request.headers.get("Range", ""), size) if current else None
    except Unsatisfiable:
        response = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    file.seek(span.start if span else 0)
    length = span.length if span else size
    part: Any = Part(file, length)
    streamed = _MediaResponse(part, status=206 if span else 200)
    streamed.headers["Content-Length"] = str(length)
    if span:
        streamed.headers["Content-Range"] = f"bytes {span.start}-{span.start + length - 1}/{size}"
    return streamed


class _MediaResponse(FileResponse):
    block_size = BLOCK_BYTES

    def set_headers(self, filelike: Any) -> None:
        """Leave the headers to `media`: Django would measure the whole file."""


def _is_current(request: HttpRequest, etag: str, modified: int) -> bool:
    """Return whether the range still belongs to the file the reader began with (If-Range: a strong tag, or the very date)."""
    condition = request.headers.get("If-Range")
    return condition is None or condition.strip() in (etag, http_date(modified))


def _name(response: HttpResponseBase, name: str) -> None:
    kind = _TYPES.get(Path(name).suffix.lower()) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    response.headers["Content-Type"] = kind
    if not kind.startswith(_SHOWN):
        response.headers["Content-Disposition"] = "attachment"
    elif kind != "image/svg+xml":
        response.headers["Content-Security-Policy"] = POLICY_SHOWN


def _describe(response: HttpResponseBase, keeping: str) -> None:
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = keeping
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
