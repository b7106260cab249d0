from __future__ import annotations

from typing import Any

from allauth.account.signals import user_signed_up
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from portal.participation import bookmarks
from portal.participation.domain.bans import ban_of, ban_words
from portal.people.models import User


def connect() -> None:
    """Bring the browser's bookmarks into the account on sign-in, tell who is banned, and leave nothing behind on sign-out."""
    user_signed_up.connect(_join_account, dispatch_uid="bookmarks_signed_up")
    user_logged_in.connect(_join_account, dispatch_uid="bookmarks_logged_in")
    user_logged_in.connect(_tell_of_ban, dispatch_uid="ban_logged_in")
    user_logged_out.connect(_leave_account, dispatch_uid="bookmarks_logged_out")


def _join_account(user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    if request is not None:
        kept = bookmarks.join_account(user, request)
        request.remember_bookmarks = bookmarks.Remembered(tuple(kept))  # type: ignore[attr-defined]


def _tell_of_ban(user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    ban = ban_of(user)
    if request is not None and ban is not None and hasattr(request, "_messages"):
        messages.warning(request, ban_words(ban))


def _leave_account(request: HttpRequest | None = None, **kwargs: Any) -> None:
    """The browser may be shared: nothing of the account stays in it."""
    if request is not None:
        request.remember_bookmarks = bookmarks.Remembered(())  # type: ignore[attr-defined]
