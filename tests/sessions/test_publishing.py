"""A facilitator writes a session in the CMS."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from sessions.models import SessionPage
from tests.factories import SpeakerFactory


@pytest.fixture
def desk(client, facilitator):
    client.force_login(facilitator)
    return client


@pytest.fixture
def form(portal_site):
    return nested_form_data(
        {
            "title": "جلسة الافتتاح",
            "slug": "opening",
            "summary": "كلمات",
            "kind": "plenary",
            "room": "",
            "spoken_language": "ar",
            "status": "confirmed",
            "status_note": "",
            "live_url": "",
            "starts_at": "2020-11-23 10:00",
            "ends_at": "2020-11-23 11:00",
            "body": streamfield([]),
            "key_points": rich_text(""),
            "session_speakers": inline_formset([{"speaker": str(SpeakerFactory(name_ar="زينب").pk)}]),
            "materials": inline_formset(
                [{"title": "بطاقة", "link": "https://example.org/s.pdf", "description": "", "document": ""}]
            ),
        }
    )


def url(name, site):
    return reverse(f"wagtailadmin_pages:{name}", args=["workshop_sessions", "sessionpage", site.workshops["ar"].pk])


def test_a_new_session_is_previewed_from_right_to_left(desk, portal_site, form):
    assert desk.post(url("preview_on_add", portal_site), form).json()["is_valid"] is True
    html = BeautifulSoup(desk.get(url("preview_on_add", portal_site)).content, "html.parser")
    assert (html.html["dir"], html.h1.string) == ("rtl", "جلسة الافتتاح")
    assert "زينب" in html.get_text()


def test_a_published_session_is_in_the_programme_at_the_workshop_s_hours(desk, portal_site, form):
    desk.post(url("add", portal_site), {**form, "action-publish": "1"})
    page = SessionPage.objects.get()
    assert [speaker.name_ar for speaker in page.speakers] == ["زينب"]
    assert page.starts_at.isoformat() == "2020-11-23T09:00:00+00:00"
    assert "جلسة الافتتاح" in desk.get("/ar/sessions/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("ends_at", "2020-11-23 09:00"), ("starts_at", ""), ("starts_at", "tomorrow"), ("materials-0-link", "")],
)
def test_what_cannot_be_is_refused(desk, portal_site, form, field, value):
    response = desk.post(url("add", portal_site), {**form, field: value, "action-publish": "1"})
    assert response.status_code == 200
    assert not SessionPage.objects.exists()


def test_the_same_speaker_twice_is_refused_politely(desk, portal_site, form):
    twice = {**form, "session_speakers-TOTAL_FORMS": "2", "session_speakers-1-speaker": form["session_speakers-0-speaker"]}
    response = desk.post(url("add", portal_site), {**twice, "session_speakers-1-ORDER": "2", "action-publish": "1"})
    assert response.status_code == 200
    assert not SessionPage.objects.exists()
