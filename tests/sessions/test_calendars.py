"""The calendars, read by two parsers that know nothing of each other."""

import datetime

import icalendar
import pytest
import vobject

from sessions.enums import SessionStatus
from sessions.models import SessionPage
from tests.factories import RoomFactory, SessionPageFactory, SpeakerFactory, ThemeFactory

START = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)
LONG = "جلسة عن العرائض، والملتمسات؛ و\\السبل" * 6


@pytest.fixture
def workshop(portal_site):
    return portal_site.workshops["ar"]


@pytest.fixture
def session(workshop):
    """A session as facilitators publish it, with commas, semicolons and backslashes in long Arabic words."""
    room, speaker, theme = RoomFactory(name_ar="القاعة, 1"), SpeakerFactory(slug="aicha"), ThemeFactory(slug="environment")
    page = SessionPageFactory(
        parent=workshop, slug="a", title=LONG, summary="سطر\nوآخر", starts_at=START, room=room, speakers=[speaker]
    )
    page.themes = [theme]
    page.save_revision().publish()
    return page


def fetch(client, name="schedule.ics"):
    answer = client.get(f"/ar/sessions/{name}")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.content


def change(page, **facts):
    page = SessionPage.objects.get(pk=page.pk)
    for name, value in facts.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_two_parsers_read_the_same(client, session):
    body = fetch(client)
    (event,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
    other = vobject.readOne(body.decode()).vevent
    assert event["SUMMARY"] == other.summary.value == LONG
    assert event["LOCATION"] == other.location.value == "القاعة, 1"
    assert event["DTSTART"].dt == other.dtstart.value == START
    assert event["DTEND"].dt == other.dtend.value == START + datetime.timedelta(minutes=90)
    assert event["UID"] == other.uid.value == f"{session.translation_key}@localhost"
    assert other.description.value.startswith("سطر\nوآخر")
    assert list(event["CATEGORIES"].cats) == other.categories.value
    assert event["SUMMARY"].params["LANGUAGE"] == "ar"
    assert event["DTSTART"].params["TZID"] == "Africa/Casablanca"


def test_it_survives_a_round_trip(client, session):
    body = fetch(client)
    once = icalendar.Calendar.from_ical(body)
    assert once.to_ical() == body
    again = vobject.readOne(vobject.readOne(body.decode()).serialize()).vevent
    assert (again.summary.value, again.dtstart.value) == (LONG, START)


def test_lines_are_folded_by_octets_and_no_letter_is_cut(client, session):
    lines = fetch(client).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    assert b"\n" not in b"".join(lines)


def test_the_time_zone_and_the_manners_of_a_subscription_are_there(client, session):
    made = icalendar.Calendar.from_ical(fetch(client))
    assert [zone["TZID"] for zone in made.walk("VTIMEZONE")] == ["Africa/Casablanca"]
    assert made["X-WR-CALNAME"] == session.get_parent().title
    assert made["REFRESH-INTERVAL"].dt == datetime.timedelta(hours=1)
    assert made["SOURCE"] == "http://testserver/ar/sessions/schedule.ics"
    assert not made.errors


def test_the_same_programme_is_the_same_bytes_and_costs_304(client, session):
    answer = client.get("/ar/sessions/schedule.ics")
    assert answer.content == fetch(client)
    again = client.get("/ar/sessions/schedule.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_moved_session_keeps_its_uid_and_counts_up(client, session):
    (before,) = icalendar.Calendar.from_ical(fetch(client)).walk("VEVENT")
    later = START + datetime.timedelta(hours=3)
    change(session, starts_at=later, ends_at=later + datetime.timedelta(hours=1))
    (after,) = icalendar.Calendar.from_ical(fetch(client)).walk("VEVENT")
    assert (after["UID"], after["DTSTART"].dt) == (before["UID"], later)
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt
    assert after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt


def test_a_cancelled_session_stays_and_says_so(client, session):
    change(session, status=SessionStatus.CANCELLED, status_note="تؤجل إلى الغد")
    (event,) = icalendar.Calendar.from_ical(fetch(client)).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert "تؤجل إلى الغد" in event["DESCRIPTION"]


def test_the_uid_is_the_same_in_every_language(client, portal_site, session):
    SessionPageFactory(parent=portal_site.workshops["fr"], translation_of=session, slug="a", title="Séance")
    french = vobject.readOne(client.get("/fr/sessions/schedule.ics").content.decode()).vevent
    assert french.summary.value == "Séance"
    assert french.uid.value == f"{session.translation_key}@localhost"


def test_one_session_and_one_speaker(client, workshop, session):
    SessionPageFactory(parent=workshop, slug="b", starts_at=START)
    for name in ("a.ics", "speakers/aicha.ics"):
        (event,) = icalendar.Calendar.from_ical(fetch(client, name)).walk("VEVENT")
        assert event["SUMMARY"] == LONG


@pytest.mark.parametrize("name", ["nothing.ics", "speakers/nobody.ics", "%00.ics", "%F0%9F%98%80.ics"])
def test_what_is_not_there_is_not_found(client, session, name):
    assert client.get(f"/ar/sessions/{name}").status_code == 404


def test_an_arabic_address_has_its_calendar(client, workshop):
    page = SessionPageFactory(parent=workshop, slug="الافتتاح")
    assert len(icalendar.Calendar.from_ical(fetch(client, f"{page.slug}.ics")).walk("VEVENT")) == 1


def test_an_empty_programme_is_a_calendar_all_the_same(client, workshop):
    assert vobject.readOne(fetch(client).decode()).vtimezone
