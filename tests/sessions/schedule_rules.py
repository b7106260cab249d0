"""The rules of the published schemas of schedule.xml and schedule.json (c3voc, frab), in words of our own.

https://c3voc.de/schedule/schema.xsd and https://c3voc.de/schedule/schema.json; `feedback_url`, `code`, `end`, `origin_url`
and a track's `slug` are pretalx's additions.
"""

import datetime
import re
from urllib.parse import urlsplit
from uuid import UUID

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d{1,2}:\d\d)")
DURATION = re.compile(r"\d{1,2}:\d\d(:\d{1,2})?")
START = re.compile(r"[0-2]\d:[0-5]\d(:[0-5]\d)?")
SLUG = re.compile(r"[a-z0-9_-]+[a-z0-9]")
ACRONYM = re.compile(r"[a-z0-9_-][a-z0-9_]{3,}(-2\d{3}-[a-z]+)?")

CONFERENCE = {"title", "acronym", "start", "end", "days", "timeslot_duration", "base_url", "time_zone_name"}
EVENT_NEEDS = {"room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track"}
EVENT_MAY = {"logo", "persons", "language", "description", "recording", "links", "attachments", "url", "feedback_url"}
JSON_NEEDS = {
    *(
        "abstract",
        "answers",
        "attachments",
        "date",
        "description",
        "do_not_record",
        "duration",
        "guid",
        "id",
        "language",
        "links",
    ),
    *("logo", "persons", "recording_license", "room", "slug", "start", "subtitle", "title", "track", "type", "url"),
}
JSON_MAY = {"code", "end", "feedback_url", "origin_url"}


def check_xml(root):
    """Assert that a parsed schedule.xml keeps the rules."""
    names = [child.tag for child in root]
    assert root.tag == "schedule"
    assert names[:3] == ["generator", "version", "conference"]
    assert set(names[3:]) == {"day"}
    assert not len(root.find("generator"))
    conference = {child.tag: child.text for child in root.find("conference")}
    assert len(conference) == len(root.find("conference"))
    assert {"title", "acronym"} <= conference.keys() <= CONFERENCE
    for edge in ("start", "end"):
        datetime.date.fromisoformat(conference[edge])
    assert int(conference["days"]) == len(root.findall("day"))
    assert DURATION.fullmatch(conference["timeslot_duration"])
    assert_http(conference["base_url"])
    _check_days(root)
    for values in (
        [event.get("guid") for event in root.iter("event")],
        [event.get("id") for event in root.iter("event")],
        [slug.text for slug in root.iter("slug")],
        [day.get("index") for day in root.iter("day")],
    ):
        assert len(values) == len(set(values))


def _check_days(root):
    for day in root.findall("day"):
        datetime.date.fromisoformat(day.get("date"))
        assert MOMENT.fullmatch(day.get("start"))
        assert MOMENT.fullmatch(day.get("end"))
        assert int(day.get("index")) > 0
        for room in day:
            assert room.tag == "room"
            assert room.get("name")
            for event in room:
                assert event.tag == "event"
                _check_event(event)
                assert event.findtext("room") == room.get("name")
                assert event.findtext("date").startswith(day.get("date"))


def _check_event(event):
    names = [child.tag for child in event]
    assert len(names) == len(set(names))
    assert EVENT_NEEDS <= set(names) <= EVENT_NEEDS | EVENT_MAY
    assert int(event.get("id")) > 0
    UUID(event.get("guid"))
    assert MOMENT.fullmatch(event.findtext("date"))
    assert START.fullmatch(event.findtext("start"))
    assert DURATION.fullmatch(event.findtext("duration"))
    assert_http(event.findtext("url"))
    assert [child.tag for child in event.find("recording")] == ["license", "optout"]
    assert event.findtext("recording/optout") in ("true", "false")
    assert all(person.tag == "person" and int(person.get("id")) > 0 for person in event.find("persons"))
    assert all(link.tag == "link" and link.get("href") for link in event.find("links"))
    assert all(one.tag == "attachment" and one.get("href") for one in event.find("attachments"))


def check_json(data):
    """Assert that a parsed schedule.json keeps the rules."""
    assert data.keys() <= {"$schema", "generator", "schedule"}
    schedule = data["schedule"]
    assert {"version", "conference", "base_url"} <= schedule.keys()
    conference = schedule["conference"]
    assert {"title", "acronym", "days", "daysCount", "start", "end", "timeslot_duration"} <= conference.keys()
    assert ACRONYM.fullmatch(conference["acronym"])
    assert conference["daysCount"] == len(conference["days"])
    assert all(UUID(room["guid"]) and room["name"] for room in conference["rooms"])
    for day in conference["days"]:
        assert day.keys() == {"date", "day_end", "day_start", "index", "rooms"}
        assert MOMENT.fullmatch(day["day_start"])
        assert MOMENT.fullmatch(day["day_end"])
        for room, events in day["rooms"].items():
            for event in events:
                assert event["room"] == room
                _check_json_event(event)


def _check_json_event(event):
    assert JSON_NEEDS <= event.keys() <= JSON_NEEDS | JSON_MAY
    assert isinstance(event["id"], int)
    UUID(event["guid"])
    assert MOMENT.fullmatch(event["date"])
    assert re.fullmatch(r"\d+:\d\d", event["duration"])
    assert SLUG.fullmatch(event["slug"])
    assert_http(event["url"])
    assert isinstance(event["do_not_record"], bool)
    for person in event["persons"]:  # pretalx's form of a person, and not frab's too: the schema wants one of the two
        assert person["name"]
        assert "id" not in person
        assert re.fullmatch("[A-Z0-9]+", person["code"])
        assert isinstance(person["biography"], str)


def assert_http(url):
    """Assert that an address is absolute."""
    assert urlsplit(url).scheme in ("http", "https")
    assert urlsplit(url).netloc
