"""JSON-LD on the programme's pages."""

import datetime
import json

import pytest
from bs4 import BeautifulSoup

from sessions.enums import RenditionKind, SessionStatus
from sessions.linked_data import iso_duration, script
from sessions.models import SessionPage
from tests.factories import SessionPageFactory, SpeakerFactory
from tests.sessions.recordings import make_recording

START = datetime.datetime(2020, 11, 23, 9, tzinfo=datetime.UTC)


@pytest.fixture
def session(portal_site):
    page = SessionPageFactory(parent=portal_site.workshops["ar"], slug="a", title="</script><b>", speakers=[SpeakerFactory()])
    page.save_revision().publish()
    return page


def read(client, path):
    (block,) = BeautifulSoup(client.get(path).content, "html.parser").find_all("script", type="application/ld+json")
    return json.loads(block.string)


def change(page, **facts):
    page = SessionPage.objects.get(pk=page.pk)
    for name, value in facts.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_a_session_is_an_online_event(client, session):
    event = read(client, "/ar/sessions/a/")
    url = "http://testserver/ar/sessions/a/"
    assert (event["@context"], event["@type"], event["name"]) == ("https://schema.org", "Event", "</script><b>")
    assert (event["startDate"], event["endDate"]) == ("2020-11-23T10:00:00+01:00", "2020-11-23T11:30:00+01:00")
    assert event["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["location"] == {"@type": "VirtualLocation", "url": url}
    assert event["performer"][0]["@type"] == "Person"
    assert event["organizer"]["@type"] == "Organization"
    assert event["inLanguage"] == "ar"


def test_a_moved_session_says_from_when_and_a_cancelled_one_that_it_is(client, session):
    later = START + datetime.timedelta(hours=3)
    change(session, starts_at=later, ends_at=later + datetime.timedelta(hours=1))
    event = read(client, "/ar/sessions/a/")
    assert event["eventStatus"] == "https://schema.org/EventRescheduled"
    assert event["previousStartDate"] == "2020-11-23T10:00:00+01:00"
    change(session, status=SessionStatus.CANCELLED)
    (part,) = read(client, "/ar/sessions/")["subEvent"]
    assert part["eventStatus"] == "https://schema.org/EventCancelled"


def test_the_programme_has_its_sessions_as_parts(client, portal_site, session):
    SessionPageFactory(parent=portal_site.workshops["ar"], starts_at=START + datetime.timedelta(days=1))
    event = read(client, "/ar/sessions/")
    assert event["subEvent"][0]["url"] == "http://testserver/ar/sessions/a/"
    assert (event["startDate"], event["endDate"]) == ("2020-11-23T10:00:00+01:00", "2020-11-24T11:30:00+01:00")


def test_an_invented_session_is_said_to_be_invented(client, portal_site):
    SessionPageFactory(parent=portal_site.workshops["en"], slug="b", illustrative=True)
    assert "Illustrative" in read(client, "/en/sessions/b/")["disambiguatingDescription"]


def test_a_recording_has_its_file_its_words_and_its_clips(client, session):
    kinds = (RenditionKind.VIDEO_360, RenditionKind.VIDEO_720, RenditionKind.AUDIO, RenditionKind.POSTER)
    recording = make_recording(session, *kinds, captions=("fr", "ar"), chapters=[(0, "بداية"), (60.5, "نهاية")])
    (video,) = read(client, "/ar/sessions/a/")["recordedIn"]
    assert (video["@type"], video["duration"]) == ("VideoObject", "PT1H2M3S")
    assert video["contentUrl"].startswith("http://testserver/")
    assert video["contentUrl"].endswith("video-720")
    assert video["thumbnailUrl"].endswith("poster")
    assert video["uploadDate"] == recording.created_at.isoformat()
    assert video["transcript"] == "كلام ar </script>"
    assert [(clip["startOffset"], clip["endOffset"], clip["url"][-5:]) for clip in video["hasPart"]] == [
        (0, 60, "/?t=0"),
        (60, 3723, "?t=60"),
    ]


def test_sound_alone_is_an_audio_object_and_a_file_elsewhere_is_linked(client, session):
    make_recording(session, RenditionKind.AUDIO, order=1)
    make_recording(session, order=2, live=False)
    sound = read(client, "/ar/sessions/a/")["recordedIn"]
    assert [one["@type"] for one in sound] == ["AudioObject"]


def test_nothing_ends_the_data_block():
    block = script({"name": "</script><!--<script>&\u2028\u2029\ud800"})
    inside = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(inside)
    assert json.loads(inside)["name"].startswith("</script><!--<script>&")


@pytest.mark.parametrize(("seconds", "text"), [(0.2, "PT0S"), (59.6, "PT1M"), (3600, "PT1H"), (3723.4, "PT1H2M3S")])
def test_lengths(seconds, text):
    assert iso_duration(seconds) == text
