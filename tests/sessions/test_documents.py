"""How a session is found."""

import datetime

import pytest

from sessions.documents import SessionSource
from sessions.models import SessionPage
from tests.factories import OrganisationFactory, SessionPageFactory, SpeakerFactory, TaggingFactory, ThemeFactory


def find(client, text, language="ar"):
    return [hit["url"] for hit in client.get("/api/search/", {"q": text, "lang": language, "type": "session"}).json()["hits"]]


@pytest.fixture
def session(portal_site, committed):
    with committed():
        page = SessionPageFactory(
            parent=portal_site.workshops["ar"], title="البيداغوجيا", speakers=[SpeakerFactory(name_ar="زينب التطوانية")]
        )
        page.themes = [ThemeFactory(slug="environment")]
        page.key_points = "<p>التتبع الرقمي</p>"
        page.save()
    return page


@pytest.mark.parametrize("text", ["بيداغوجيا", "زينب", "الرقمي"])
def test_a_session_is_found_by_title_speaker_and_key_points(client, session, text):
    assert find(client, text) == [session.url]


def test_its_facets_are_its_themes_and_tags(session):
    tagging = TaggingFactory(page=session)
    document = next(iter(SessionSource().documents([str(session.translation_key)])))
    assert document.facets["theme"] == ("environment",)
    assert document.facets["tag"] == (tagging.tag.slug,)
    assert document.all_facets()["year"] == ("2020",)


def test_it_was_published_when_the_first_of_its_public_languages_was(session, portal_site):
    first, later = (datetime.datetime(2021, month, 1, tzinfo=datetime.UTC) for month in (1, 2))
    SessionPageFactory(parent=portal_site.workshops["fr"], translation_of=session, first_published_at=first)
    session.first_published_at = later
    session.save()

    def published_at():
        return next(iter(SessionSource().documents([str(session.translation_key)]))).published_at

    assert published_at() == first
    SessionPage.objects.filter(first_published_at=first).update(live=False)
    assert published_at() == later


def test_an_unpublished_session_has_no_document(session):
    session.unpublish()
    assert list(SessionSource().documents([str(session.translation_key)])) == []


def test_a_session_is_found_by_whom_its_speakers_belong_to_whatever_these_are_called_later(client, session, committed):
    def found(slug):
        return client.get("/api/search/", {"type": "session", "organisation": slug}).json()["total"]

    organisation, speaker = OrganisationFactory(slug="amal"), session.speakers[0]
    with committed():
        speaker.organisation = organisation
        speaker.save()
    assert found("amal") == 1
    with committed():
        organisation.slug = "raja"
        organisation.save()
    assert found("raja") == 1
    with committed():
        speaker.name_ar = "خديجة الوجدية"
        speaker.save()
    assert find(client, "خديجة") == [session.url]
