"""A session's own page."""

import datetime

import pytest
from bs4 import BeautifulSoup
from wagtail_factories import DocumentFactory

from portal.base import clock
from sessions.models import SessionMaterial
from tests.factories import (
    CommentFactory,
    OrganisationFactory,
    RecordingFactory,
    SessionPageFactory,
    SpeakerFactory,
    TaggingFactory,
    ThemeFactory,
)


def at_hour(hour):
    return datetime.datetime(2020, 11, 23, hour, tzinfo=datetime.UTC)


@pytest.fixture
def workshop(portal_site):
    return portal_site.workshops["en"]


def read(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser").main


def test_a_session_lies_between_its_neighbours(client, workshop):
    first, second, third = (
        SessionPageFactory(parent=workshop, title=f"s{hour}", starts_at=at_hour(hour)) for hour in (8, 10, 12)
    )
    html = read(client, second)
    assert html.find("a", rel="prev")["href"] == first.url
    assert html.find("a", rel="next")["href"] == third.url


def test_the_first_has_none_before_and_the_last_none_after(client, workshop):
    first, last = (SessionPageFactory(parent=workshop, starts_at=at_hour(hour)) for hour in (8, 10))
    assert read(client, first).find("a", rel="prev") is None
    assert read(client, last).find("a", rel="next") is None


def test_an_unpublished_neighbour_is_passed_over(client, workshop):
    first, hidden, third = (SessionPageFactory(parent=workshop, starts_at=at_hour(hour)) for hour in (8, 10, 12))
    hidden.unpublish()
    assert read(client, first).find("a", rel="next")["href"] == third.url


def test_who_speaks_and_for_whom(client, workshop):
    organisation = OrganisationFactory(name_en="Water Association")
    speaker = SpeakerFactory(name_en="Aïcha", role_en="President", bio_en="Twenty years of wells.", organisation=organisation)
    text = read(client, SessionPageFactory(parent=workshop, speakers=[speaker])).get_text(" ")
    for words in ("Aïcha", "President", "Water Association", "Twenty years of wells."):
        assert words in text


def test_what_there_is_to_read(client, workshop):
    page = SessionPageFactory(parent=workshop)
    SessionMaterial.objects.create(
        page=page, title="Sheet", description="Two pages", link="https://example.org/s.pdf", locale=page.locale
    )
    link = read(client, page).find("a", href="https://example.org/s.pdf")
    assert link.string == "Sheet"
    assert "Two pages" in read(client, page).get_text()


@pytest.mark.parametrize(
    ("moment", "recorded", "state"),
    [
        (at_hour(8), False, "To come"),
        (at_hour(9), False, "Live now"),
        (at_hour(11), False, "Over"),
        (at_hour(11), True, "Recording available"),
    ],
)
def test_where_it_stands(client, workshop, moment, recorded, state):
    page = SessionPageFactory(parent=workshop, starts_at=at_hour(9))
    if recorded:
        RecordingFactory(page=page, external_url="https://example.org/v")
    with clock.at(moment):
        html = read(client, page)
    assert state in html.article.get_text(" ")
    assert bool(html.find("a", href="https://example.org/v")) is recorded


def test_an_invented_session_says_so(client, workshop):
    invented, real = SessionPageFactory(parent=workshop, illustrative=True), SessionPageFactory(parent=workshop)
    assert "Illustrative" in read(client, invented).get_text()
    assert "Illustrative" not in read(client, real).get_text()


def test_an_unpublished_session_is_not_found(client, workshop):
    page = SessionPageFactory(parent=workshop, live=False)
    assert client.get(f"/en/sessions/{page.slug}/").status_code == 404


@pytest.mark.parametrize("number", [1, 6])
def test_the_page_costs_the_same_however_much_there_is(client, workshop, number, django_assert_num_queries):
    pages = [SessionPageFactory(parent=workshop, starts_at=at_hour(8 + hour)) for hour in range(number)]
    speakers = [SpeakerFactory(role_ar="دور", organisation=OrganisationFactory()) for _ in range(number)]
    page = SessionPageFactory(parent=workshop, starts_at=at_hour(7), speakers=speakers)
    page.themes = [ThemeFactory() for _ in pages]
    page.save()
    CommentFactory.create_batch(number, page=page)
    TaggingFactory.create_batch(number, page=page)
    for place in range(number):
        SessionMaterial.objects.create(page=page, title="m", document=DocumentFactory(), sort_order=place, locale=page.locale)
    client.get(page.url)
    with django_assert_num_queries(31):
        assert len(read(client, page).find(id="comments")("article")) == number
