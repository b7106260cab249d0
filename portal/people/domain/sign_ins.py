"""Where a person is signed in, and how they end that."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from portal.people.models import User

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
"""What stands in a User-Agent, and what people call it; the first that is found counts, for most claim to be several."""


@dataclass(frozen=True)
class SignIn:
    """A browser in which a person is signed in; `device` is "" where it cannot be told."""

    pk: int
    device: str
    since: datetime.datetime
    here: bool


def device_of(user_agent: str) -> str:
    """Return what a User-Agent header (RFC 9110, 10.1.5) says, in the words on the device."""
    found = (next((name for mark, name in marks if mark in user_agent), "") for marks in (BROWSERS, SYSTEMS))
    return " · ".join(filter(None, found))


def sign_ins(request: HttpRequest, person: User) -> list[SignIn]:
    """Return where `person` is signed in, here first, then the latest; forget those that have ended."""
    found = UserSession.objects.purge_and_list(person)
    if not any(one.is_current() for one in found):  # signed in before sign-ins were listed
        UserSession.objects.create_from_request(request)
        found = list(UserSession.objects.filter(user=person))
    shown = [SignIn(one.pk, device_of(one.user_agent), one.created_at, one.is_current()) for one in found]
    return sorted(shown, key=lambda one: (one.here, one.since), reverse=True)


def end_sign_in(request: HttpRequest, person: User, pk: int) -> bool:
    """Sign `person` out of one browser; return whether it was theirs. Where it is this one, `request` is signed out."""
    found = list(UserSession.objects.filter(user=person, pk=pk))
    end_sessions(request, found)
    return bool(found)


def end_other_sign_ins(request: HttpRequest, person: User) -> int:
    """Sign `person` out everywhere but here; return of how many browsers."""
    found = [one for one in UserSession.objects.filter(user=person) if not one.is_current()]
    end_sessions(request, found)
    return len(found)
