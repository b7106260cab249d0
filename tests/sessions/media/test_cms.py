"""Facilitators add recordings, see how far they are, try again, and delete them."""

import errno
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sessions.enums import RecordingStatus
from sessions.media import domain, places, uploads
from sessions.media.faults import Fault
from sessions.models import Recording
from tests.factories import RecordingFactory, SessionPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cms(client, facilitator):
    client.force_login(facilitator)
    return client


@pytest.fixture
def add(cms, session_page, media_root, media_files, committed):
    """Send the form with a file of the small ones, or with what is given."""

    def send(name=None, content=None, called=None, client=cms, **fields):
        data = {"session": session_page.pk, "spoken_language": "ar", "order": 0, "live": "on", "label_ar": "التسجيل", **fields}
        if name or content is not None:
            data["original"] = SimpleUploadedFile(called or name, content if name is None else (media_files / name).read_bytes())
        with committed():
            return client.post(reverse("recording:add"), data)

    return send


def errors(response):
    assert response.status_code == 200
    return {name: [error.code for error in found.as_data()] for name, found in response.context["form"].errors.items()}


def test_an_upload_is_kept_and_prepared(add, session_page, facilitator):
    response = add("video.mp4", called="ورشة 1.MP4")
    recording = Recording.objects.get()
    assert response.url == reverse("recording:edit", args=[recording.pk])
    assert recording.session_key == session_page.translation_key
    assert (recording.original_name, recording.uploaded_by) == ("ورشة 1.MP4", facilitator)
    assert recording.original.name.endswith("/original.mp4")
    assert recording.is_public
    assert list(uploads.arriving().iterdir()) == []


def test_the_form_is_checked_against_forgery(facilitator, add, session_page):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(facilitator)
    assert add("sound.mp3", client=strict).status_code == 403
    token = strict.get(reverse("recording:add")).context["csrf_token"]
    assert add("sound.mp3", client=strict, csrfmiddlewaretoken=str(token)).status_code == 302


@pytest.mark.parametrize(
    ("called", "content", "fault"),
    [
        ("film.mp4", b"", Fault.EMPTY),
        ("film.mp4", b"hello", Fault.NOT_MEDIA),
        ("film.mp4", b"#EXTM3U\nfile:///etc/passwd\n", Fault.NOT_MEDIA),
        ("film.m3u8", b"\0\0\0\x18ftypisom", Fault.NOT_MEDIA),
        ("film", b"\0\0\0\x18ftypisom", Fault.NOT_MEDIA),
        ("film.mp4.exe", b"\0\0\0\x18ftypisom", Fault.NOT_MEDIA),
    ],
)
def test_what_is_no_medium_is_refused_with_the_form_kept(add, called, content, fault):
    response = add(content=content, called=called, label_fr="La prise 1")
    assert errors(response) == {"original": [fault.value]}
    assert "La prise 1" in response.content.decode()
    assert not Recording.objects.exists()
    assert list(uploads.arriving().iterdir()) == []


@pytest.mark.parametrize("called", ["a\0b.mp4", "../../evil.mp4", "x" * 3000 + ".mp4", "\u202egpm.mp4", "..mp4"])
def test_odd_names_do_no_harm(add, called):
    response = add("sound.mp3", called=called)
    assert response.status_code in (200, 302)
    for recording in Recording.objects.all():
        assert recording.original.name.endswith("/original.mp4")
        assert len(recording.original_name) <= 255


def test_a_file_larger_than_announced_limits_is_refused_with_the_form_kept(add, settings, media_files):
    settings.MEDIA_MAX_BYTES = (media_files / "video.mp4").stat().st_size - 1
    assert errors(add("video.mp4")) == {"original": [Fault.TOO_LARGE.value]}


def test_a_request_that_announces_too_much_is_not_written(add, settings, monkeypatch):
    settings.MEDIA_MAX_BYTES = 10
    monkeypatch.setattr(uploads, "FORM_BYTES", 10)
    monkeypatch.setattr(uploads.tempfile, "NamedTemporaryFile", lambda **kwargs: pytest.fail("written"))
    assert errors(add("video.mp4")) == {"original": [Fault.TOO_LARGE.value]}


def test_a_disk_that_will_be_full_is_told(add, monkeypatch):
    monkeypatch.setattr(uploads, "SPARE_BYTES", 1 << 60)
    assert errors(add("video.mp4")) == {"original": [Fault.NO_SPACE.value]}


def test_a_disk_that_fills_up_is_told(add, monkeypatch):
    class Full:
        def write(self, data):
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self):
            pass

    monkeypatch.setattr(uploads.tempfile, "NamedTemporaryFile", lambda **kwargs: Full())
    assert errors(add("video.mp4")) == {"original": [Fault.NO_SPACE.value]}


def test_an_address_is_cleaned_and_ready(add):
    add(external_url="https://youtu.be/dQw4w9WgXcQ?si=TRACK")
    recording = Recording.objects.get()
    assert recording.external_url == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert recording.is_public


@pytest.mark.parametrize("address", ["http://example.org/v", "javascript:alert(1)", "x" * 600])
def test_an_address_that_cannot_be_is_refused(add, address):
    assert list(errors(add(external_url=address))) == ["external_url"]


