"""Facilitators write captions and chapters in the CMS."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sessions.captions.domain import ChapterRow, keep_captions, keep_chapters
from tests.factories import RecordingFactory, SessionPageFactory

GOOD = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nمرحبا\n"
BAD = "WEBVTT\n\n00:00:05.000 --> 00:00:02.000\nمرحبا\n"


@pytest.fixture
def recording(portal_site):
    return RecordingFactory(page=SessionPageFactory(parent=portal_site.workshops["ar"]))


@pytest.fixture
def address(recording):
    return reverse("captions_edit", args=[recording.pk])


@pytest.fixture
def desk(client, facilitator):
    client.force_login(facilitator)
    return client


def show(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def fields(desk, address, language="ar"):
    html = show(desk.get(f"{address}?language={language}"))
    return {name: html.find(attrs={"name": name}).get("value", "") for name in ("seen", "language")}


def written(html):
    return html.find("textarea", attrs={"name": "vtt"}).text.lstrip("\n")


@pytest.mark.parametrize("person", [None, "participant", "moderator"])
def test_only_who_may_change_recordings(client, address, person, request):
    if person:
        client.force_login(request.getfixturevalue(person))
    assert client.get(address).status_code == 302
    assert client.post(address, {"save": "1", "language": "ar", "vtt": GOOD}).status_code == 302


def test_captions_are_kept(desk, recording, address):
    desk.post(address, {**fields(desk, address), "vtt": GOOD, "save": "1"})
    assert recording.tracks.get().cues[0]["text"] == "مرحبا"
    assert written(show(desk.get(f"{address}?language=ar"))) == GOOD
    assert written(show(desk.get(f"{address}?language=fr"))).strip() == "WEBVTT"


def test_an_error_names_its_line_and_loses_nothing(desk, recording, address):
    html = show(desk.post(address, {**fields(desk, address), "vtt": BAD, "save": "1"}))
    assert html.select_one("[data-line]")["data-line"] == "3"
    assert written(html) == BAD
    assert not recording.tracks.exists()


def test_checking_keeps_nothing(desk, recording, address):
    assert show(desk.post(address, {**fields(desk, address), "vtt": GOOD, "check": "1"}))
    assert not recording.tracks.exists()


def upload(name, content):
    return SimpleUploadedFile(name, content)


def test_a_file_is_shown_converted_before_it_is_kept(desk, recording, address):
    srt = "1\n00:00:01,000 --> 00:00:02,000\nمرحبا\n".encode("windows-1256")
    html = show(desk.post(address, {**fields(desk, address), "vtt": "", "file": upload("a.srt", srt), "check": "1"}))
    assert written(html) == GOOD
    assert "WINDOWS-1256" in html.select_one(".help-warning").get_text()
    assert not recording.tracks.exists()


HOSTILE = [b"", bytes(range(256)) * 9, b"x" * 6_000_000, "WEBVTT\n\n".encode("utf-16")[:-1], b"\0" * 99]


@pytest.mark.parametrize("content", HOSTILE)
def test_a_hostile_file_gets_an_answer_and_the_captions_stay(desk, recording, address, content):
    keep_captions(recording, "ar", GOOD)
    html = show(desk.post(address, {**fields(desk, address), "vtt": GOOD, "file": upload("a.vtt", content), "save": "1"}))
    assert html.select_one(".help-critical")
    assert recording.tracks.get().vtt == GOOD


def test_who_was_slower_loses_nothing_and_is_told(desk, recording, address):
    mine = fields(desk, address)
    keep_captions(recording, "ar", GOOD.replace("مرحبا", "أهلا"))
    html = show(desk.post(address, {**mine, "vtt": GOOD, "save": "1"}))
    assert html.select_one(".help-critical a")["href"] == "?language=ar"
    assert written(html) == GOOD
    assert "أهلا" in recording.tracks.get().vtt
    again = {"seen": html.find(attrs={"name": "seen"})["value"], "language": "ar", "vtt": GOOD, "save": "1"}
    assert desk.post(address, again).status_code == 302
    assert recording.tracks.get().vtt == GOOD


def test_captions_are_removed(desk, recording, address):
    keep_captions(recording, "ar", GOOD)
    desk.post(address, {**fields(desk, address), "vtt": GOOD, "remove": "1"})
    assert not recording.tracks.exists()


def chapters(rows):
    data = {"chapters": "1", "language": "ar", "chapters-TOTAL_FORMS": len(rows), "chapters-INITIAL_FORMS": 0}
    for place, (start, title) in enumerate(rows):
        data |= {f"chapters-{place}-start": start, f"chapters-{place}-title_ar": title}
    return data


def test_chapters_are_kept_and_shown_again(desk, recording, address):
    assert desk.post(address, chapters([("1:00", "ثان"), ("", ""), ("0", "أول")])).status_code == 302
    assert [(one.start, one.title_ar) for one in recording.chapters.all()] == [(0, "أول"), (60, "ثان")]
    assert show(desk.get(address)).find(attrs={"name": "chapters-1-start"})["value"] == "1:00"


@pytest.mark.parametrize("rows", [[("x", "س")], [("1:00", "")], [("", "س")], [("0", "س"), ("0:00", "ع")], [("0", "س" * 161)]])
def test_chapters_that_cannot_be_are_shown_again(desk, recording, address, rows):
    keep_chapters(recording, [ChapterRow(5, "قديم")])
    html = show(desk.post(address, chapters(rows)))
    assert html.find(attrs={"name": "chapters-0-title_ar"}).get("value", "") == rows[0][1]
    assert html.select_one("#chapters .help-critical")
    assert recording.chapters.get().title_ar == "قديم"


@pytest.mark.parametrize(
    "data", [{}, {"language": "xx"}, {"save": "1", "language": "ar", "vtt": "\0", "seen": "x" * 999}, {"chapters": "1"}]
)
def test_a_forged_form_is_answered(desk, address, data):
    assert desk.post(address, data).status_code in (200, 302)


def test_a_recording_that_is_not_there(desk, address):
    assert desk.get(reverse("captions_edit", args=[9**18]), follow=True).status_code == 404
