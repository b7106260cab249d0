"""A page as it is kept: its bytes in each encoding, its headers, and until when it is right."""

from __future__ import annotations

import datetime
import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from portal.operations.content_version import Version

LARGEST = 1 << 20
SMALLEST_COMPRESSED = 200
BROTLI_QUALITY = 5
KNOWN_VARY = {"accept-encoding", "cookie", "hx-request", "save-data"}
UNKEPT = ("private", "no-store", "no-cache", "max-age=0")
NOT_MODIFIED_HEADERS = ("Cache-Control", "Content-Location", "Vary", "Content-Security-Policy", "Permissions-Policy")


@dataclass(frozen=True, slots=True)
class Body:
    """A page's bytes in one encoding, with the headers that belong to it, a strong ETag among them (RFC 9110, 8.8.3)."""

    content: bytes
    etag: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that is kept.

    `fresh_until` is when it is made anew; till `right_until` (the next change that the clock brings; None: never) it may be
    shown while that is done. `reads_activity` says whether it shows what people do.
    """

    version: Version
    reads_activity: bool
    fresh_until: datetime.datetime
    right_until: datetime.datetime | None
    bodies: Mapping[str, Body]
    size: int

    def is_of(self, version: Version) -> bool:
        """Tell whether nothing that it shows has changed since it was made."""
        return self.version.content == version.content and (not self.reads_activity or self.version.activity == version.activity)

    def is_fresh(self, now: datetime.datetime) -> bool:
        """Tell whether it need not be made anew."""
        return now < self.fresh_until

    def is_right(self, now: datetime.datetime) -> bool:
        """Tell whether the clock has changed nothing in it."""
        return self.right_until is None or now < self.right_until

    def respond(self, request: HttpRequest) -> HttpResponse:
        """Return the page in the best encoding that the browser takes, or 304 where it has it already."""
        body = self.bodies[best_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))]
        known = request.META.get("HTTP_IF_NONE_MATCH")
        if known and _matches(known, body.etag):
            headers = {name: body.headers[name] for name in NOT_MODIFIED_HEADERS if name in body.headers}
            return HttpResponseNotModified(headers={**headers, "ETag": body.etag})
        return HttpResponse(b"" if request.method == "HEAD" else body.content, headers=body.headers)


def can_be_kept(response: HttpResponseBase, htmx: bool) -> bool:
    """Tell whether a response is the same for every visitor who is not signed in. One to htmx must say that it varies with it."""
    if response.status_code != 200 or response.streaming or response.cookies or response.has_header("Content-Encoding"):
        return False
    control = response.get("Cache-Control", "").lower()
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",")} - {""}
    if not vary <= KNOWN_VARY or any(word in control for word in UNKEPT) or (htmx and "hx-request" not in vary):
        return False
    return len(getattr(response, "content", b"")) <= LARGEST


def encode(response: HttpResponse) -> dict[str, Body]:
    """Return the bodies of a response: identity, Brotli and gzip, the latter where they are shorter."""
    plain = response.content
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    response.headers.setdefault("Cache-Control", "no-cache")
    digest = hashlib.blake2b(plain, digest_size=12).hexdigest()
    identity = _body(response, "", plain, digest)
    bodies = {"": identity, "br": identity, "gzip": identity}
    if len(plain) >= SMALLEST_COMPRESSED:
        bodies["br"] = _body(response, "br", brotli.compress(plain, quality=BROTLI_QUALITY), digest)
        bodies["gzip"] = _body(response, "gzip", gzip.compress(plain, 6, mtime=0), digest)
    return {encoding: body if len(body.content) <= len(plain) else identity for encoding, body in bodies.items()}


def _body(response: HttpResponse, encoding: str, content: bytes, digest: str) -> Body:
    etag = f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
    headers = {**response.headers, "Content-Length": str(len(content)), "ETag": etag}
    return Body(content, etag, {**headers, "Content-Encoding": encoding} if encoding else headers)


@lru_cache(maxsize=512)
def best_encoding(accepted: str) -> str:
    """Return "br", "gzip" or "" for an Accept-Encoding (RFC 9110, 12.5.3); what is refused with `q=0` is not taken."""
    taken = set()
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            taken.add(name.strip())
    return next((encoding for encoding in ("br", "gzip") if encoding in taken), "")


def _matches(known: str, etag: str) -> bool:
    """Compare weakly, as If-None-Match asks (RFC 9110, 13.1.2)."""
    return known.strip() == "*" or any(one.strip().removeprefix("W/") == etag for one in known.split(","))
