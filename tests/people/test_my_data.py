"""My data: what a person downloads, asks and erases, through the pages."""

import io
import json
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.urls import reverse

from good_practices.models import Contribution, ContributionFile
from portal.participation.models import Comment, Vote
from portal.people.domain.data_requests import MOST_OPEN
from portal.people.models import DataRequest, User
from portal.people.personal_data.exporting import gather
from tests.factories import CommentFactory, PracticePageFactory, UserFactory
from tests.factories.people import PASSWORD

MINE, DOWNLOAD, REQUEST, ERASE = (f"/en/account/data/{part}" for part in ("", "download/", "request/", "erase/"))


@pytest.fixture
def page(portal_site):
    return PracticePageFactory(parent=portal_site.libraries["ar"], slug="water", title="ماء الدوار")


@pytest.fixture
def me(client, participant, portal_site):
    client.force_login(participant)
    return client


def give_password(client, password=PASSWORD):
    return client.post("/en/account/reauthenticate/", {"password": password})


def downloaded(client, language="en"):
    give_password(client)
    response = client.post(f"/{language}/account/data/download/")
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


@pytest.mark.parametrize("url", [MINE, REQUEST, ERASE])
def test_nobody_comes_in_without_signing_in(client, portal_site, url):
    assert client.get(url).url == f"/en/account/login/?next={url}"


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_page_is_kept_by_nobody(me, language):
    response = me.get(f"/{language}/account/data/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_a_download_asks_for_the_password_first(me):
    response = me.post(DOWNLOAD)
    assert response.status_code == 302
    assert response.url.startswith("/en/account/reauthenticate/")
    assert "zip" not in me.post(response.url, {"password": "wrong-password"})["Content-Type"]
    response = me.post(response.url, {"password": PASSWORD, "next": DOWNLOAD})
    assert response["Content-Type"] == "application/zip"
    assert me.get(DOWNLOAD).status_code == 405


def test_the_archive_holds_all_for_machines_and_for_people(me, participant, page, settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "originals": {**settings.STORAGES["originals"], "OPTIONS": {"location": tmp_path}}}
    mine = CommentFactory(page=page, author=participant, text="كلامي <b>أنا</b>")
    CommentFactory(page=page, text="كلام غيري")
    Vote.objects.create(comment=CommentFactory(page=page), voter=participant)
    contribution = Contribution.objects.create(contributor=participant, language="ar", data={"title": "اقتراح"})
    file = ContributionFile(contribution=contribution, name="../../etc/passwd.pdf", size=5)
    file.file.save("evidence.pdf", ContentFile(b"%PDF-"))
    archive = downloaded(me, "ar")
    data = json.loads(archive.read("data.json"))["data"]
    assert data["people.User"][0]["email"] == participant.email
    assert [row["text"] for row in data["participation.Comment"]] == [mine.text]
    assert len(data["participation.Vote"]) == 1
    names = archive.namelist()
    assert [archive.read(name) for name in names if name.startswith("files/")] == [b"%PDF-"]
    assert not [name for name in names if ".." in name or name.startswith("/")]
    html = archive.read("index.html").decode()
    soup = BeautifulSoup(html, "html.parser")
    assert (soup.html["lang"], soup.html["dir"]) == ("ar", "rtl")
    assert "كلامي &lt;b&gt;أنا&lt;/b&gt;" in html
    assert "ماء الدوار" in html
    assert not soup.find_all(["script", "img", "link", "iframe"])
    assert "http" not in html.replace("http-equiv", "")
    assert PASSWORD not in html
    assert participant.password not in html + json.dumps(data)


def test_nothing_of_others_is_in_it(me, participant, page):
    other = UserFactory(display_name="Somebody Else", email="else@example.org")
    CommentFactory(page=page, author=other, text="ليس لي")
    archive = downloaded(me)
    for name in archive.namelist():
        assert b"else@example.org" not in archive.read(name)
        assert "ليس لي".encode() not in archive.read(name)


def test_a_file_that_is_gone_is_left_out(me, participant):
    contribution = Contribution.objects.create(contributor=participant, language="ar")
    ContributionFile.objects.create(contribution=contribution, name="a.pdf", size=5, file="contributions/gone.pdf")
    assert not [name for name in downloaded(me).namelist() if name.startswith("files/")]


def test_downloads_are_limited(me):
    for _ in range(5):
        downloaded(me)
    assert me.post(DOWNLOAD).url == MINE
    assert "try again in an hour" in me.get(MINE).content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_gathering_costs_the_same_however_much_there_is(participant, page, number, django_assert_max_num_queries):
    for _ in range(number):
        Vote.objects.create(comment=CommentFactory(page=page, author=participant), voter=participant)
    with django_assert_max_num_queries(66):
        gather(participant, "fr")


def test_a_request_reaches_facilitators_who_answer_it(me, client, participant, facilitator):
    assert me.post(REQUEST, {"kind": "object", "text": "Do not\u202e show my association"}).url == MINE
    asked = DataRequest.objects.get()
    assert asked.text == "Do not show my association"
    assert 29 <= (asked.due_on - asked.created_at).days <= 30
    client.force_login(facilitator)
    assert "Name of the participant" in client.get(reverse("data_request:index")).content.decode()
    url = reverse("data_request:answer", args=[asked.pk])
    assert "Do not show my association" in client.get(url).content.decode()
    client.post(url, {"answer": " "})
    assert DataRequest.objects.get().answered_at is None
    client.post(url, {"answer": "It is done."})
    client.post(url, {"answer": "Something else."})
    assert DataRequest.objects.get().answer == "It is done."
    client.force_login(participant)
    assert "It is done." in client.get(MINE).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"kind": "x"}, {"text": ""}, {"text": "\x00\u202e"}, {"text": "a" * 2001}, {"kind": "", "text": "a" * 1_000_000}]
)
def test_a_wrong_request_is_shown_again_with_words(me, wrong):
    response = me.post(REQUEST, {"kind": "object", "text": "words", **wrong})
    assert response.status_code == 422
    assert not DataRequest.objects.exists()


