"""The recording, the transcript and their files, as an address asks for them."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import translation

from sessions.captions import parse
from sessions.captions.domain import ChapterRow, keep_captions, keep_chapters
from sessions.enums import RecordingStatus, RenditionKind
from sessions.models import Rendition
from tests.factories import RecordingFactory, SessionPageFactory

TYPES = {"video-720": "video/mp4", "video-360": "video/mp4", "audio": "audio/mp4"}
SAID = ["مرحبا بكم", "قدّمت الجمعيةُ عريضةً", "www.example.org"]


def vtt(lines):
    return "WEBVTT\n\n" + "\n\n".join(f"00:{n:02}.000 --> 00:{n + 1:02}.000\n<v زينب>{line}" for n, line in enumerate(lines, 1))


@pytest.fixture
def page(portal_site):
    return SessionPageFactory(parent=portal_site.workshops["en"])


@pytest.fixture
def recording(page, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    recording = RecordingFactory(page=page, external_url="", duration=90, label_en="Whole")
    for kind, content_type in TYPES.items():
        size = 12_300_000 if kind == RenditionKind.VIDEO_720 else 4_000_000
        Rendition.objects.create(
            recording=recording, kind=kind, content_type=content_type, size=size, file=ContentFile(b"x", f"{kind}.mp4")
        )
    keep_captions(recording, "ar", vtt(SAID))
    keep_captions(recording, "en", vtt(["Hello", "A petition & more", "Bye"]))
    keep_chapters(recording, [ChapterRow(0, "افتتاح", title_en="Opening"), ChapterRow(2, "نقاش", title_en="Debate <b>")])
    return recording


def read(client, page, question="", **headers):
    response = client.get(f"{page.url}{question}", headers=headers)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def lines(html):
    return [line.get_text() for line in html.select(".line__text")]


def test_nothing_is_loaded_before_play_and_sizes_are_said(client, page, recording):
    html = read(client, page)
    video = html.video
    assert (video["preload"], "autoplay" in video.attrs) == ("none", False)
    assert [a.get_text() for a in html.select(".qualities a")] == ["Video, 360p 4 MB", "Video, 720p 12 MB", "Audio only 4 MB"]
    assert "video-360" in video["src"]
    assert [(track["srclang"], track.has_attr("default")) for track in video("track")] == [("ar", False), ("en", True)]


@pytest.mark.parametrize(("question", "tag", "part"), [("?quality=720", "video", "720"), ("?quality=audio", "audio", "audio")])
def test_quality_is_a_link(client, page, recording, question, tag, part):
    assert part in read(client, page, question).find(tag)["src"]


def test_who_saves_data_gets_the_sound_first_and_may_choose(client, page, recording):
    headers = {"Save-Data": "on"}
    assert read(client, page, **headers).audio
    assert read(client, page, "?quality=360", **headers).video


@pytest.mark.parametrize(
    ("asked", "fragment"), [("2", "t=2"), ("0:02", "t=2"), ("0m2s", "t=2"), ("x", ""), ("91", ""), ("-3", "")]
)
def test_a_moment_of_the_address_is_where_the_player_begins(client, page, recording, asked, fragment):
    html = read(client, page, f"?t={asked}")
    assert html.video["src"].partition("#")[::2][1] == fragment
    current = [one["data-seek"] for one in html.select(".chapters [aria-current]")]
    assert current == (["2"] if fragment else [])
    assert [line["data-start"] for line in html.select(".line[aria-current]")] == (["2"] if fragment else [])


def test_the_transcript_is_text_in_the_language_of_the_page_each_line_a_link(client, page, recording):
    html = read(client, page)
    assert lines(html) == ["Hello", "A petition & more", "Bye"]
    assert html.select_one(".line__link")["href"].endswith("?t=1#recording")
    assert [one.get_text() for one in html.select(".line__voice")] == ["زينب"]


def test_another_language_has_its_own_direction(client, page, recording):
    html = read(client, page, "?transcript=ar")
    pane = html.select_one(".transcript__pane")
    assert (pane["lang"], pane["dir"]) == ("ar", "rtl")
    assert html.select_one(".line__link")["href"] == "?transcript=ar&t=1#recording"
    assert html.select(".line__text")[2].bdi["dir"] == "ltr"


@pytest.mark.parametrize("asked", ["الجمعية عريضة", "الجمعيةُ", "عَريضه"])
def test_the_transcript_is_searched_without_marks(client, page, recording, asked):
    html = read(client, page, f"?transcript=ar&find={asked}")
    shown = [line for line in html.select(".line") if not line.has_attr("hidden")]
    assert [line.select_one(".line__text").get_text() for line in shown] == [SAID[1]]
    assert shown[0].mark
    assert "1 of 3" in html.select_one(".transcript__count").get_text()


@pytest.mark.parametrize("asked", ["%00", "<script>", "x" * 5000, "%ED%A0%80", "ُ"])
def test_any_search_is_answered(client, page, recording, asked):
    assert "<script>" not in str(read(client, page, f"?find={asked}").select_one(".transcript"))


@pytest.mark.parametrize("question", ["?recording=" + "9" * 21, "?recording=x&quality=9&transcript=zz&t=%00", "?t=" + "9" * 9999])
def test_what_cannot_be_is_as_if_it_were_not_there(client, page, recording, question):
    assert read(client, page, question).video["src"].endswith(".mp4")


def test_several_recordings_are_tabs(client, page, recording):
    other = RecordingFactory(page=page, order=1, label_en="Summary", external_url="https://www.youtube.com/watch?v=1")
    html = read(client, page, f"?recording={other.pk}")
    assert [(a.string, a.get("aria-current")) for a in html.select("[data-player] .tabs a")] == [
        ("Whole", None),
        ("Summary", "true"),
    ]
    assert "youtube.com" in html.select_one(".elsewhere").get_text()
    assert html.video is None
    assert html.select_one("#transcript") is None


@pytest.mark.parametrize("number", [1, 5])
def test_recordings_cost_the_same_however_many(client, page, recording, number, django_assert_max_num_queries):
    for _ in range(number):
        keep_captions(RecordingFactory(page=page), "ar", vtt(SAID * 10))
    client.get(page.url)
    with django_assert_max_num_queries(32):
        read(client, page)


def address(name, recording, page, *more):
    with translation.override("en"):
        return reverse(name, args=[page.slug, recording.pk, *more])


def test_captions_are_a_file_that_reads_again_and_is_not_sent_twice(client, page, recording):
    response = client.get(address("recording_captions", recording, page, "ar"))
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    assert [cue.text for cue in parse(response.content.decode()).cues] == SAID
    again = client.get(address("recording_captions", recording, page, "ar"), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    keep_captions(recording, "ar", vtt(["new"]))
    changed = client.get(address("recording_captions", recording, page, "ar"), headers={"If-None-Match": response["ETag"]})
    assert changed.status_code == 200


def test_the_transcript_and_subtitles_are_files(client, page, recording):
    text = client.get(address("recording_transcript", recording, page, "en"))
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert "[0:02] A petition & more" in text.content.decode()
    assert "00:00:02,000 --> 00:00:03,000" in client.get(address("recording_subtitles", recording, page, "en")).content.decode()


def test_chapters_are_files_in_the_language_of_the_address(client, page, recording):
    response = client.get(address("recording_chapters", recording, page))
    assert response["Content-Type"] == "application/json+chapters"
    assert json.loads(response.content) == {
        "version": "1.2.0",
        "chapters": [{"startTime": 0.0, "title": "Opening", "endTime": 2.0}, {"startTime": 2.0, "title": "Debate <b>"}],
    }
    assert parse(client.get(address("recording_chapters_vtt", recording, page)).content.decode()).errors == []


@pytest.mark.parametrize("change", [{"live": False}, {"status": RecordingStatus.PROCESSING}, {"session_key": "0" * 32}])
def test_what_is_not_public_has_no_file_and_no_player(client, page, recording, change):
    addresses = [address("recording_captions", recording, page, "ar"), address("recording_chapters", recording, page)]
    type(recording).objects.update(**change)
    assert [client.get(one).status_code for one in addresses] == [404, 404]
    assert read(client, page).video is None


def test_a_withdrawn_session_takes_its_files_along(client, page, recording):
    page.unpublish()
    assert client.get(address("recording_transcript", recording, page, "ar")).status_code == 404


@pytest.mark.parametrize(
    "rest", ["recordings/1/fr.vtt", f"recordings/{9**25}/ar.vtt", "recordings/x/ar.vtt", "recordings/1/..vtt"]
)
def test_there_is_nothing_else(client, page, recording, rest):
    assert client.get(f"{page.url}{rest}").status_code == 404
