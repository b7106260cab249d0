"""The demonstration recordings: there at once, small, whole, and said to be what they are."""

from pathlib import Path

import pytest

from portal.home.loading import load_content
from portal.home.loading.files import CONTENT
from portal.home.models import LoadedFile
from sessions.media.probe import probe
from sessions.models import CaptionTrack, Recording, SessionPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_two_sessions_have_one_each_that_visitors_can_play(client):
    recordings = Recording.objects.public()
    assert recordings.count() == 2
    assert {recording.spoken_language for recording in recordings} == {"ar", "fr"}
    for recording in recordings:
        pages = SessionPage.objects.published().filter(translation_key=recording.session_key)
        assert pages.count() == 3
        assert recording.illustrative
        for rendition in recording.renditions.all():
            response = client.get(rendition.url, headers={"Range": "bytes=0-9"})
            assert response.status_code == 206
            assert response["Content-Type"] == rendition.content_type
            assert int(response["Content-Range"].rpartition("/")[2]) == rendition.size


def test_all_media_together_are_small():
    assert sum(path.stat().st_size for path in (CONTENT / "media").rglob("*") if path.is_file()) < 3_000_000


def test_what_is_recorded_is_true(tmp_path):
    for recording in Recording.objects.prefetch_related("renditions"):
        for rendition in (*recording.video_sources, recording.audio):
            found = probe(Path(rendition.file.path), tmp_path)
            assert found.duration == pytest.approx(recording.duration, abs=0.5)
            assert found.size == ((rendition.width, rendition.height) if rendition.width else None)


def test_what_is_said_is_there_in_three_languages():
    assert CaptionTrack.objects.count() == 6
    for recording in Recording.objects.prefetch_related("tracks", "chapters"):
        times = [[(cue["start"], cue["end"]) for cue in track.cues] for track in recording.tracks.all()]
        assert times[0] == times[1] == times[2]
        assert len(times[0]) == 12
        flat = [moment for cue in times[0] for moment in cue]
        assert flat == sorted(flat)
        assert flat[-1] <= recording.duration
        starts = [chapter.start for chapter in recording.chapters.all()]
        assert starts[0] == 0
        assert len(starts) == 4
        assert all(any(abs(start - begin) < 0.01 for begin, _end in times[0]) for start in starts[1:])
        for track in recording.tracks.all():
            assert track.vtt.startswith("WEBVTT\n\n")
            assert track.vtt.count("-->") == len(track.cues)


@pytest.mark.parametrize(("language", "words"), [("ar", "صوت آلي"), ("fr", "voix de synthèse"), ("en", "machine")])
def test_they_say_at_once_that_a_machine_speaks(language, words):
    for track in CaptionTrack.objects.filter(language=language):
        assert words in track.cues[0]["text"]


def test_deleted_ones_stay_deleted():
    Recording.objects.all().delete()
    assert load_content() == 0
    assert not Recording.objects.exists()


def test_a_session_that_is_gone_gets_none():
    key = Recording.objects.first().session_key
    Recording.objects.filter(session_key=key).delete()
    SessionPage.objects.filter(translation_key=key).delete()
    LoadedFile.objects.filter(path__startswith="media/").delete()
    Recording.objects.all().delete()
    assert load_content() == 2
    assert Recording.objects.count() == 1
