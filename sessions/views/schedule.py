"""The programme for machines: iCalendar, and the schedule as JSON and XML."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from portal.base.conditional import conditional, origin_of
from portal.base.languages import current_language
from portal.base.memory import remembered
from sessions.announced import Announced, announced, last_change, workshops_of
from sessions.calendars import calendar
from sessions.models import Speaker, WorkshopPage
from sessions.schedules import Conference, schedule_json, schedule_xml

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def schedule_ics(request: HttpRequest) -> HttpResponseBase:
    """Answer the whole programme as a calendar."""
    workshop = _workshop()
    found = announced([workshop], current_language())
    return _calendar(request, workshop, found, workshop.title, workshop.get_url() or "/", "schedule.ics")


@require_safe
def schedule_as_json(request: HttpRequest) -> HttpResponseBase:
    """Answer `schedule.json`."""
    conference = _conference(request)
    body = schedule_json(conference)
    return conditional(request, body, "application/json", changed=last_change(conference.sessions))


@require_safe
def schedule_as_xml(request: HttpRequest) -> HttpResponseBase:
    """Answer `schedule.xml`."""
    conference = _conference(request)
    body = schedule_xml(conference)
    return conditional(request, body, "application/xml; charset=utf-8", changed=last_change(conference.sessions))


@require_safe
def session_ics(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer one session as a calendar."""
    workshop = _workshop()
    found = [session for session in announced([workshop], current_language()) if session.slug == slug]
    if not found:
        raise Http404
    return _calendar(request, workshop, found, found[0].title, found[0].path, "session.ics")


@require_safe
def speaker_ics(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer the sessions in which somebody speaks as a calendar."""
    speaker = get_object_or_404(Speaker, slug=slug)
    workshop = _workshop()
    found = announced([workshop], current_language(), speaker=speaker.pk)
    if not found:
        raise Http404
    name = gettext("%(speaker)s at the workshop") % {"speaker": speaker.name}
    return _calendar(request, workshop, found, name, workshop.get_url() or "/", "speaker.ics")


def _workshop() -> WorkshopPage:
    """Return the workshop in the active language. Raises Http404 where it is not published."""
    language = current_language()
    found = remembered(("workshops", language), lambda: workshops_of(language))
    if not found:
        raise Http404
    return found[0]


def _conference(request: HttpRequest) -> Conference:
    workshop, language = _workshop(), current_language()
    sessions = remembered(("announced", workshop.pk, language), lambda: announced([workshop], language))
    if not sessions:
        raise Http404
    return Conference(workshop.title, origin_of(request), workshop.get_url() or "/", workshop.time_zone, sessions)


def _calendar(
    request: HttpRequest, workshop: WorkshopPage, sessions: list[Announced], name: str, path: str, filename: str
) -> HttpResponseBase:
    base = origin_of(request)
    source = f"{base}{request.path}"
    body = calendar(sessions, workshop.zone, name=name, url=f"{base}{path}", source=source, base=base)
    changed = last_change(sessions)
    return conditional(request, body, CALENDAR, changed=changed, filename=filename)
