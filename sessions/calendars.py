"""The programme as iCalendar (RFC 5545, with the properties of RFC 7986)."""

from __future__ import annotations

import datetime
import uuid
import zoneinfo
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext
from icalendar import Alarm, Calendar, Event, Timezone

from portal.base.text import writable
from sessions.announced import Announced, illustrative_words, last_change

PRODID = "-//Moucharaka Mouwatina//Portal//AR"
REFRESH = datetime.timedelta(hours=1)
_ADAY = datetime.timedelta(days=1)


def calendar(
    sessions: Sequence[Announced],
    zone: zoneinfo.ZoneInfo,
    *,
    name: str,
    url: str,
    source: str,
    base: str,
    reminder: int | None = None,
) -> bytes:
    """Return the sessions as a calendar that can be subscribed to.

    `url` is the page it is about and `source` its own address, both absolute; `base` is the site's (no slash at its end);
    `reminder` is in minutes before the start. The same sessions give the same bytes: nothing in it is of the present moment.
    """
    made = Calendar.new(
        prodid=PRODID,
        name=writable(name),
        url=url,
        source=source,
        refresh_interval=REFRESH,
        uid=str(uuid.uuid5(uuid.NAMESPACE_URL, source)),
        last_modified=last_change(sessions),
        subcomponents=[_time_zone(sessions, zone)],
    )
    made.add("X-PUBLISHED-TTL", "PT1H")
    made.add("X-WR-TIMEZONE", zone.key)
    for session in sessions:
        made.add_component(_event(session, zone, base, reminder))
    return bytes(made.to_ical())


def _time_zone(sessions: Sequence[Announced], zone: zoneinfo.ZoneInfo) -> Timezone:
    """Return the VTIMEZONE of the days that the sessions take; a calendar without sessions is not empty either."""
    first = min((session.starts.date() for session in sessions), default=datetime.date(2020, 1, 1))
    last = max((session.ends.date() for session in sessions), default=first)
    return Timezone.from_tzid(zone.key, first_date=first - _ADAY, last_date=last + _ADAY)


def _event(session: Announced, zone: zoneinfo.ZoneInfo, base: str, reminder: int | None) -> Event:
    event = Event.new(
        uid=uid(session.key),
        stamp=session.changed.astimezone(datetime.UTC),
        last_modified=session.changed.astimezone(datetime.UTC),
        sequence=session.sequence,
        start=session.starts.astimezone(zone),
        end=session.ends.astimezone(zone),
        summary=writable(session.title),
        description=writable(description(session)),
        location=writable(session.room.name) if session.room else None,
        categories=[writable(words) for words in (session.kind, *(name for _slug, name in session.themes))],
        url=f"{base}{session.path}",
    )
    event.add("STATUS", "CANCELLED" if session.cancelled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if session.cancelled else "OPAQUE")
    for spoken in ("SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES"):
        if spoken in event:
            event[spoken].params["LANGUAGE"] = session.language
    if reminder is not None and not session.cancelled:
        event.add_component(_alarm(session, reminder))
    return event


def _alarm(session: Announced, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", datetime.timedelta(minutes=-minutes))
    alarm.add("DESCRIPTION", writable(session.title))
    return alarm


def uid(key: uuid.UUID) -> str:
    """Return the UID of a session: the same in every language, calendar and year."""
    return f"{key}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}"


def description(session: Announced) -> str:
    """Return in words what a calendar shows below the title: changes first."""
    lines = [
        f"{gettext('Cancelled')}: {session.note}".rstrip(": ") if session.cancelled else session.note,
        session.summary,
        f"{gettext('Speakers:')} {gettext(', ').join(person.name for person in session.people)}" if session.people else "",
        illustrative_words() if session.illustrative else "",
    ]
    return "\n\n".join(line for line in lines if line)
