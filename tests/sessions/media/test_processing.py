"""What is made of real files: good ones, odd ones and hostile ones."""

import pytest

from sessions.media import ffmpeg, recipes
from sessions.media import probe as probing
from sessions.media.faults import Fault, MediaError
from sessions.media.probe import Probe, probe, sniff
from sessions.media.processing import make


@pytest.fixture
def work(tmp_path):
    (tmp_path / "folder").mkdir()
    return tmp_path


def made_of(path, work):
    seen = []
    product = make(path, probe(path, work), work, work / "folder", seen.append)
    return product, {made.recipe.name: made for made in product.files}, seen


def fault_of(path, work):
    with pytest.raises(MediaError) as refusal:
        made_of(path, work)
    return refusal.value.fault


def test_a_small_video_is_not_made_larger(media_files, work):
    product, files, progress = made_of(media_files / "video.mp4", work)
    assert set(files) == {"video-360.mp4", "audio.m4a", "poster.jpg", "waveform.png"}
    assert (files["video-360.mp4"].width, files["video-360.mp4"].height) == (320, 240)
    assert product.has_video
    assert product.duration == pytest.approx(3, abs=0.2)
    assert progress == sorted(progress)
    assert progress[-1] == 100
    assert all((work / "folder" / name).stat().st_size == made.size > 0 for name, made in files.items())


def test_a_large_video_has_two_sizes(media_files, work):
    _product, files, _progress = made_of(media_files / "large.mp4", work)
    assert (files["video-720.mp4"].width, files["video-720.mp4"].height) == (1280, 720)
    assert (files["video-360.mp4"].width, files["video-360.mp4"].height) == (640, 360)
    assert (work / "folder" / "poster.jpg").read_bytes().startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("name", "size"),
    [("tall.mp4", (320, 638)), ("turned.mp4", (240, 320)), ("screen.webm", (320, 240)), ("silent.mp4", (320, 240))],
)
def test_pictures_stand_upright_and_have_even_sides(media_files, work, name, size):
    _product, files, _progress = made_of(media_files / name, work)
    assert (files["video-360.mp4"].width, files["video-360.mp4"].height) == size
    assert "audio.m4a" not in files


def test_a_picture_of_three_pixels_is_taken(media_files, work):
    _product, files, _progress = made_of(media_files / "tiny.mp4", work)
    assert files["video-360.mp4"].height == 2


@pytest.mark.parametrize("name", ["sound.mp3", "sound.ogg", "sound.wav"])
def test_a_sound_has_a_line_and_no_picture(media_files, work, name):
    product, files, _progress = made_of(media_files / name, work)
    assert set(files) == {"audio.m4a", "waveform.png"}
    assert not product.has_video
    assert (work / "folder" / "waveform.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["video-360.mp4", "audio.m4a"])
def test_the_index_stands_in_front_and_nothing_is_told_about_the_maker(media_files, work, name):
    made_of(media_files / "video.mp4", work)
    data = (work / "folder" / name).read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    assert b"SECRET-CAMERA" in (media_files / "video.mp4").read_bytes()
    assert b"SECRET-CAMERA" not in data
    assert b"+33" not in data


def test_video_is_what_every_browser_plays(media_files, work):
    made_of(media_files / "tall.mp4", work)
    found = []
    arguments = ["-i", str(work / "folder" / "video-360.mp4"), "-f", "null", "-"]
    said = ffmpeg.run(arguments, work, seconds=20, on_line=found.append)
    assert "h264 (Main)" in said
    assert "yuv420p" in said


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("empty.mp4", Fault.EMPTY),
        ("text.mp4", Fault.NOT_MEDIA),
        ("hls.mp4", Fault.NOT_MEDIA),
        ("concat.mp4", Fault.NOT_MEDIA),
        ("sdp.mp4", Fault.NOT_MEDIA),
        ("dash.mp4", Fault.NOT_MEDIA),
        ("picture.svg", Fault.NOT_MEDIA),
        ("picture.png", Fault.NOT_MEDIA),
        ("archive.zip", Fault.NOT_MEDIA),
        ("head-only.mp4", Fault.BROKEN),
        ("no-index.mp4", Fault.BROKEN),
        ("truncated.mp4", Fault.TRUNCATED),
        ("endless.webm", Fault.TOO_LONG),
        ("rare.mkv", Fault.UNSUPPORTED),
    ],
)
def test_what_cannot_be_served_is_named(media_files, work, name, fault):
    assert fault_of(media_files / name, work) == fault


