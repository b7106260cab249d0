"""Now and next: before, while and after the workshop runs."""

import datetime

import pytest
from bs4 import BeautifulSoup

from portal.base import clock
from tests.factories import RecordingFactory, RoomFactory, SessionPageFactory


def utc(day, hour, minute=0):
    return datetime.datetime(2020, 11, day, hour, minute, tzinfo=datetime.UTC)


@pytest.fixture
def sessions(portal_site):
    workshop = portal_site.workshops["en"]
    room = RoomFactory(name_en="Blue room")
    return [
        SessionPageFactory(parent=workshop, title=title, starts_at=start, room=room)
        for title, start in (("opening", utc(23, 9)), ("method", utc(23, 14)), ("network", utc(24, 9)))
    ]


def at(client, moment, question="", **headers):
    with clock.at(moment):
        response = client.get(f"/en/sessions/{question}", headers=headers)
    return response, BeautifulSoup(response.content, "html.parser")


def words(client, moment):
    return at(client, moment)[1].find(id="now").get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (utc(20, 9), "begins in 3 days First session opening Blue room Monday 23 November 2020 10:00"),
        (utc(22, 9), "begins in 1 day First"),
        (utc(23, 8), "begins today First session opening Blue room 10:00 (in 60 minutes)"),
        (utc(23, 9, 30), "Now and next 10:30 Now opening Blue room 60 more minutes Next method Blue room 15:00"),
        (utc(23, 12, 30), "Now No session at the moment. Next method Blue room 15:00 (in 90 minutes)"),
        (utc(23, 20), "No session at the moment. Next network Blue room Tuesday 24 November 2020 10:00"),
        (utc(24, 10), "Now network Blue room 30 more minutes"),
        (utc(24, 10, 30), "The workshop is over"),
    ],
)
def test_what_is_on_and_what_comes(client, sessions, moment, said):
    assert said in words(client, moment)


def test_after_the_workshop_a_line_leads_to_the_recordings(client, sessions):
    RecordingFactory(page=sessions[0])
    _response, html = at(client, utc(28, 9))
    link = html.find(id="now").a
    assert "1 session" in link.get_text()
    assert [card.h3.get_text() for card in at(client, utc(28, 9), link["href"])[1]("article")] == ["opening"]


def test_a_line_in_the_list_says_what_is_past(client, sessions):
    _response, html = at(client, utc(23, 12))
    items = html.find("ol", class_="slots").find_all("li", recursive=False)
    assert ["now-line" in item["class"] for item in items] == [False, True, False]
    assert "13:00" in items[1].get_text()
    assert at(client, utc(25, 9))[1].find(class_="now-line") is None


def test_the_page_asks_again_on_the_days_of_the_workshop_only(client, sessions):
    asks = {day: at(client, utc(day, 8))[1].find(id="now").get("hx-trigger") for day in (22, 23, 24, 25)}
    assert asks == {22: None, 23: "every 60s", 24: "every 60s", 25: None}


def test_asked_again_only_the_block_comes_and_says_when_the_sessions_are_stale(client, sessions):
    _response, html = at(client, utc(23, 8))
    question = html.find(id="now")["hx-get"]
    assert html.find(class_="programme")["hx-trigger"] == "programme-changed from:body"
    same, block = at(client, utc(23, 8, 1), question, **{"HX-Request": "true"})
    assert "in 59 minutes" in block.get_text(" ")
    assert block.find("article") is None
    assert "HX-Trigger" not in same
    later, block = at(client, utc(23, 9, 1), question, **{"HX-Request": "true"})
    assert "programme-changed" in later["HX-Trigger"]
    again, _block = at(client, utc(23, 9, 2), block.find(id="now")["hx-get"], **{"HX-Request": "true"})
    assert "HX-Trigger" not in again


def test_a_reader_without_javascript_who_follows_the_blocks_address_gets_the_page(client, sessions):
    _response, html = at(client, utc(23, 8), "?part=now&version=0")
    assert html.h1
    assert len(html("article")) == 3


def test_when_all_is_cancelled_nothing_is_promised(client, portal_site):
    SessionPageFactory(parent=portal_site.workshops["en"], status="cancelled")
    _response, html = at(client, utc(20, 8))
    assert "begins" not in html.main.get_text()
