"""Small real media, made once by the same ffmpeg that prepares recordings."""

import struct
import subprocess
import zipfile

import pytest

from sessions.enums import RecordingStatus
from sessions.media.ffmpeg import program
from sessions.models import Recording
from tests.factories import RecordingFactory, SessionPageFactory

PICTURE = ["-f", "lavfi", "-i"]
H264 = ["-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast"]


def ffmpeg(*arguments):
    subprocess.run([program(), "-v", "error", "-y", *map(str, arguments)], check=True, stdin=subprocess.DEVNULL)


def film(path, size="320x240", seconds=3, rate=10, extra=(), sound=True):
    inputs = [*PICTURE, f"testsrc=s={size}:r={rate}:d={seconds}"]
    inputs += [*PICTURE, f"sine=d={seconds}", "-c:a", "aac"] if sound else []
    ffmpeg(*inputs, *H264, *extra, path)
    return path


def _hostile(folder):
    """Write what is no medium, or only looks like one."""
    (folder / "empty.mp4").write_bytes(b"")
    (folder / "text.mp4").write_text("Bonjour")
    (folder / "hls.mp4").write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n")
    (folder / "concat.mp4").write_text("ffconcat version 1.0\nfile /etc/passwd\n")
    (folder / "sdp.mp4").write_text("v=0\nm=audio 1234 RTP/AVP 0\nc=IN IP4 127.0.0.1\n")
    (folder / "dash.mp4").write_text('<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"/>')
    (folder / "picture.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    ffmpeg(*PICTURE, "testsrc=s=32x32", "-frames:v", "1", folder / "picture.png")
    with zipfile.ZipFile(folder / "archive.zip", "w") as archive:
        archive.writestr("film.mp4", b"x" * 2000)
    whole = film(folder / "whole.mp4", seconds=10, extra=["-g", "5", "-movflags", "+faststart"]).read_bytes()
    (folder / "truncated.mp4").write_bytes(whole[: len(whole) // 3])
    (folder / "head-only.mp4").write_bytes(whole[:200])
    late = film(folder / "late.mp4").read_bytes()
    (folder / "no-index.mp4").write_bytes(late[: len(late) // 2])
    clip = folder / "screen.webm"
    ffmpeg(*PICTURE, "testsrc=s=320x240:r=10:d=2", "-c:v", "libvpx", "-b:v", "200k", "-f", "webm", clip)
    data = clip.read_bytes()
    place = data.index(b"\x44\x89\x88") + 3  # the Duration of Matroska: a double, in milliseconds
    (folder / "endless.webm").write_bytes(data[:place] + struct.pack(">d", 24 * 3600 * 1000.0) + data[place + 8 :])


@pytest.fixture(scope="session")
def media_files(tmp_path_factory):
    """A folder of small files: good, odd and hostile."""
    folder = tmp_path_factory.mktemp("media-files")
    film(folder / "video.mp4", extra=["-metadata", "location=+33.57-007.59/", "-metadata:s:v", "handler_name=SECRET-CAMERA"])
    film(folder / "large.mp4", size="1280x720", seconds=2)
    film(folder / "tall.mp4", size="321x639", seconds=2, sound=False, extra=["-pix_fmt", "yuv444p"])
    film(folder / "silent.mp4", seconds=2, sound=False)
    film(folder / "tiny.mp4", size="3x1", seconds=1, sound=False, extra=["-pix_fmt", "yuv444p"])
    ffmpeg("-display_rotation", "90", "-i", folder / "silent.mp4", "-c", "copy", folder / "turned.mp4")
    ffmpeg(*PICTURE, "sine=d=3", "-c:a", "libmp3lame", folder / "sound.mp3")
    ffmpeg(*PICTURE, "sine=d=3", "-c:a", "libopus", folder / "sound.ogg")
    ffmpeg(*PICTURE, "sine=d=1", folder / "sound.wav")
    ffmpeg(*PICTURE, "testsrc=s=64x64:r=5:d=1", "-c:v", "ffv1", folder / "rare.mkv")
    _hostile(folder)
    return folder


@pytest.fixture
def media_root(settings, tmp_path):
    """Folders of a test's own for what is served and what was uploaded."""
    settings.MEDIA_ROOT = tmp_path / "media"
    originals = {**settings.STORAGES["originals"], "OPTIONS": {"location": tmp_path / "originals"}}
    settings.STORAGES = {**settings.STORAGES, "originals": originals}
    return tmp_path / "media"


@pytest.fixture
def session_page(portal_site):
    return SessionPageFactory(parent=portal_site.workshops["ar"])


@pytest.fixture
def uploaded(media_root, session_page, media_files):
    """Return what makes a recording that waits, of one of the small files."""
    from django.core.files import File

    def upload(name, **fields):
        facts = {"external_url": "", "status": RecordingStatus.WAITING, "has_video": False, **fields}
        recording = RecordingFactory(page=session_page, **facts)
        with (media_files / name).open("rb") as stream:
            recording.original.save(name, File(stream))
        return Recording.objects.get(pk=recording.pk)

    return upload
