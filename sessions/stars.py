"""The stars that a browser keeps: one cookie, which pages read with JavaScript and the server reads without.

Its value is a list of codes, parted by full stops. A code is the first ten hexadecimal digits of a session's key; `+` or `-`
before it says that the browser added or removed it and has not heard from the server since. Whatever else stands there is
passed over, so that tampering with it costs the reader's own stars at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

COOKIE = "agenda"
LINK_COOKIE = "agenda_link"
LIMIT = 300
"""Sessions that an agenda holds: their codes fit in a cookie (4,096 bytes, RFC 6265)."""

_DIGITS = 10
_ITEM = re.compile(rf"([+-]?)([0-9a-f]{{{_DIGITS}}})")
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Stars:
    """What the cookie says: the codes that are in the agenda, and which of them or of others changed in this browser."""

    codes: frozenset[str]
    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()

    @property
    def changed(self) -> bool:
        """Whether the server has not heard of something yet."""
        return bool(self.added or self.removed)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a browser is to remember: the sessions' keys, and the agenda's private link ("" to forget it, None to leave it)."""

    keys: frozenset[UUID]
    token: str | None = None


def code_of(key: UUID) -> str:
    """Return the code of a session."""
    return key.hex[:_DIGITS]


def read(request: HttpRequest) -> Stars:
    """Return the stars of the browser that sends `request`."""
    items = [_ITEM.fullmatch(item) for item in request.COOKIES.get(COOKIE, "")[:8192].split(".")]
    marks = {match[2]: match[1] for match in items if match}
    kept = [code for code, mark in marks.items() if mark != "-"][:LIMIT]
    return Stars(
        frozenset(kept),
        frozenset(code for code in kept if marks[code] == "+"),
        frozenset(code for code, mark in marks.items() if mark == "-"),
    )


def write(codes: Iterable[str]) -> str:
    """Return the value of the cookie for `codes`."""
    return ".".join(sorted(set(codes))[:LIMIT])


def remember(request: HttpRequest, response: HttpResponseBase, what: Remembered) -> None:
    """Have the browser remember `what`: the stars for its scripts too, the private link for the server only."""
    secure = request.is_secure()
    if what.keys:
        value = write(map(code_of, what.keys))
        response.set_cookie(COOKIE, value, max_age=_YEAR, samesite="Lax", secure=secure)
    elif COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, samesite="Lax")
    if what.token:
        response.set_cookie(LINK_COOKIE, what.token, max_age=_YEAR, samesite="Lax", secure=secure, httponly=True)
    elif what.token == "" and LINK_COOKIE in request.COOKIES:
        response.delete_cookie(LINK_COOKIE, samesite="Lax")
