"""The programme, by day in the workshop's own zone."""

import datetime

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from portal.base import clock
from tests.factories import SessionPageFactory, SpeakerFactory, ThemeFactory


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


@pytest.mark.parametrize("number", [1, 9])
def test_the_programme_costs_the_same_however_long(client, workshop, number, django_assert_num_queries):
    for hour in range(number):
        page = SessionPageFactory(
            parent=workshop, starts_at=utc(23 + hour % 3, 8 + hour), speakers=SpeakerFactory.create_batch(2)
        )
        page.themes = [ThemeFactory(slug="environment"), ThemeFactory(slug="culture-arts")]
        page.save()
    client.get("/ar/sessions/")
    with django_assert_num_queries(19):
        assert len(programme(client)("article")) == number
