"""Captions and chapters kept: checked first, told to search, never over somebody else's."""

import datetime

import pytest

from sessions.captions.domain import (
    CaptionsConflictError,
    CaptionsError,
    ChapterRow,
    keep_captions,
    keep_chapters,
    remove_captions,
)
from sessions.models import CaptionTrack
from tests.factories import RecordingFactory, SessionPageFactory

FILE = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v زينب>YouTube هو موقع\n"


@pytest.fixture
def page(portal_site):
    return SessionPageFactory(parent=portal_site.workshops["ar"], title="جلسة")


@pytest.fixture
def recording(page):
    return RecordingFactory(page=page)


def test_kept_captions_have_their_cues_and_their_direction(recording):
    track = keep_captions(recording, "ar", FILE).track
    assert track.cues == [{"start": 1.0, "end": 2.0, "text": "YouTube هو موقع", "voice": "زينب"}]
    assert "\u200fYouTube" in track.vtt


def test_errors_keep_nothing_and_change_nothing(recording):
    keep_captions(recording, "ar", FILE)
    with pytest.raises(CaptionsError) as refused:
        keep_captions(recording, "ar", "WEBVTT\n\n00:05.000 --> 00:04.000\nx")
    assert refused.value.problems[0].line == 3
    assert CaptionTrack.objects.get().cues[0]["text"] == "YouTube هو موقع"


@pytest.mark.parametrize("language", ["", "zgh", "xx"])
def test_only_the_portal_s_languages(recording, language):
    with pytest.raises(ValueError, match="no language"):
        keep_captions(recording, language, FILE)


def test_six_megabytes_are_refused(recording):
    with pytest.raises(CaptionsError):
        keep_captions(recording, "ar", "WEBVTT\n\n" + "س" * 3_000_000)


def test_who_was_faster_is_not_overwritten(recording):
    seen = keep_captions(recording, "ar", FILE, seen=None).track.updated_at
    keep_captions(recording, "ar", FILE.replace("موقع", "مكان"), seen=seen)
    for late in (seen, None, datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)):
        with pytest.raises(CaptionsConflictError) as refused:
            keep_captions(recording, "ar", FILE, seen=late)
        assert "مكان" in refused.value.track.vtt
    with pytest.raises(CaptionsConflictError):
        remove_captions(recording, "ar", seen=seen)


def test_chapters_are_kept_in_order_and_replaced(recording):
    keep_chapters(recording, [ChapterRow(60, "ثان", "deux"), ChapterRow(0, "أول\0", "un")])
    assert [(one.start, one.title_ar) for one in recording.chapters.all()] == [(0, "أول"), (60, "ثان")]
    keep_chapters(recording, [])
    assert not type(recording).objects.get().chapters.exists()


@pytest.mark.parametrize(
    "rows",
    [
        [ChapterRow(-1, "س")],
        [ChapterRow(float("nan"), "س")],
        [ChapterRow(float("inf"), "س")],
        [ChapterRow(0, " \0")],
        [ChapterRow(0, "س" * 161)],
        [ChapterRow(0, "س"), ChapterRow(0, "ع")],
        [ChapterRow(place, "س") for place in range(201)],
    ],
)
def test_chapters_that_cannot_be_keep_the_old_ones(recording, rows):
    keep_chapters(recording, [ChapterRow(5, "قديم")])
    with pytest.raises(CaptionsError):
        keep_chapters(recording, rows)
    assert recording.chapters.get().title_ar == "قديم"


def find(client, text, language="ar"):
    return client.get("/api/search/", {"q": text, "lang": language, "type": "session"}).json()["hits"]


def test_a_word_that_is_said_finds_the_session_and_the_moment(client, page, recording, committed):
    with committed():
        keep_captions(recording, "ar", FILE.replace("YouTube هو موقع", "تحدثت عن السقاية"))
    hit = find(client, "السقاية")[0]
    assert hit["url"] == page.url
    moment = hit["moments"][0]
    assert (moment["start"], moment["url"]) == (1.0, f"{page.url}?recording={recording.pk}&t=1&transcript=ar#recording")
    assert client.get(moment["url"]).status_code == 200


def test_speech_of_a_language_without_a_page_is_found_in_the_nearest(client, page, recording, committed):
    with committed():
        keep_captions(recording, "fr", "WEBVTT\n\n00:01.000 --> 00:02.000\nune fontaine communale")
    assert find(client, "fontaine", "fr")[0]["moments"][0]["url"].endswith("&t=1&transcript=fr#recording")


def test_what_is_withdrawn_is_found_no_more(client, recording, committed):
    said = "WEBVTT\n\n00:01.000 --> 00:02.000\nالسقاية"
    with committed():
        keep_captions(recording, "ar", said)
    with committed():
        remove_captions(recording, "ar")
    assert find(client, "السقاية") == []
    with committed():
        keep_captions(recording, "ar", said)
    assert find(client, "السقاية")
    with committed():
        recording.live = False
        recording.save()
    assert find(client, "السقاية") == []
    with committed():
        recording.live = True
        recording.save()
    assert find(client, "السقاية")
    with committed():
        recording.delete()
    assert find(client, "السقاية") == []
