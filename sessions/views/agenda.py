"""The reader's agenda: kept in the browser, on request behind a private link, or in the account."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.base.conditional import PRIVATE, conditional, origin_of
from portal.base.languages import current_language
from portal.base.origin import from_our_pages
from portal.people.models import User
from sessions import agendas, stars
from sessions.announced import announced, last_change, workshops_of
from sessions.calendars import calendar
from sessions.models import Agenda
from sessions.timetable import timetable
from sessions.views.schedule import CALENDAR

REMINDERS = {"none": None, "15": 15, "60": 60}
MADE_PER_HOUR = 60
"""Private links that one address of the network is given in an hour: a whole room behind one connection, but no flood."""


@require_POST
@from_our_pages
def star(request: HttpRequest) -> HttpResponseBase:
    """Put a session into the agenda (`session`, with `on=0`: take it out); with no session, hear what the browser changed.

    A form is led back to where it stands, a script (`Accept: application/json`) is answered without a body.
    """
    by_script = request.headers.get("Accept") == "application/json"
    key = _session_key(request)
    added = request.POST.get("on") != "0"
    agenda = agendas.agenda_of(request)
    if agenda is None and isinstance(request.user, User):
        agenda = agendas.keep([], request.user)
    try:
        keys = agendas.settle(request, agenda, (key, added) if key else None)
    except ValidationError as error:
        return _full(request, agenda, error, by_script)
    response: HttpResponseBase = HttpResponse(status=204) if by_script else HttpResponseRedirect(_way_back(request, key, added))
    stars.remember(request, response, stars.Remembered(keys))
    return _unshared(response)


def _full(request: HttpRequest, agenda: Agenda | None, error: ValidationError, by_script: bool) -> HttpResponseBase:
    """Say that there is no room; a script's reader reads it on the next page, with the stars that are kept."""
    if not by_script:
        return render(request, "sessions/agenda_full.html", {"words": error.messages[0]}, status=409)
    messages.warning(request, error.messages[0])
    response = HttpResponse(status=409)
    if agenda is not None:
        stars.remember(request, response, stars.Remembered(agendas.keys_in(agenda)))
    return _unshared(response)


def _session_key(request: HttpRequest) -> UUID | None:
    """Return the key of the session that is named. Raises Http404 where it is none that is published."""
    value = request.POST.get("session")
    if value is None:
        return None
    try:
        key = UUID(value)
    except ValueError:
        raise Http404 from None
    if request.POST.get("on") != "0" and not agendas.is_published(key):
        raise Http404
    return key


def _way_back(request: HttpRequest, key: UUID | None, added: bool) -> str:
    """Return the page of ours that the form stands on, at the star; else the agenda."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return reverse("agenda")
    if key is None or not added or came_from.netloc != request.get_host() or not came_from.path.startswith("/"):
        return reverse("agenda")
    path = f"/{came_from.path.lstrip('/')}"
    return f"{path}{'?' if came_from.query else ''}{came_from.query}#starred-{stars.code_of(key)}"


@require_safe
def my_agenda(request: HttpRequest) -> HttpResponseBase:
    """Show the agenda of the account, of the browser's private link, or of the browser alone."""
    agenda = agendas.agenda_of(request)
    keys = _settled(request, agenda)
    context = {"agenda": timetable(keys, current_language()), "linked": agenda is not None}
    response = render(request, "sessions/agenda.html", context)
    if agenda is not None or stars.read(request).changed or stars.LINK_COOKIE in request.COOKIES:
        needs_link = agenda is not None and agenda.owner_id is None
        stars.remember(request, response, stars.Remembered(keys, token=None if needs_link else ""))
    return _unshared(response)


@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """Answer the agenda as a calendar, as it is now."""
    keys = _settled(request, agendas.agenda_of(request))
    return _calendar(request, keys, reverse("agenda"))


def _settled(request: HttpRequest, agenda: Agenda | None) -> frozenset[UUID]:
    """Return the keys of the agenda after hearing what the browser changed, and say so where that does not fit."""
    try:
        return agendas.settle(request, agenda)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return agendas.keys_in(agenda) if agenda else frozenset()


@require_POST
@from_our_pages
def keep(request: HttpRequest) -> HttpResponseBase:
    """Keep the agenda behind a private link and lead there."""
    agenda = agendas.agenda_of(request)
    if agenda is None and not isinstance(request.user, User) and not _may_make_one(request):
        words = _("Many private links were just made from your connection. Your stars are kept: try again later.")
        messages.warning(request, words)
        return HttpResponseRedirect(reverse("agenda"))
    keys = _settled(request, agenda)
    if agenda is None:
        agenda = agendas.keep(keys, request.user if isinstance(request.user, User) else None)
    response = HttpResponseRedirect(reverse("private_agenda", args=[agenda.token]))
    stars.remember(request, response, stars.Remembered(keys, token=_cookie_token(agenda)))
    return _unshared(response)


