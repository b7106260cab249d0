"""Bookmarks: kept in the browser without an account, in the account of whoever signs in.

The browser's are one first-party cookie: codes parted by full stops, the newest first. A code is the first ten hexadecimal
digits of a page's `translation_key`. Whatever else stands there is passed over, so that tampering costs the reader's own at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.base.privacy import readable
from portal.participation.models import Bookmark, Subject
from portal.people.models import User

COOKIE = "bookmarks"
LIMIT = 200
"""Bookmarks that a reader keeps: their codes fit in a cookie (4,096 bytes, RFC 6265)."""

_DIGITS = 10
_CODE = re.compile(rf"[0-9a-f]{{{_DIGITS}}}")
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a browser is to remember: the keys of the bookmarks, the newest first; none to forget all."""

    keys: tuple[UUID, ...]


def code_of(key: UUID) -> str:
    """Return the code of a page and its translations."""
    return key.hex[:_DIGITS]


def codes_in(request: HttpRequest) -> list[str]:
    """Return the codes that the browser keeps, the newest first."""
    items = request.COOKIES.get(COOKIE, "")[:8192].split(".")
    return list(dict.fromkeys(item for item in items if _CODE.fullmatch(item)))[:LIMIT]


def kept_by(request: HttpRequest) -> list[UUID]:
    """Return the keys of the reader's bookmarks, the newest first: the account's, else the browser's."""
    user = getattr(request, "user", None)
    if isinstance(user, User):
        return _of_account(user)
    return keys_of(codes_in(request))


def keys_of(codes: Sequence[str]) -> list[UUID]:
    """Return the keys of the public pages that have one of `codes`, in the order of the codes; two queries at most."""
    if not codes:
        return []
    rest = 32 - _DIGITS
    ranges = (Q(translation_key__range=(UUID(code + "0" * rest), UUID(code + "f" * rest))) for code in codes)
    pages = readable(Page.objects.filter(reduce(or_, ranges))).order_by()
    found = {code_of(key): key for key in pages.values_list("translation_key", flat=True)}
    return [found[code] for code in codes if code in found]


def change(request: HttpRequest, key: UUID, on: bool) -> list[UUID]:
    """Keep a subject, or keep it no more, and return the reader's bookmarks. Raises ValidationError where there are too many."""
    user = getattr(request, "user", None)
    held = kept_by(request)
    if on and key not in held and len(held) >= LIMIT:
        raise ValidationError(_("You can keep at most %(count)d bookmarks.") % {"count": LIMIT})
    if isinstance(user, User):
        if on:
            Bookmark.objects.get_or_create(person=user, subject=Subject.of(key))
        else:
            Bookmark.objects.filter(person=user, subject__translation_key=key).delete()
    others = [one for one in held if one != key]
    return [key, *others] if on else others


@transaction.atomic
def join_account(user: User, request: HttpRequest) -> list[UUID]:
    """Bring the browser's bookmarks into the account and return those it holds then; what does not fit is left out.

    Doing it again changes nothing.
    """
    held = _of_account(user)
    new = [key for key in keys_of(codes_in(request)) if key not in held][: LIMIT - len(held)]
    for key in reversed(new):
        Bookmark.objects.get_or_create(person=user, subject=Subject.of(key))
    return [*new, *held]


def remember(request: HttpRequest, response: HttpResponseBase, keys: Iterable[UUID]) -> None:
    """Have the browser keep the codes of `keys`, for its scripts too."""
    value = ".".join(code_of(key) for key in list(keys)[:LIMIT])
    if value:
        response.set_cookie(COOKIE, value, max_age=_YEAR, samesite="Lax", secure=request.is_secure())
    elif COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, samesite="Lax")


def _of_account(user: User) -> list[UUID]:
    return list(Bookmark.objects.filter(person=user).values_list("subject__translation_key", flat=True)[:LIMIT])
