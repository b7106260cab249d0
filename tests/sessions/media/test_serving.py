"""Who may play a recording: everybody while it is public, nobody from the moment it is withdrawn; facilitators before."""

import uuid

import pytest
from wagtail.models import PageViewRestriction

from sessions.enums import RecordingStatus
from sessions.media import domain
from sessions.models import Recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def sound(uploaded):
    recording = uploaded("sound.mp3")
    domain.prepare(recording.pk)
    return Recording.objects.get(pk=recording.pk)


def status(client, recording, name="audio.m4a", **headers):
    return client.get(f"/media/recordings/{recording.folder}/{name}", headers=headers, follow=True).status_code


def test_everybody_plays_a_public_recording(client, sound, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        response = client.get(sound.audio.url, headers={"Range": "bytes=0-99"})
    assert response.status_code == 206
    assert len(b"".join(response.streaming_content)) == 100
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize("fields", [{"live": False}, {"status": RecordingStatus.FAILED}, {"status": RecordingStatus.PROCESSING}])
def test_a_withdrawn_recording_is_gone_at_once(client, facilitator, participant, sound, fields):
    assert status(client, sound) == 200
    Recording.objects.filter(pk=sound.pk).update(**fields)
    assert status(client, sound) == 404
    client.force_login(participant)
    assert status(client, sound) == 404
    client.force_login(facilitator)
    response = client.get(sound.audio.url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_a_recording_of_an_unpublished_session_is_gone_at_once(client, sound, session_page):
    session_page.unpublish()
    assert status(client, sound) == 404


def test_a_recording_of_a_private_session_is_gone_at_once(client, sound, session_page):
    PageViewRestriction.objects.create(page=session_page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert status(client, sound) == 404


def test_a_recording_without_a_session_is_nobodys(client, sound):
    Recording.objects.filter(pk=sound.pk).update(session_key=uuid.uuid4())
    assert status(client, sound) == 404


@pytest.mark.parametrize("path", [".making-1/folder/audio.m4a", ".making-1.lock", "x/audio.m4a", "", f"{uuid.uuid4()}/audio.m4a"])
def test_what_is_being_made_is_never_served(client, facilitator, sound, media_root, path):
    making = media_root / "recordings" / ".making-1" / "folder"
    making.mkdir(parents=True)
    (making / "audio.m4a").write_bytes(b"half")
    client.force_login(facilitator)
    assert client.get(f"/media/recordings/{path}", follow=True).status_code == 404


def test_the_original_is_below_no_address(client, facilitator, sound, media_root):
    client.force_login(facilitator)
    assert not sound.original.path.startswith(str(media_root))
    assert client.get(f"/media/{sound.original.name}", follow=True).status_code == 404
