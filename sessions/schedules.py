"""The programme in the form of frab, c3voc and pretalx, which conference apps (Giggity and others) and video teams read."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from portal.base.text import writable
from sessions.announced import Announced, Person, illustrative_words, last_change

GENERATOR = {"name": "moucharaka-portal", "version": "1"}
SCHEMA = "https://c3voc.de/schedule/schema.json"
TIMESLOT = "00:05"
COLOURS = ("#0b4a50", "#8a3216", "#b98417", "#234a17", "#533a03", "#37403f", "#8a1f11")
_ONLINE = gettext_lazy("Online")


@dataclass(frozen=True)
class Conference:
    """What schedules say of the workshop. `base` is the site's absolute address, `path` the programme's below it."""

    title: str
    base: str
    path: str
    zone: str
    sessions: list[Announced]

    @cached_property
    def days(self) -> list[tuple[datetime.date, list[Announced]]]:
        """The sessions by day, both in order."""
        by_day = groupby(self.sessions, key=lambda session: session.starts.date())
        return [(date, list(sessions)) for date, sessions in by_day]

    @cached_property
    def facts(self) -> bytes:
        """The whole schedule as JSON, but for its version."""
        return json.dumps(_conference(self), ensure_ascii=False, separators=(",", ":")).encode(errors="replace")

    @cached_property
    def version(self) -> str:
        """The day of the last publication and a fingerprint of everything: it changes when anything does."""
        changed = last_change(self.sessions)
        day = f"{changed:%Y-%m-%d}-" if changed else ""
        return f"{day}{hashlib.sha256(self.facts).hexdigest()[:8]}"

    @property
    def acronym(self) -> str:
        """The short name that the schedule's readers file it under."""
        return f"moucharaka_{self.days[0][0].year}"

    @cached_property
    def tracks(self) -> dict[str, str]:
        """The names of the themes of any session, by slug."""
        return {slug: name for session in self.sessions for slug, name in session.themes}

    @cached_property
    def rooms(self) -> dict[str, str]:
        """The stable ids of the rooms, by name."""
        return {_room(one): _guid("room", _room_slug(one)) for one in self.sessions}


def schedule_json(conference: Conference) -> bytes:
    """Return `schedule.json` (c3voc's JSON schema, with pretalx's additions). There must be a session."""
    about = {
        "$schema": SCHEMA,
        "generator": {**GENERATOR, "url": f"{conference.base}/"},
        "schedule": {
            "version": conference.version,
            "base_url": f"{conference.base}/",
            "url": f"{conference.base}{conference.path}",
        },
    }
    opened = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode().removesuffix(b"}}")
    return b'%s,"conference":%s}}' % (opened, conference.facts)  # what the version is made of is written once


def _conference(conference: Conference) -> dict[str, Any]:
    return {
        "acronym": conference.acronym,
        "title": conference.title,
        "start": conference.days[0][0].isoformat(),
        "end": conference.days[-1][0].isoformat(),
        "daysCount": len(conference.days),
        "timeslot_duration": TIMESLOT,
        "time_zone_name": conference.zone,
        "colors": {"primary": COLOURS[0]},
        "rooms": [{"name": name, "guid": guid, "description": None, "capacity": None} for name, guid in conference.rooms.items()],
        "tracks": [
            {"name": name, "slug": slug, "color": COLOURS[place % len(COLOURS)]}
            for place, (slug, name) in enumerate(conference.tracks.items())
        ],
        "days": [
            {
                "index": index,
                "date": date.isoformat(),
                "day_start": _edge(sessions, datetime.time(0, 0)),
                "day_end": _edge(sessions, datetime.time(23, 59)),
                "rooms": {
                    name: [_event(conference, session) for session in held] for name, held in _by_room(conference, sessions)
                },
            }
            for index, (date, sessions) in enumerate(conference.days, start=1)
        ],
    }


def _event(conference: Conference, session: Announced) -> dict[str, Any]:
    url = f"{conference.base}{session.path}"
    links, files = _links(conference, session)
    return {
        "guid": str(session.key),
        "id": session.pk,
        "logo": "",
        "date": session.starts.isoformat(),
        "start": f"{session.starts:%H:%M}",
        "end": session.ends.isoformat(),
        "duration": _duration(session),
        "room": _room(session),
        "slug": _slug(conference, session),
        "url": url,
        "title": _title(session),
        "subtitle": session.note,
        "track": session.themes[0][1] if session.themes else None,
        "type": session.kind,
        "language": session.spoken_language,
        "abstract": session.summary,
        "description": _description(session),
        "recording_license": "",
        "do_not_record": False,
        "persons": [_person(person) for person in session.people],
        "links": links,
        "feedback_url": f"{url}#comments",
        "origin_url": url,
        "attachments": files,
        "answers": [],
    }


