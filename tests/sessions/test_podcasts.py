"""The podcasts: a feed parser finds no fault, and the rules of RSS 2.0, iTunes and the podcast namespace are kept."""

import uuid
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import feedparser
import pytest
from defusedxml import ElementTree

from sessions.enums import RecordingStatus, RenditionKind
from sessions.podcasts import ATOM, ITUNES, PODCAST
from tests.factories import SessionPageFactory
from tests.sessions.recordings import make_recording

AUDIO, VIDEO = "/ar/sessions/feeds/audio.rss", "/ar/sessions/feeds/video.rss"


@pytest.fixture
def session(portal_site):
    return SessionPageFactory(parent=portal_site.workshops["ar"], slug="a", title="جلسة & <أخرى>", summary="ملخص\x0b")


@pytest.fixture
def recording(session):
    kinds = (RenditionKind.VIDEO_720, RenditionKind.VIDEO_360, RenditionKind.AUDIO, RenditionKind.POSTER)
    return make_recording(session, *kinds, captions=("ar", "fr"), chapters=[(0, "بداية"), (60, "نهاية")], illustrative=True)


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    parsed = feedparser.parse(answer.content)
    assert parsed.bozo == 0
    return parsed, ElementTree.fromstring(answer.content).find("channel")


@pytest.mark.parametrize("address", [AUDIO, VIDEO])
def test_the_channel_says_all_that_directories_ask(client, recording, address):
    parsed, channel = read(client, address)
    for name in ("title", "link", "description", "language", "lastBuildDate", f"{{{ITUNES}}}author"):
        assert channel.findtext(name), name
    assert parsed.feed.language == "ar"
    assert channel.find(f"{{{ATOM}}}link").attrib == {
        "href": f"http://testserver{address}",
        "rel": "self",
        "type": "application/rss+xml",
    }
    assert channel.findtext(f"{{{ITUNES}}}explicit") == "false"
    assert channel.find(f"{{{ITUNES}}}category").get("text")
    assert channel.find(f"{{{ITUNES}}}image").get("href").endswith("podcast.png")
    assert [channel.findtext(f"image/{name}") for name in ("title", "link")] == [channel.findtext(n) for n in ("title", "link")]
    expected = uuid.uuid5(uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6"), f"testserver{address}")
    assert channel.findtext(f"{{{PODCAST}}}guid") == str(expected)


def test_an_episode_has_the_exact_file(client, session, recording):
    parsed, channel = read(client, AUDIO)
    (item,) = channel.findall("item")
    file = recording.renditions.get(kind=RenditionKind.AUDIO)
    assert item.find("enclosure").attrib == {
        "url": f"http://testserver{file.file.url}",
        "length": str(file.size),
        "type": "audio/mp4",
    }
    assert item.findtext("title") == "جلسة & <أخرى>"
    assert item.findtext("link") == "http://testserver/ar/sessions/a/"
    assert item.findtext(f"{{{ITUNES}}}duration") == "3723"
    assert parsedate_to_datetime(item.findtext("pubDate")) == recording.created_at.replace(microsecond=0)
    assert item.find("guid").get("isPermaLink") == "false"
    assert "Illustrative" in read(client, AUDIO.replace("ar", "en", 1))[1].findtext("item/description")
    assert parsed.entries[0].enclosures[0].length == str(file.size)


def test_captions_and_chapters_are_linked(client, recording):
    _parsed, channel = read(client, AUDIO)
    item = channel.find("item")
    base = f"http://testserver/ar/sessions/a/recordings/{recording.pk}"
    assert [one.attrib for one in item.findall(f"{{{PODCAST}}}transcript")] == [
        {"url": f"{base}/{language}.vtt", "type": "text/vtt", "language": language, "rel": "captions"}
        for language in ("ar", "fr")
    ]
    assert item.find(f"{{{PODCAST}}}chapters").attrib == {"url": f"{base}/chapters.json", "type": "application/json+chapters"}


def test_the_lightest_video_comes_first_and_the_other_is_an_alternative(client, recording):
    _parsed, channel = read(client, VIDEO)
    item = channel.find("item")
    assert item.find("enclosure").get("url").endswith("video-360")
    alternative = item.find(f"{{{PODCAST}}}alternateEnclosure")
    assert alternative.get("length") == "1000"
    assert alternative.find(f"{{{PODCAST}}}source").get("uri").endswith("video-720")
    assert item.find("guid").text != read(client, AUDIO)[1].findtext("item/guid")


def test_only_public_recordings_with_such_a_file_are_in_it(client, portal_site, session):
    make_recording(session, RenditionKind.AUDIO, live=False)
    make_recording(session, RenditionKind.AUDIO, status=RecordingStatus.PROCESSING)
    hidden = SessionPageFactory(parent=portal_site.workshops["ar"], live=False)
    make_recording(hidden, RenditionKind.AUDIO)
    make_recording(session, RenditionKind.AUDIO)
    assert [len(read(client, address)[0].entries) for address in (AUDIO, VIDEO)] == [1, 0]


def test_it_is_asked_for_again_at_the_price_of_a_304(client, recording):
    etag = client.get(AUDIO).headers["ETag"]
    assert client.get(AUDIO, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("number", [1, 5])
def test_the_cost_is_the_same_however_many_there_are(client, portal_site, number, django_assert_num_queries):
    for _place in range(number):
        page = SessionPageFactory(parent=portal_site.workshops["ar"])
        make_recording(page, RenditionKind.AUDIO, captions=("ar",), chapters=[(0, "x")])
    client.get(AUDIO)
    with django_assert_num_queries(9):
        assert len(read(client, AUDIO)[0].entries) == number


def test_addresses_are_absolute(client, recording):
    for address in (AUDIO, VIDEO):
        for element in read(client, address)[1].iter():
            for name in ("url", "href", "uri"):
                assert name not in element.attrib or urlsplit(element.get(name)).netloc == "testserver"
