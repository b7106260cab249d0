"""The programme, by day in the workshop's own zone."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from portal.base import clock
from sessions.models import WorkshopBreak
from tests.factories import RecordingFactory, RoomFactory, SessionPageFactory, SpeakerFactory, ThemeFactory


def utc(day, hour, minute=0):
    return datetime.datetime(2020, 11, day, hour, minute, tzinfo=datetime.UTC)


@pytest.fixture
def workshop(portal_site):
    return portal_site.workshops["ar"]


def programme(client, path="/ar/sessions/"):
    return BeautifulSoup(client.get(path).content, "html.parser").main


def days_of(html):
    """Return the titles of the sessions by date."""
    sections = html.find_all("section", id=lambda name: name and name.startswith("day-"))
    return {section["id"].removeprefix("day-"): [card.find("a").string for card in section("article")] for section in sections}


def test_sessions_come_by_day_and_hour(client, workshop):
    for title, start in [("c", utc(24, 9)), ("b", utc(23, 14)), ("a", utc(23, 8))]:
        SessionPageFactory(parent=workshop, title=title, starts_at=start)
    assert days_of(programme(client)) == {"2020-11-23": ["a", "b"], "2020-11-24": ["c"]}


def test_the_day_is_that_of_the_workshop_s_zone(client, workshop):
    SessionPageFactory(parent=workshop, title="late", starts_at=utc(23, 23, 30))  # half past midnight in Casablanca
    assert days_of(programme(client)) == {"2020-11-24": ["late"]}


def test_another_zone_moves_the_hours(client, workshop):
    SessionPageFactory(parent=workshop, starts_at=utc(23, 9))
    assert "10:00" in programme(client).get_text()
    workshop.time_zone = "Asia/Tokyo"
    workshop.save()
    text = programme(client).get_text()
    assert "18:00" in text
    assert "Asia/Tokyo" in text


def test_sessions_that_start_together_come_by_their_end(client, workshop):
    SessionPageFactory(parent=workshop, title="long", starts_at=utc(23, 9), ends_at=utc(23, 12))
    SessionPageFactory(parent=workshop, title="short", starts_at=utc(23, 9), ends_at=utc(23, 10))
    assert days_of(programme(client)) == {"2020-11-23": ["short", "long"]}


def test_what_is_not_public_is_not_in_the_programme(client, workshop):
    SessionPageFactory(parent=workshop, title="draft", live=False)
    private = SessionPageFactory(parent=workshop, title="private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert days_of(programme(client)) == {}


def test_an_empty_programme_says_so(client, portal_site):
    assert "not published yet" in programme(client, "/en/sessions/").get_text()


def test_a_programme_shows_the_sessions_of_its_own_language(client, portal_site, workshop):
    arabic = SessionPageFactory(parent=workshop, title="جلسة")
    SessionPageFactory(parent=portal_site.workshops["fr"], title="Séance", translation_of=arabic)
    assert days_of(programme(client, "/fr/sessions/")) == {"2020-11-23": ["Séance"]}


@pytest.mark.parametrize(("moment", "state"), [(utc(23, 8), "To come"), (utc(23, 9, 30), "Live now"), (utc(23, 12), "Over")])
def test_a_card_says_where_the_session_stands(client, portal_site, moment, state):
    SessionPageFactory(parent=portal_site.workshops["en"], starts_at=utc(23, 9))
    with clock.at(moment):
        assert state in programme(client, "/en/sessions/").article.get_text(" ")


def test_times_can_be_read_by_machines(client, workshop):
    SessionPageFactory(parent=workshop, starts_at=utc(23, 9))
    times = [time["datetime"] for time in programme(client).article("time")]
    assert times == ["2020-11-23T10:00:00+01:00", "2020-11-23T11:30:00+01:00"]


def test_breaks_lie_between_sessions(client, portal_site):
    workshop = portal_site.workshops["en"]
    for hour in (8, 12):
        SessionPageFactory(parent=workshop, starts_at=utc(23, hour))
    give_break(workshop, "Tea & mint", utc(23, 10), utc(23, 10, 30))
    items = [item.get_text(" ", strip=True) for item in programme(client, "/en/sessions/").find("ol", "slots")("li")]
    assert len(items) == 3
    assert "Tea & mint" in items[1]
    assert "11:00" in items[1]
    assert "11:30" in items[1]


def give_break(workshop, title, starts_at, ends_at):
    return WorkshopBreak.objects.create(page=workshop, title=title, starts_at=starts_at, ends_at=ends_at, locale=workshop.locale)


def test_a_card_tells_room_language_recording_and_speakers(client, portal_site):
    page = SessionPageFactory(
        parent=portal_site.workshops["en"],
        starts_at=utc(23, 9),
        room=RoomFactory(name_en="Blue room"),
        spoken_language="zgh",
        speakers=[SpeakerFactory(slug="aicha", name_en="Aïcha <b>"), SpeakerFactory(name_en="Omar")],
    )
    RecordingFactory(page=page, duration=3480.0)
    with clock.at(utc(24, 9)):
        card = programme(client, "/en/sessions/").article
    words = card.get_text(" ", strip=True)
    for said in ("Blue room", "Amazigh", "Recording: 58 min", "Recording available", "Aïcha <b>", "Omar"):
        assert said in words
    assert card.find("bdi", string="Aïcha <b>").parent["href"] == "/en/sessions/speakers/aicha/"


def test_what_people_typed_is_shown_and_never_read_as_html(client, portal_site):
    hostile = "100% <script>alert(1)</script> %(title)s & co"
    SessionPageFactory(parent=portal_site.workshops["en"], title=hostile, summary=hostile, status_note=hostile)
    card = programme(client, "/en/sessions/").article
    assert card.find("script") is None
    assert card.h3.get_text() == hostile
    assert card.get_text().count(hostile) == 4  # title, summary, note, and the star that names its session


def test_a_cancelled_session_is_struck_through_with_words_and_the_reason(client, portal_site):
    SessionPageFactory(
        parent=portal_site.workshops["en"],
        title="Lost",
        status="cancelled",
        status_note="The speaker is ill.",
        starts_at=utc(23, 9),
    )
    with clock.at(utc(23, 9, 30)):
        html = programme(client, "/en/sessions/")
    assert html.article.h3.find("del").string == "Lost"
    assert "Cancelled" in html.article.get_text()
    assert "The speaker is ill." in html.article.get_text()
    assert "Lost" not in (html.find(id="now") or html.h1).get_text()


def announced(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def test_a_moved_session_says_from_where_to_where(client, portal_site):
    old, new = RoomFactory(name_en="Old room"), RoomFactory(name_en="New room")
    page = announced(SessionPageFactory(parent=portal_site.workshops["en"], starts_at=utc(23, 9), room=old))
    assert programme(client, "/en/sessions/").article.find("del") is None
    announced(page, starts_at=utc(24, 13), ends_at=utc(24, 14), room=new)
    card = programme(client, "/en/sessions/").article
    assert card.find("del").string == "Monday 23 November 2020, 10:00 – 11:30, Old room"
    assert card.find("ins").string == "Tuesday 24 November 2020, 14:00 – 15:00, New room"
    assert "Moved from" in card.get_text()


def test_a_session_that_moved_within_its_day_does_not_repeat_the_day(client, portal_site):
    page = announced(SessionPageFactory(parent=portal_site.workshops["en"], starts_at=utc(23, 9)))
    announced(page, starts_at=utc(23, 10), ends_at=utc(23, 11, 30))
    assert programme(client, "/en/sessions/").article.find("del").string == "10:00 – 11:30"


def test_a_change_of_words_is_no_move(client, portal_site):
    page = announced(SessionPageFactory(parent=portal_site.workshops["en"]))
    announced(page, title="Better words")
    assert programme(client, "/en/sessions/").article.find("del") is None


def test_an_invented_session_of_a_real_workshop_says_so(client, portal_site):
    SessionPageFactory(parent=portal_site.workshops["en"], illustrative=True)
    assert "Illustrative" in programme(client, "/en/sessions/").article.get_text()


QUERIES = 24


def fill(workshop, number, rooms=1):
    rooms = [RoomFactory() for _ in range(rooms)]
    speakers, themes = SpeakerFactory.create_batch(6), [ThemeFactory(slug="environment"), ThemeFactory(slug="culture-arts")]
    for place in range(number):
        start = utc(23 + place % 3, 7) + datetime.timedelta(minutes=30 * (place // 3 // len(rooms)))
        page = SessionPageFactory(
            parent=workshop,
            starts_at=start,
            ends_at=start + datetime.timedelta(minutes=25),
            room=rooms[place // 3 % len(rooms)],
            speakers=[speakers[place % 6], speakers[(place + 1) % 6]],
        )
        page.themes.through.objects.create(sessionpage=page, theme=themes[place % 2])
    give_break(workshop, "Tea", utc(23, 6), utc(23, 7))


@pytest.mark.parametrize("view", ["list", "grid"])
@pytest.mark.parametrize("number", [1, 60])
def test_the_programme_costs_the_same_however_long(client, workshop, number, view, django_assert_num_queries):
    fill(workshop, number)
    for page in workshop.get_children().specific()[:number]:
        announced(page)
        RecordingFactory(page=page)
    client.get("/ar/sessions/")
    with django_assert_num_queries(QUERIES):
        html = programme(client, f"/ar/sessions/?view={view}")
    assert len(html.find_all("a", id=re.compile("^session-"))) == number


@pytest.mark.parametrize("view", ["list", "grid"])
def test_three_hundred_sessions_in_eight_rooms_cost_no_more_queries(client, workshop, view, django_assert_num_queries):
    fill(workshop, 300, rooms=8)
    client.get("/ar/sessions/")
    with django_assert_num_queries(QUERIES):
        html = programme(client, f"/ar/sessions/?view={view}")
    assert len(html.find_all("a", id=re.compile("^session-"))) == 300