def _person(person: Person) -> dict[str, Any]:
    """Return a speaker in pretalx's form: with the id of frab's too, the schema would refuse it."""
    return {
        "code": f"P{person.pk}",
        "guid": _guid("speaker", person.slug),
        "name": person.name,
        "public_name": person.name,
        "biography": person.bio,
        "answers": [],
    }


def _links(conference: Conference, session: Announced) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return what there is to read: addresses, and files."""
    links: list[dict[str, str]] = []
    files: list[dict[str, str]] = []
    for one in session.materials:
        url = f"{conference.base}{one.url}" if one.url.startswith("/") else one.url
        (files if one.is_file else links).append({"title": one.title, "url": url, "type": "related"})
    return links, files


def schedule_xml(conference: Conference) -> bytes:
    """Return `schedule.xml` (the XSD of c3voc and frab, with pretalx's `feedback_url`). There must be a session."""
    root = ET.Element("schedule")
    ET.SubElement(root, "generator", GENERATOR)
    _add(root, "version", conference.version)
    about = ET.SubElement(root, "conference")
    facts = {
        "title": conference.title,
        "acronym": conference.acronym,
        "start": conference.days[0][0].isoformat(),
        "end": conference.days[-1][0].isoformat(),
        "days": str(len(conference.days)),
        "timeslot_duration": TIMESLOT,
        "base_url": f"{conference.base}/",
        "time_zone_name": conference.zone,
    }
    for name, value in facts.items():
        _add(about, name, value)
    for index, (date, sessions) in enumerate(conference.days, start=1):
        edges = {"start": _edge(sessions, datetime.time(0, 0)), "end": _edge(sessions, datetime.time(23, 59))}
        day = ET.SubElement(root, "day", {"index": str(index), "date": date.isoformat(), **edges})
        for name, held in _by_room(conference, sessions):
            room = ET.SubElement(day, "room", {"name": writable(name), "guid": conference.rooms[name]})
            for session in held:
                _add_event(room, conference, _event(conference, session), session)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _add_event(room: ET.Element, conference: Conference, facts: Mapping[str, Any], session: Announced) -> None:
    event = ET.SubElement(room, "event", {"guid": facts["guid"], "id": str(facts["id"])})
    plain = ("room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track", "logo", "language")
    for name in plain:
        _add(event, name, facts[name] or "")
    persons = ET.SubElement(event, "persons")
    for person in session.people:
        _add(persons, "person", person.name, id=str(person.pk))
    _add(event, "description", facts["description"])
    recording = ET.SubElement(event, "recording")
    _add(recording, "license", facts["recording_license"])
    _add(recording, "optout", "false")
    for many, one in (("links", "link"), ("attachments", "attachment")):
        parent = ET.SubElement(event, many)
        for item in facts[many]:
            _add(parent, one, item["title"], href=writable(item["url"]))
    _add(event, "url", facts["url"])
    _add(event, "feedback_url", facts["feedback_url"])


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = writable(text)


@lru_cache(maxsize=1024)
def _guid(kind: str, slug: str) -> str:
    """Return the id that a room or a speaker has in every schedule."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{kind}:{slug}"))


def _by_room(conference: Conference, sessions: Sequence[Announced]) -> Iterator[tuple[str, list[Announced]]]:
    """Yield the rooms that are used on a day, in the order of the whole schedule, with what is held in them."""
    for name in conference.rooms:
        if held := [session for session in sessions if _room(session) == name]:
            yield name, held


def _room(session: Announced) -> str:
    return session.room.name if session.room else str(_ONLINE)


def _room_slug(session: Announced) -> str:
    return session.room.slug if session.room else ""


def _title(session: Announced) -> str:
    """Return the title; the form has no word for a cancelled session, so it stands here, where every app shows it."""
    return f"{gettext('Cancelled')}: {session.title}" if session.cancelled else session.title


def _description(session: Announced) -> str:
    notice = illustrative_words() if session.illustrative else ""
    return "\n\n".join(text for text in (session.body, notice) if text)


def _duration(session: Announced) -> str:
    minutes = int((session.ends - session.starts).total_seconds()) // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _edge(sessions: Sequence[Announced], time: datetime.time) -> str:
    return datetime.datetime.combine(sessions[0].starts.date(), time, sessions[0].starts.tzinfo).isoformat()


def _slug(conference: Conference, session: Announced) -> str:
    """Return a slug of the schedule's own: ASCII, unique in it, ending in a letter or digit."""
    words = re.sub(r"[^a-z0-9_-]+", "", session.slug.lower())
    return f"{conference.acronym}-{session.pk}-{words}".rstrip("-_")
