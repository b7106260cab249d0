"""The order of a session's parts follows from the clock; what is related comes from search."""

import datetime

import pytest
from bs4 import BeautifulSoup

from portal.base import clock
from search.domain import rebuild
from search.engines import EngineUnavailableError
from search.related import related
from sessions.captions.domain import keep_captions
from sessions.enums import RecordingStatus
from tests.factories import PracticePageFactory, RecordingFactory, SessionPageFactory, SpeakerFactory, ThemeFactory

START = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)


@pytest.fixture
def page(portal_site):
    body = [("paragraph", "<p>About it</p>")]
    page = SessionPageFactory(parent=portal_site.workshops["en"], starts_at=START, body=body, speakers=[SpeakerFactory()])
    page.key_points = "<p>Key</p>"
    page.save()
    return page


def parts(client, page, minutes):
    with clock.at(START + datetime.timedelta(minutes=minutes)):
        html = BeautifulSoup(client.get(page.url).content, "html.parser").main
    return [one["id"] for one in html.select(".columns__main > section[id], .columns__main .comments")], html


@pytest.mark.parametrize(
    ("minutes", "recorded", "expected"),
    [
        (-10, True, ["about", "speakers", "questions", "comments"]),
        (10, True, ["questions", "about", "speakers", "comments"]),
        (100, False, ["key-points", "about", "comments", "speakers"]),
        (100, True, ["recording", "transcript", "key-points", "about", "comments", "speakers"]),
    ],
)
def test_the_page_turns_into_an_archive_by_itself(client, page, minutes, recorded, expected):
    if recorded:
        keep_captions(RecordingFactory(page=page), "en", "WEBVTT\n\n00:01.000 --> 00:02.000\nx")
    found, html = parts(client, page, minutes)
    assert found == expected
    contents = [a["href"][1:] for a in html.select(".contents a")]
    assert contents == (expected if len(expected) > 3 else [])


@pytest.mark.parametrize(
    ("status", "words"), [(RecordingStatus.PROCESSING, "being prepared"), (RecordingStatus.FAILED, "no recording")]
)
def test_a_session_that_is_over_says_whether_a_recording_comes(client, page, status, words):
    RecordingFactory(page=page, status=status)
    assert words in parts(client, page, 100)[1].select_one(".columns__side").get_text()


def test_what_shares_a_theme_is_related_and_says_why(client, page, portal_site):
    theme, other = ThemeFactory(name_en="Transport"), ThemeFactory(name_en="Water")
    page.themes = [theme, other]
    page.save()
    PracticePageFactory(parent=portal_site.libraries["en"], title="One", themes=[theme])
    PracticePageFactory(parent=portal_site.libraries["en"], title="Both", themes=[theme, other])
    PracticePageFactory(parent=portal_site.libraries["en"], title="Neither", themes=[ThemeFactory()])
    hidden = PracticePageFactory(parent=portal_site.libraries["en"], title="Hidden", themes=[theme, other])
    rebuild()
    type(hidden).objects.filter(pk=hidden.pk).update(live=False)  # the index does not know yet
    items = [one.get_text(" ", strip=True) for one in parts(client, page, 100)[1].select(".related__item")]
    assert [("Both" in item, "One" in item) for item in items] == [(True, False), (False, True)]
    assert "Transport" in items[0]
    assert "Water" in items[0]
    assert parts(client, page, -10)[1].select(".related__item") == []


def test_without_an_engine_the_page_stands(client, page, monkeypatch):
    page.themes = [ThemeFactory()]
    page.save()

    def down():
        raise EngineUnavailableError("down")

    monkeypatch.setattr("search.related.get_engine", down)
    assert parts(client, page, 100)[1].select_one(".related") is None


def test_related_costs_the_same_however_many(page, portal_site, django_assert_max_num_queries):
    theme = ThemeFactory()
    for _ in range(8):
        PracticePageFactory(parent=portal_site.libraries["en"], themes=[theme])
    rebuild()
    assert page.url  # Wagtail remembers where the site's pages are
    with django_assert_max_num_queries(4):
        found = related(str(page.translation_key), {"theme": [theme.slug]}, language="en", types=("practice", "session"))
    assert len(found) == 3