def test_a_file_or_an_address_is_needed_and_not_both(add):
    assert list(errors(add())) == ["original"]
    assert list(errors(add("sound.mp3", external_url="https://vimeo.com/123456"))) == ["external_url"]
    assert not Recording.objects.exists()


@pytest.mark.parametrize("session", ["", "0", "999999", "x", "1"])
def test_a_forged_session_is_refused(add, session):
    assert list(errors(add("sound.mp3", session=session))) == ["session"]


@pytest.mark.parametrize("given", ["", "x", "0", "٣", "9" * 40, "-1", "1 OR 1"])
def test_a_forged_session_in_the_address_is_no_error(cms, given, portal_site):
    assert cms.get(reverse("recording:add"), {"session": given}).status_code == 200


def test_the_address_names_the_session(cms, session_page):
    assert cms.get(reverse("recording:add"), {"session": session_page.pk}).context["form"].initial["session"] == session_page


def test_words_are_changed_without_touching_the_file(cms, uploaded, session_page):
    recording = uploaded("sound.mp3")
    domain.prepare(recording.pk)
    before = Recording.objects.get(pk=recording.pk)
    other = SessionPageFactory(parent=session_page.get_parent(), slug="other")
    data = {"session": other.pk, "spoken_language": "fr", "order": 3, "label_ar": "", "label_fr": "Prise 2", "label_en": ""}
    assert cms.post(reverse("recording:edit", args=[recording.pk]), data).status_code == 302
    after = Recording.objects.get(pk=recording.pk)
    assert (after.label_fr, after.order, after.live, after.session_key) == ("Prise 2", 3, False, other.translation_key)
    assert (after.original.name, after.folder, after.status) == (before.original.name, before.folder, RecordingStatus.READY)


def test_the_list_tells_session_state_length_and_size(cms, uploaded, session_page, django_assert_max_num_queries):
    for name in ("sound.mp3", "text.mp4"):
        domain.prepare(uploaded(name, label_ar=name).pk)
    page = cms.get(reverse("recording:index")).content.decode()
    assert session_page.title in page
    assert "sound.mp3" in page
    assert "0:03" in page
    few = _queries(cms)
    for number in range(5):
        RecordingFactory(page=session_page, label_ar=f"n{number}")
    assert _queries(cms) == few


def _queries(cms):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        cms.get(reverse("recording:index"))
    return len(queries)


def test_progress_asks_for_itself_again_until_it_is_done(cms, uploaded):
    recording = uploaded("sound.mp3")
    address = reverse("recording:status", args=[recording.pk])
    assert "every 2s" in cms.get(address).content.decode()
    Recording.objects.filter(pk=recording.pk).update(status=RecordingStatus.PROCESSING, progress=40)
    assert "every 2s" not in cms.get(address).content.decode()  # nobody has it in hand: it was cut off
    with places.workplace(recording.pk):
        page = cms.get(address).content.decode()
    assert "every 2s" in page
    assert 'value="40"' in page
    assert "<form" not in page
    domain.prepare(recording.pk)
    page = cms.get(address).content.decode()
    assert "every 2s" not in page
    assert "audio.m4a" in page


def test_a_failure_is_told_in_words_and_tried_again(cms, uploaded, committed):
    recording = uploaded("truncated.mp4")
    domain.prepare(recording.pk)
    page = cms.get(reverse("recording:edit", args=[recording.pk]))
    assert page.context["fault"] == Fault.TRUNCATED
    assert str(Fault.TRUNCATED.label) in page.content.decode()
    Path(recording.original.path).write_bytes(Path(recording.original.path).with_name("original.mp4").read_bytes())
    with committed():
        response = cms.post(reverse("recording:status", args=[recording.pk]))
    assert response.url == reverse("recording:edit", args=[recording.pk])
    recording.refresh_from_db()
    assert recording.log.count('"started"') == 2


def test_deleting_says_what_is_lost(cms, uploaded, django_capture_on_commit_callbacks):
    recording = uploaded("sound.mp3")
    domain.prepare(recording.pk)
    address = reverse("recording:delete", args=[recording.pk])
    assert "kB" in cms.get(address).content.decode() or "ك" in cms.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        cms.post(address)
    assert not Recording.objects.exists()
    assert not Path(recording.original.path).exists()


@pytest.mark.parametrize("role", ["participant", "moderator", None])
@pytest.mark.parametrize("name", ["index", "add", "edit", "delete", "status"])
def test_others_may_not(client, request, uploaded, role, name):
    recording = uploaded("sound.mp3")
    if role:
        client.force_login(request.getfixturevalue(role))
    args = [recording.pk] if name in ("edit", "delete", "status") else []
    for method in (client.get, client.post):
        assert method(reverse(f"recording:{name}", args=args)).status_code in (302, 403)
    assert Recording.objects.get() == recording


def test_the_session_lists_its_recordings_in_every_language(cms, session_page, portal_site):
    recording = RecordingFactory(page=session_page, label_ar="المقطع الأول")
    french = SessionPageFactory(parent=portal_site.workshops["fr"], translation_of=session_page)
    for page in (session_page, french):
        shown = cms.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert reverse("recording:edit", args=[recording.pk]) in shown
        assert f"{reverse('recording:add')}?session={page.pk}" in shown
