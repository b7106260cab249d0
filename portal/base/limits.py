"""How often one connection may send a form, without keeping its address."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import get_random_string


def too_many(request: HttpRequest, form: str, most: int, seconds: int) -> bool:
    """Count a sending of `form`, and tell whether there were more than `most` from this connection in so many seconds.

    Its address is kept nowhere: the count hangs on a hash with a salt that is forgotten after that time.
    """
    salt = cache.get_or_set(f"{form}-salt", lambda: get_random_string(32), seconds)
    key = f"{form}-count-{hashlib.sha256(f'{salt}{_address(request)}'.encode()).hexdigest()[:32]}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # forgotten between the two
        return False


def _address(request: HttpRequest) -> str:
    """Return where the request came from; behind a proxy that is trusted, what that proxy says."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