def _may_make_one(request: HttpRequest) -> bool:
    address = get_adapter().get_client_ip(request)
    counter = f"agendas-made:{hashlib.sha256(address.encode()).hexdigest()[:32]}"
    made = int(cache.get_or_set(counter, 0, 3600) or 0)
    cache.set(counter, made + 1, 3600)
    return made < MADE_PER_HOUR


@require_safe
def private_agenda(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show the agenda behind a private link, with its addresses and what can be done with them."""
    agenda = agendas.by_token(token)
    if agenda is None:
        return _gone(request)
    feed = f"{origin_of(request)}{reverse('agenda_feed', args=[token])}"
    context = {
        "agenda": timetable(agendas.keys_in(agenda), current_language()),
        "token": token,
        "address": f"{origin_of(request)}{reverse('private_agenda', args=[token])}",
        "feed": feed,
        "subscribe": f"webcal:{feed.partition(':')[2]}",
        "of_account": agenda.owner_id is not None,
        "of_this_browser": request.COOKIES.get(stars.LINK_COOKIE) == token or _is_own(request, agenda),
    }
    return _private(render(request, "sessions/agenda_private.html", context))


@require_safe
def agenda_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer the agenda behind a private link as a calendar to subscribe to (`?reminder=none|15|60`, minutes)."""
    agenda = agendas.by_token(token)
    if agenda is None:
        words = _("This private link does not work any more.")
        return _private(HttpResponse(words, status=410, content_type="text/plain; charset=utf-8"))
    return _calendar(request, agendas.keys_in(agenda), reverse("private_agenda", args=[token]))


@require_POST
@from_our_pages
def adopt(request: HttpRequest, token: str) -> HttpResponseBase:
    """Use a private agenda, with the stars that are here already, in this browser."""
    agenda = agendas.by_token(token)
    if agenda is None:
        return _gone(request)
    response = HttpResponseRedirect(reverse("agenda"))
    if agenda.owner_id is None and not isinstance(request.user, User):
        try:
            agendas.change_entries(agenda, agendas.keys_of(stars.read(request).codes))
        except ValidationError as error:
            return render(request, "sessions/agenda_full.html", {"words": error.messages[0]}, status=409)
        stars.remember(request, response, stars.Remembered(agendas.keys_in(agenda), token=token))
    return _unshared(response)


@require_POST
@from_our_pages
def revoke(request: HttpRequest, token: str) -> HttpResponseBase:
    """Make a private link dead at once; the stars stay in this browser, or in the account."""
    agenda = agendas.by_token(token)
    if agenda is None:
        return _gone(request)
    keys = agendas.keys_in(agenda) if agenda.owner_id is None or _is_own(request, agenda) else frozenset()
    here = keys | agendas.keys_of(stars.read(request).codes)
    agendas.revoke(agenda)
    messages.success(request, _("The private link is dead. Your sessions are still here."))
    response = HttpResponseRedirect(reverse("agenda"))
    stars.remember(request, response, stars.Remembered(frozenset(here), token=""))
    return _unshared(response)


@require_POST
@from_our_pages
def renew(request: HttpRequest, token: str) -> HttpResponseBase:
    """Exchange a private link for a new one; the old one is dead at once."""
    agenda = agendas.by_token(token)
    if agenda is None:
        return _gone(request)
    new = agendas.renew(agenda)
    messages.success(request, _("This is the new private link. The old one is dead."))
    response = HttpResponseRedirect(reverse("private_agenda", args=[new]))
    if request.COOKIES.get(stars.LINK_COOKIE) == token:
        stars.remember(request, response, stars.Remembered(agendas.keys_in(agenda), token=new))
    return _private(response)


def _calendar(request: HttpRequest, keys: frozenset[UUID], path: str) -> HttpResponseBase:
    language = current_language()
    workshops = workshops_of()
    if not workshops:
        raise Http404
    own = next((workshop for workshop in workshops if workshop.locale.language_code == language), workshops[0])
    found = announced(workshops, language, keys=keys)
    base = origin_of(request)
    body = calendar(
        found,
        own.zone,
        name=_("My agenda"),
        url=f"{base}{path}",
        source=f"{base}{request.path}",
        base=base,
        reminder=REMINDERS.get(request.GET.get("reminder", "15"), 15),
    )
    response = conditional(request, body, CALENDAR, changed=last_change(found), filename="agenda.ics", cache_control=PRIVATE)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _is_own(request: HttpRequest, agenda: Agenda) -> bool:
    return isinstance(request.user, User) and agenda.owner_id == request.user.pk


def _cookie_token(agenda: Agenda) -> str | None:
    """Return the link for the browser to keep; an account's agenda is found by its account."""
    return None if agenda.owner_id else agenda.token


def _gone(request: HttpRequest) -> HttpResponseBase:
    response = render(request, "sessions/agenda_gone.html", status=410)
    return _private(response)


def _unshared(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """Keep a page behind a private link out of caches, search engines and the Referer of what it links to."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return _unshared(response)
