"""What people agree to is recorded with its version, and asked again when the words change; nothing is lost meanwhile."""

import dataclasses

import pytest
from bs4 import BeautifulSoup

from portal.participation.models import Comment, Tagging
from portal.people import notices
from portal.people.domain.consent import has_agreed, record_consent, withdraw_consent
from portal.people.enums import Purpose
from portal.people.models import Consent, User
from tests.factories import PracticePageFactory, UserFactory

HTMX = {"hx-request": "true"}


@pytest.fixture
def page(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"], slug="water")


@pytest.fixture
def writer(client, participant):
    participant.consents.all().delete()
    client.force_login(participant)
    return client


def send(client, page, part="comments", headers=None, **words):
    words = {"text": "تجربتي الطويلة", "tags": "ماء", **words}
    return client.post(f"/fr/participation/{page.translation_key}/{part}/", words, headers=headers or {})


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("part", ["comments", "tags"])
def test_who_has_not_agreed_is_asked_and_loses_nothing(writer, page, part, headers):
    response = send(writer, page, part, headers)
    html = BeautifulSoup(response.content, "html.parser")
    assert html.find("input", {"name": "agree", "type": "checkbox"})["value"] == "1"
    assert "تجربتي الطويلة" in str(html) or "ماء" in str(html)
    assert not Comment.objects.exists()
    assert not Tagging.objects.exists()
    send(writer, page, part, headers, agree="1")
    assert Comment.objects.count() + Tagging.objects.count() == 1


def test_agreeing_is_recorded_once_with_version_and_language(writer, page, participant):
    send(writer, page, agree="1")
    send(writer, page, text="أخرى")
    consent = Consent.objects.get(person=participant)
    assert (consent.purpose, consent.version, consent.language, consent.withdrawn_at) == ("publishing", "1", "fr", None)
    assert Comment.objects.count() == 2


@pytest.mark.parametrize("forged", ["0", "on", "2", "1\x00", "x" * 10_000])
def test_another_version_is_no_agreement(writer, page, forged):
    send(writer, page, agree=forged)
    assert not Consent.objects.exists()
    assert not Comment.objects.exists()


def test_new_words_ask_again(writer, page, participant, monkeypatch):
    record_consent(participant, Purpose.PUBLISHING, "ar")
    newer = dataclasses.replace(notices.NOTICES[Purpose.PUBLISHING], version="2")
    monkeypatch.setitem(notices.NOTICES, Purpose.PUBLISHING, newer)
    assert not has_agreed(participant, Purpose.PUBLISHING)
    send(writer, page)
    assert not Comment.objects.exists()
    send(writer, page, agree="2")
    assert [one.version for one in participant.consents.order_by("version")] == ["1", "2"]


def test_what_is_withdrawn_holds_no_more(participant):
    record_consent(participant, Purpose.MAIL, "ar")
    assert has_agreed(participant, Purpose.MAIL)
    assert withdraw_consent(participant, Purpose.MAIL)
    assert not withdraw_consent(participant, Purpose.MAIL)
    assert not has_agreed(participant, Purpose.MAIL)
    record_consent(participant, Purpose.MAIL, "ar")
    assert has_agreed(participant, Purpose.MAIL)


def test_signing_up_is_agreeing_to_what_the_form_says(client, portal_site, settings):
    form = client.get("/fr/account/signup/").content.decode()
    with_words = [str(notices.NOTICES[purpose].since) for purpose in (Purpose.ACCOUNT, Purpose.PUBLISHING)]
    assert len(with_words) == form.count("form__privacy")
    words = {"display_name": "سعاد", "email": "souad@example.org", "password1": "un-souk-vert-7-heures"}
    client.post("/fr/account/signup/", words)
    given = Consent.objects.filter(person=User.objects.get(email="souad@example.org"))
    assert set(given.values_list("purpose", "version", "language")) == {("account", "1", "fr"), ("publishing", "1", "fr")}


@pytest.mark.parametrize("path", ["/ar/practices/water/", "/ar/account/signup/"])
def test_forms_carry_the_notice_with_a_way_to_more(client, page, path):
    client.force_login(UserFactory()) if "practices" in path else None
    notice = BeautifulSoup(client.get(path).content, "html.parser").find(class_="form__privacy")
    assert notice.a["href"] == "/ar/privacy/"


def test_every_notice_has_a_version_and_a_date():
    assert set(notices.NOTICES) == set(Purpose)
    assert all(len(notice.version) <= 20 and notice.since for notice in notices.NOTICES.values())
