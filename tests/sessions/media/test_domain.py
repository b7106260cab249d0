"""From upload to what visitors play: prepared once, replaced at once, gone when it is withdrawn."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils.translation import override

from sessions.enums import RecordingStatus, RenditionKind
from sessions.media import domain, journal, places, uploads
from sessions.media.faults import Fault
from sessions.models import Recording, Rendition
from sessions.tasks import prepare_recording

pytestmark = pytest.mark.django_db


def folders(root):
    return {path.name for path in (root / "recordings").iterdir() if path.is_dir()}


def test_a_video_becomes_renditions_and_the_original_stays(uploaded, media_root):
    recording = uploaded("video.mp4")
    original = Path(recording.original.path).read_bytes()
    assert domain.prepare(recording.pk)
    recording = Recording.objects.get(pk=recording.pk)
    assert (recording.status, recording.progress, recording.has_video) == (RecordingStatus.READY, 100, True)
    assert recording.duration == pytest.approx(3, abs=0.2)
    kinds = {RenditionKind.VIDEO_360, RenditionKind.AUDIO, RenditionKind.POSTER, RenditionKind.WAVEFORM}
    assert {one.kind for one in recording.renditions.all()} == kinds
    assert all(Path(one.file.path).stat().st_size == one.size for one in recording.renditions.all())
    assert Path(recording.original.path).read_bytes() == original
    assert folders(media_root) == {str(recording.folder)}
    assert [one.kind for one in recording.video_sources] == [RenditionKind.VIDEO_360]
    assert recording.audio.content_type == "audio/mp4"
    assert recording.poster.url.endswith(f"/{recording.folder}/poster.jpg")
    assert recording.size == sum(one.size for one in recording.renditions.all())


def test_preparing_anew_replaces_everything_at_once_at_a_new_address(uploaded, media_root):
    recording = uploaded("video.mp4")
    domain.prepare(recording.pk)
    first = Recording.objects.get(pk=recording.pk)
    call_command("process_media", recording=recording.pk)
    second = Recording.objects.get(pk=recording.pk)
    assert second.folder != first.folder
    assert folders(media_root) == {str(second.folder)}
    assert second.renditions.count() == 4


def test_what_is_ready_is_left_alone(uploaded):
    recording = uploaded("sound.mp3")
    assert domain.prepare(recording.pk)
    assert not domain.prepare(recording.pk)
    assert not domain.prepare(recording.pk + 1000)


@pytest.mark.parametrize(("name", "fault"), [("truncated.mp4", Fault.TRUNCATED), ("text.mp4", Fault.NOT_MEDIA)])
def test_a_failure_is_told_and_nothing_is_served(uploaded, media_root, name, fault):
    recording = uploaded(name)
    assert not domain.prepare(recording.pk)
    recording.refresh_from_db()
    assert recording.status == RecordingStatus.FAILED
    assert journal.last_fault(recording.log) == fault
    assert not Rendition.objects.exists()
    assert folders(media_root) == set()
    assert Path(recording.original.path).exists()
    assert domain.to_retry() == [recording.pk]


def test_a_failure_leaves_visitors_what_they_had(uploaded):
    recording = uploaded("video.mp4")
    domain.prepare(recording.pk)
    before = Recording.objects.get(pk=recording.pk)
    Path(before.original.path).unlink()
    with pytest.raises(CommandError):
        call_command("process_media", recording=recording.pk)
    after = Recording.objects.get(pk=recording.pk)
    assert after.is_public
    assert after.folder == before.folder
    assert journal.last_fault(after.log) == Fault.MISSING
    assert all(Path(one.file.path).exists() for one in after.renditions.all())


def test_an_unexpected_error_is_a_failure_too(uploaded, monkeypatch):
    recording = uploaded("video.mp4")
    monkeypatch.setattr(domain, "make", lambda *args: 1 / 0)
    assert not domain.prepare(recording.pk)
    recording.refresh_from_db()
    assert journal.last_fault(recording.log) == Fault.UNEXPECTED


def test_a_transaction_that_fails_leaves_no_folder(uploaded, media_root, monkeypatch):
    recording = uploaded("sound.mp3")
    monkeypatch.setattr(Rendition.objects, "bulk_create", lambda rows: 1 / 0)
    assert not domain.prepare(recording.pk)
    assert folders(media_root) == set()


def test_a_recording_deleted_while_it_is_prepared_leaves_nothing(uploaded, media_root, monkeypatch):
    recording = uploaded("sound.mp3")
    made = domain.make

    def make_and_delete(*args):
        product = made(*args)
        Recording.objects.filter(pk=recording.pk).delete()
        return product

    monkeypatch.setattr(domain, "make", make_and_delete)
    domain.prepare(recording.pk)
    assert folders(media_root) == set()


def test_two_processes_do_not_prepare_the_same(uploaded):
    recording = uploaded("video.mp4")
    with places.workplace(recording.pk) as folder:
        assert folder is not None
        assert places.is_taken(recording.pk)
        assert not domain.prepare(recording.pk)
        assert domain.to_retry() == []
    assert not places.is_taken(recording.pk)
    assert domain.prepare(recording.pk)


def test_what_a_killed_upload_left_is_swept_after_a_day(uploaded):
    recording = uploaded("sound.mp3")
    old, young = (uploads.arriving() / name for name in ("upload-old", "upload-young"))
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - places.STALE_SECONDS - 60,) * 2)
    domain.prepare(recording.pk)
    assert list(uploads.arriving().iterdir()) == [young]


def test_words_are_saved_without_taking_back_what_the_worker_did(uploaded):
    editing = uploaded("sound.mp3")
    domain.prepare(editing.pk)
    editing.label_fr = "Prise 2"
    domain.keep(editing)
    recording = Recording.objects.get(pk=editing.pk)
    assert recording.label_fr == "Prise 2"
    assert recording.is_public
    assert recording.folder != editing.folder


def test_a_kept_upload_is_prepared_after_the_commit(media_root, media_files, session_page, committed):
    recording = Recording(session_key=session_page.translation_key)
    recording.original.save("sound.mp3", ContentFile((media_files / "sound.mp3").read_bytes()), save=False)
    with committed():
        domain.keep(recording)
        assert Recording.objects.get(pk=recording.pk).status == RecordingStatus.WAITING
    assert Recording.objects.get(pk=recording.pk).is_public


def test_the_task_says_whether_it_is_ready(uploaded):
    assert prepare_recording.enqueue(uploaded("sound.mp3").pk).return_value is True


def test_an_address_elsewhere_is_ready_at_once(session_page):
    recording = Recording(session_key=session_page.translation_key, external_url="https://vimeo.com/123456")
    domain.keep(recording)
    assert recording.is_public
    assert recording.external.provider == "Vimeo"


def test_deleting_removes_all_files_once_it_is_certain(uploaded, media_root, django_capture_on_commit_callbacks):
    recording = uploaded("sound.mp3")
    domain.prepare(recording.pk)
    recording = Recording.objects.get(pk=recording.pk)
    original = Path(recording.original.path)
    with django_capture_on_commit_callbacks(execute=True):
        recording.delete()
        assert original.exists()
    assert not original.parent.exists()
    assert folders(media_root) == set()


def test_what_belongs_to_nobody_is_swept_after_a_day(media_root):
    old, young, other = (media_root / "recordings" / name for name in (str(uuid.uuid4()), str(uuid.uuid4()), "not-ours"))
    for path in (old, young, other):
        path.mkdir(parents=True)
    for path in (old, other):
        os.utime(path, (time.time() - places.STALE_SECONDS - 60,) * 2)
    assert places.sweep({str(uuid.uuid4())}) == 1
    assert folders(media_root) == {young.name, "not-ours"}


def test_the_log_is_told_in_the_readers_language_and_does_not_grow_for_ever():
    log = ""
    for _turn in range(journal.MOST_LINES + 5):
        log = journal.add(log, "found", what="mov|320×240|3 s")
    log = journal.add(log, Fault.TRUNCATED.value, detail="x" * 10_000)
    lines = journal.read(log)
    assert len(lines) == journal.MOST_LINES
    assert lines[-1].fault == Fault.TRUNCATED
    assert len(lines[-1].detail) == journal.MOST_DETAIL
    with override("en"):
        assert journal.read(log)[0].text == "Found: mov, 320×240, 3 s."


def test_the_command_prepares_what_waits_and_tells_what_failed(uploaded, capsys):
    good, bad = uploaded("sound.mp3"), uploaded("text.mp4")
    with pytest.raises(CommandError, match="1 could not be prepared"):
        call_command("process_media")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [str(good.pk), str(bad.pk)]
    call_command("process_media")
    assert capsys.readouterr().out == ""
    with pytest.raises(CommandError):
        call_command("process_media", retry_failed=True)


@pytest.mark.parametrize("pk", [0, 10**9])
def test_the_command_refuses_what_is_not_there(pk):
    with pytest.raises(CommandError, match="no recording"):
        call_command("process_media", recording=pk)


def test_properties_ask_nothing_after_the_renditions(uploaded, session_page, django_assert_num_queries):
    domain.prepare(uploaded("video.mp4").pk)
    with django_assert_num_queries(4):  # recordings, renditions, captions, chapters
        for recording in session_page.recordings:
            assert recording.video_sources
            assert recording.audio
            assert recording.poster
            assert recording.waveform
            assert recording.size


SLOW_WORKER = """
import sys, django
from pathlib import Path
django.setup()
from sessions.media import ffmpeg, places
from django.conf import settings
with places.workplace(int(sys.argv[1])) as work:
    (work / "folder").mkdir()
    (work / "folder" / "video-720.mp4").write_bytes(b"half")
    arguments = ["-re", "-progress", "pipe:1", "-f", "lavfi", "-i", "testsrc=s=64x64", str(work / "folder" / "x.mp4")]
    ffmpeg.run(arguments, work, seconds=60, on_line=lambda line: print(line, flush=True))
