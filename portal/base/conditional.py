"""Answers that machines ask for again and again: unchanged, they cost 304 (RFC 9110, 13.1.2)."""

from __future__ import annotations

import datetime
import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

PUBLIC = "public, max-age=300"
PRIVATE = "private, no-cache"


def conditional(
    request: HttpRequest,
    body: bytes,
    content_type: str,
    *,
    changed: datetime.datetime | None = None,
    filename: str = "",
    cache_control: str = PUBLIC,
) -> HttpResponseBase:
    """Return `body` with its ETag, or 304 where the client has it.

    `changed` is told as Last-Modified, but the ETag alone decides: a renamed speaker or a withdrawn session changes the
    body and leaves no newer moment behind.
    """
    response = HttpResponse(body, content_type=content_type)
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response["ETag"] = etag
    response["Cache-Control"] = cache_control
    if changed:
        response["Last-Modified"] = http_date(changed.timestamp())
    if filename:
        response["Content-Disposition"] = f'inline; filename="{filename}"'
    if cache_control == PUBLIC:
        response["Access-Control-Allow-Origin"] = "*"
    return get_conditional_response(request, etag=etag, response=response) or response


def origin_of(request: HttpRequest) -> str:
    """Return the absolute address of the site without a slash at its end."""
    return f"{request.scheme}://{request.get_host()}"
