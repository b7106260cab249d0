"""Stopping digests, or following, from a link in a mail: without signing in, in one click (RFC 8058)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.participation.digests.links import follow_of, person_of
from portal.participation.domain.following import set_frequency
from portal.participation.following import named
from portal.people.enums import DigestFrequency

_METHODS = ["GET", "HEAD", "POST"]


@never_cache
@csrf_exempt
@require_http_methods(_METHODS)
def stop_digests(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop all digests (GET: mail scanners follow links), or stop them (POST). The token is the authority."""
    person = person_of(token)
    if person is None:
        return _page(request, void=True)
    if request.method == "POST":
        set_frequency(person, DigestFrequency.NEVER)
        return _page(request, done=True)
    return _page(request, done=person.digest == DigestFrequency.NEVER)


@never_cache
@csrf_exempt
@require_http_methods(_METHODS)
def stop_following(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop following one thing (GET), or stop (POST)."""
    found = follow_of(token)
    if found is None:
        return _page(request, void=True)
    if request.method == "POST":
        found.delete()
        return _page(request, done=True, one=True)
    name = named(found.kind, [found.key], get_language() or "ar").get(found.key)
    return _page(request, one=True, name=name)


def _page(request: HttpRequest, void: bool = False, **context: object) -> HttpResponse:
    return render(request, "participation/stop.html", {"void": void, **context}, status=404 if void else 200)