"""


def test_a_worker_killed_on_the_way_takes_ffmpeg_with_it_and_can_be_followed(uploaded, media_root, settings, tmp_path):
    """The kernel gives back the lock, ends ffmpeg, and the next one starts in a clean folder."""
    recording = uploaded("video.mp4")
    Recording.objects.filter(pk=recording.pk).update(status=RecordingStatus.PROCESSING, progress=40)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", "TEST_VAR_DIR": str(tmp_path)}
    command = [sys.executable, "-c", SLOW_WORKER, str(recording.pk)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as worker:
        assert "frame" in worker.stdout.readline()
        children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
        assert children
        assert places.is_taken(recording.pk)
        assert not domain.prepare(recording.pk)
        worker.send_signal(signal.SIGKILL)
        worker.wait(timeout=10)
        worker.stdout.read()  # ends when ffmpeg, which writes to it, has ended
    assert not places.is_taken(recording.pk)
    assert (media_root / "recordings" / f".making-{recording.pk}").exists()
    assert domain.to_retry() == [recording.pk]
    assert domain.prepare(recording.pk)
    recording = Recording.objects.get(pk=recording.pk)
    assert recording.is_public
    assert folders(media_root) == {str(recording.folder)}
    assert "interrupted" in {json.loads(line)["code"] for line in recording.log.splitlines()}