def test_too_many_requests_wait(me):
    for _ in range(MOST_OPEN):
        me.post(REQUEST, {"kind": "other", "text": "words"})
    assert me.post(REQUEST, {"kind": "other", "text": "words"}).status_code == 422


@pytest.mark.parametrize("who", ["participant", "moderator"])
def test_nobody_else_reads_the_requests(client, request, who, participant):
    DataRequest.objects.create(person=participant, text="secret")
    client.force_login(request.getfixturevalue(who))
    for url in (reverse("data_request:index"), reverse("data_request:answer", args=[DataRequest.objects.get().pk])):
        assert client.get(url).status_code in (302, 403)
    client.post(url, {"answer": "forged"})
    assert DataRequest.objects.get().answer == ""


def test_erasing_asks_for_the_password_and_the_address(me, participant, page):
    CommentFactory(page=page, author=participant, text="باق")
    assert me.get(ERASE).url.startswith("/en/account/reauthenticate/")
    give_password(me)
    assert me.get(ERASE).status_code == 200
    for wrong in ("", "other@example.org", "\x00"):
        assert me.post(ERASE, {"address": wrong}).status_code == 422
    assert User.objects.filter(pk=participant.pk).exists()
    response = me.post(ERASE, {"address": participant.email.upper()}, follow=True)
    assert "Your account is erased" in response.content.decode()
    assert not User.objects.filter(pk=participant.pk).exists()
    assert Comment.objects.get().author is None
    assert me.get(MINE).status_code == 302


def test_erasing_with_texts(me, participant, page):
    CommentFactory(page=page, author=participant, text="ذاهب")
    give_password(me)
    me.post(ERASE, {"address": participant.email, "with_texts": "on"})
    assert Comment.objects.get().text == ""


def test_the_last_administrator_is_told_why_not(client, portal_site):
    last = User.objects.create_superuser("root@example.org", PASSWORD, display_name="Root")
    client.force_login(last)
    give_password(client)
    response = client.post(ERASE, {"address": last.email})
    assert response.status_code == 422
    assert "make somebody else an administrator first" in response.content.decode()
    assert User.objects.filter(pk=last.pk).exists()


@pytest.mark.parametrize("url", [DOWNLOAD, REQUEST, ERASE])
def test_another_site_sends_nothing(participant, portal_site, url):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(participant)
    assert strict.post(url, {"address": participant.email, "kind": "other", "text": "x"}).status_code == 403
    assert User.objects.filter(pk=participant.pk).exists()