def test_a_playlist_behind_the_first_bytes_of_a_medium_opens_nothing(media_files, work):
    wrapped = work / "wrapped.mp4"
    wrapped.write_bytes(b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + (media_files / "hls.mp4").read_bytes())
    assert fault_of(wrapped, work) == Fault.BROKEN


def test_no_other_demuxer_than_the_one_that_was_found_is_tried(media_files, work):
    arguments = [*ffmpeg.opened(media_files / "hls.mp4", "mov"), "-f", "null", "-"]
    with pytest.raises(MediaError) as refusal:
        ffmpeg.run(arguments, work, seconds=20, on_line=lambda line: None)
    assert "moov atom not found" in refusal.value.detail


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/", "concat:/etc/passwd|/etc/passwd", "subfile:,start,0,end,9,,:/etc/passwd"]
)
def test_no_other_protocol_than_files_is_opened(work, address):
    arguments = [*ffmpeg.opened(work, "mov")[:-1], address, "-f", "null", "-"]
    with pytest.raises(MediaError) as refusal:
        ffmpeg.run(arguments, work, seconds=20, on_line=lambda line: None)
    assert "whitelist" in refusal.value.detail


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded(media_files, work, settings):
    settings.MEDIA_MAX_PIXELS = 320 * 240 - 1
    assert fault_of(media_files / "video.mp4", work) == Fault.TOO_MANY_PIXELS


def test_a_recording_that_is_too_long_is_refused_by_what_it_says(media_files, work, settings):
    settings.MEDIA_MAX_SECONDS = 2
    assert fault_of(media_files / "video.mp4", work) == Fault.TOO_LONG


def test_a_recording_that_is_longer_than_it_says_is_refused_too(media_files, work, settings):
    settings.MEDIA_MAX_SECONDS = 1
    source = Probe("mov", None, (320, 240), True)
    with pytest.raises(MediaError) as refusal:
        make(media_files / "video.mp4", source, work, work / "folder", lambda share: None)
    assert refusal.value.fault == Fault.TOO_LONG


def test_output_beyond_the_limit_ends_ffmpeg(media_files, work, settings):
    settings.MEDIA_MAX_BYTES = 4096
    assert fault_of(media_files / "video.mp4", work) == Fault.TOO_LARGE


def test_a_full_disk_is_told_before_the_work(media_files, work, monkeypatch):
    monkeypatch.setattr(recipes, "bytes_needed", lambda *args: 1 << 60)
    assert fault_of(media_files / "video.mp4", work) == Fault.NO_SPACE


def test_work_that_takes_too_long_is_stopped_with_its_process(work):
    arguments = ["-f", "lavfi", "-i", "testsrc=s=64x64", "-f", "null", "-"]
    with pytest.raises(MediaError) as refusal:
        ffmpeg.run(arguments, work, seconds=0.3, on_line=lambda line: None)
    assert refusal.value.fault == Fault.TOO_SLOW


def test_too_many_tracks_are_refused(media_files, work, monkeypatch):
    monkeypatch.setattr(probing, "MOST_STREAMS", 1)
    assert fault_of(media_files / "video.mp4", work) == Fault.TOO_COMPLEX


@pytest.mark.parametrize(
    ("head", "demuxer"),
    [
        (b"\0\0\0\x20ftypavif", None),
        (b"\0\0\0\x20ftypheic", None),
        (b"\0\0\0\x20ftypqt  ", "mov"),
        (b"RIFF\0\0\0\0WEBPVP8 ", None),
        (b"RIFF\0\0\0\0AVI LIST", "avi"),
        (b"\xff\xf1\x50\x80", "aac"),
        (b"\xff\xfb\x90\x64", "mp3"),
        (b"\xff\xd8\xff\xe0", None),
        (b"\xff\xfe#\0E\0X\0", None),
        (b"GIF89a", None),
        (b"%PDF-1.7", None),
        (b"<html>", None),
        (b"\x7fELF", None),
        (b"", None),
        (b"\xff", None),
        ((b"\x47" + b"\0" * 187) * 3, "mpegts"),
    ],
)
def test_sniffing(head, demuxer):
    assert sniff(head) == demuxer
