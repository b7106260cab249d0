"""A speaker's own page."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import OrganisationFactory, SessionPageFactory, SpeakerFactory


@pytest.fixture
def speaker(db):
    organisation = OrganisationFactory(name_en="Water Association")
    return SpeakerFactory(slug="aicha", name_en="Aïcha", role_en="President", bio_en="Wells.", organisation=organisation)


def read(client, path="/en/sessions/speakers/aicha/"):
    return BeautifulSoup(client.get(path).content, "html.parser")


def test_who_it_is_and_where_they_speak(client, portal_site, speaker):
    workshop = portal_site.workshops["en"]
    SessionPageFactory(parent=workshop, title="hers", speakers=[speaker])
    SessionPageFactory(parent=workshop, title="another", speakers=[SpeakerFactory()])
    html = read(client).main
    assert html.h1.string == "Aïcha"
    for said in ("President", "Water Association", "Wells."):
        assert said in html.get_text()
    assert [card.h3.get_text() for card in html("article", class_="card")] == ["hers"]
    assert html.find("a", href="/en/sessions/speakers/aicha.ics")


def test_an_invented_speaker_says_so(client, portal_site, speaker):
    speaker.illustrative = True
    speaker.save()
    SessionPageFactory(parent=portal_site.workshops["en"], speakers=[speaker])
    assert "Illustrative" in read(client).main.get_text()


def test_in_a_language_without_their_session_the_page_says_so_and_shows_no_other(client, portal_site, speaker):
    SessionPageFactory(parent=portal_site.workshops["ar"], speakers=[speaker])
    SessionPageFactory(parent=portal_site.workshops["en"], title="another")
    html = read(client).main
    assert "No session is published in this language yet." in html.get_text()
    assert html.find("article", class_="card") is None


def test_who_speaks_nowhere_in_public_is_not_found(client, portal_site, speaker):
    SessionPageFactory(parent=portal_site.workshops["en"], speakers=[speaker], live=False)
    for slug in ("aicha", "nobody"):
        assert client.get(f"/en/sessions/speakers/{slug}/").status_code == 404


def test_programme_and_session_lead_to_the_speaker(client, portal_site, speaker):
    page = SessionPageFactory(parent=portal_site.workshops["en"], speakers=[speaker])
    for path in ("/en/sessions/", page.url):
        assert read(client, path).main.find("a", href="/en/sessions/speakers/aicha/")


def test_the_page_costs_the_same_however_many_sessions(client, portal_site, speaker, django_assert_num_queries):
    SessionPageFactory(parent=portal_site.workshops["en"], speakers=[speaker])
    read(client)
    with django_assert_num_queries(17):
        read(client)
    for _ in range(5):
        SessionPageFactory(parent=portal_site.workshops["en"], speakers=[speaker, SpeakerFactory()])
    with django_assert_num_queries(17):
        assert len(read(client).main("article", class_="card")) == 6
