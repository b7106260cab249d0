"""A mistake is reported without an account, and a facilitator settles it."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from good_practices.models import MistakeReport
from good_practices.views import mistakes
from tests.factories import PracticePageFactory

HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def page(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["en"])


def send(client, page, headers=HERE, **data):
    return client.post(f"{page.url}report/", {"text": "The date is wrong", **data}, headers=headers)


def test_a_report_is_kept_and_thanked_for(client, page):
    response = send(client, page, email="reader@example.org")
    assert "Thank you" in client.get(response.url).content.decode()
    report = MistakeReport.objects.get()
    assert (report.text, report.email, report.language) == ("The date is wrong", "reader@example.org", "en")
    assert report.practice_key == page.translation_key


@pytest.mark.parametrize("data", [{"text": " \u202e "}, {"text": "x" * 2001}, {"text": "ok\x00"}, {"email": "nobody"}])
def test_what_is_wrong_is_told_and_nothing_lost(client, page, data):
    response = send(client, page, **data)
    html = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert html.find(role="alert")
    assert not MistakeReport.objects.exists()
    if len(data.get("text", "")) > 2000:
        assert len(html.textarea.string.strip()) == 2001


def test_a_machine_is_thanked_and_nothing_kept(client, page):
    assert send(client, page, website="http://spam.example").status_code == 302
    assert not MistakeReport.objects.exists()


def test_forms_of_other_sites_are_refused(client, page):
    assert send(client, page, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert not MistakeReport.objects.exists()


def test_too_many_are_asked_to_wait_and_keep_their_text(client, page, monkeypatch):
    monkeypatch.setattr(mistakes, "LIMIT", 1)
    send(client, page)
    response = send(client, page, text="Another one")
    assert response.status_code == 429
    assert "Another one" in response.content.decode()
    assert MistakeReport.objects.count() == 1


@pytest.fixture
def report(client, page):
    send(client, page)
    return MistakeReport.objects.get()


def test_a_facilitator_settles_it_once(client, report, facilitator):
    client.force_login(facilitator)
    assert "The date is wrong" in client.get(reverse("mistake:index")).content.decode()
    url = reverse("mistake:settle", args=[report.pk])
    assert "The date is wrong" in client.get(url).content.decode()
    client.post(url)
    report.refresh_from_db()
    first = report.settled_at
    client.post(url)
    report.refresh_from_db()
    assert (report.settled_by, report.settled_at) == (facilitator, first)


def test_nobody_else_reads_or_settles_it(client, report, moderator):
    client.force_login(moderator)
    url = reverse("mistake:settle", args=[report.pk])
    assert {client.get(url).status_code, client.post(url).status_code} <= {302, 403}
    report.refresh_from_db()
    assert report.settled_at is None
