"""A session while it happens: the way into its meeting, and the block that refreshes itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.timesince import timeuntil
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HTMX_STOP_POLLING

from portal.base import clock
from portal.base.languages import Translation, page_translations
from portal.people.domain import signed_in
from sessions.domain import set_room_full
from sessions.enums import JoinState
from sessions.live import Live, is_web_address, live_of
from sessions.models import SessionPage, WorkshopPage
from sessions.views.lookup import public_session

FOR_EVERYBODY = frozenset({JoinState.OVER, JoinState.CANCELLED, JoinState.NOT_PLANNED})
"""What is said before anybody is asked to sign in: signing in would change nothing."""


@never_cache
@require_safe
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead into the session's meeting those who may join it now; tell everybody else why not, and what to do.

    Who has just signed in (`?signed-in=1`) gets a page with the way in: a form that was sent must not lead to another site
    (`form-action` of the Content Security Policy).
    """
    session = public_session(slug)
    live = _live(session, request)
    address = session.live_url if is_web_address(session.live_url) else ""
    may_enter = bool(address) and (live.facilitates or (live.signed_in and live.join == JoinState.OPEN))
    if may_enter and "signed-in" not in request.GET:
        return _private(HttpResponseRedirect(address))
    sign_in_first = not live.signed_in and live.join not in FOR_EVERYBODY
    context = {
        "session": session,
        "live": live,
        "may_enter": may_enter,
        "sign_in_first": sign_in_first,
        "way_in": urlencode({"next": f"{live.join_url}?signed-in=1"}),
        "wait": timeuntil(live.opens_at, clock.now()) if live.join == JoinState.NOT_YET else "",
        "translations": translations_at(session, "join/"),
    }
    return _private(render(request, "sessions/join.html", context, status=403 if sign_in_first else 200))


@require_safe
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer htmx with the live block alone: 204 where it says what the reader has, 286, which stops asking, where it is over.

    Others are led to the session.
    """
    session = public_session(slug)
    if not getattr(request, "htmx", False):
        response: HttpResponse = redirect(session.get_url(request))
    else:
        response = _fragment(request, _live(session, request))
    patch_vary_headers(response, ["HX-Request"])
    return response


@never_cache
@require_POST
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the session's meeting is full, or has places again, as the button said. Raises PermissionDenied."""
    session = public_session(slug)
    set_room_full(session, request.POST.get("full") == "1", signed_in(request))
    if getattr(request, "htmx", False):
        return _fragment(request, _live(public_session(slug), request), seen="")
    return redirect(f"{session.get_url(request)}#live")


def translations_at(session: SessionPage, path: str) -> list[Translation]:
    """Return where `path` below the session's page is in each language."""
    links = page_translations(session)
    return [replace(link, page_url=f"{link.page_url}{path}") if link.page_url else link for link in links]


def _live(session: SessionPage, request: HttpRequest) -> Live:
    return live_of(session, request, WorkshopPage.objects.parent_of(session).get().zone)


def _fragment(request: HttpRequest, live: Live, seen: str | None = None) -> HttpResponse:
    seen = request.GET.get("seen", "") if seen is None else seen
    if live.refreshes and seen == live.mark:
        response = HttpResponse(status=204)
    else:
        status = 200 if live.refreshes else HTMX_STOP_POLLING
        response = render(request, "sessions/_live_state.html", {"live": live, "alone": True}, status=status)
    cache: dict[str, Any] = (
        {"private": True, "no_store": True} if live.signed_in else {"public": True, "max_age": 0, "s_maxage": 15}
    )
    patch_cache_control(response, **cache)
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the address of a meeting, and the way to it, out of caches and out of what other sites are told."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
