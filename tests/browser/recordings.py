"""A recording with captions and chapters, made for the browser tests, on a session of the demonstration content."""

from __future__ import annotations

import subprocess
from pathlib import Path

import imageio_ffmpeg

from tests.operations.serving import manage

SLUG = "petitions-varied-and-exemplary"
SECONDS = 60
LINES = {
    "ar": ["مرحبا بكم في هذه الجلسة", "YouTube هو موقع معروف", "قدّمت الجمعيةُ عريضةً", "وافق المجلس الجماعي", "شكرا لكم"],
    "fr": ["Bienvenue à cette séance", "محمد a ouvert la séance", "Une pétition déposée", "Le conseil a accepté", "Merci"],
}
EVERY = 10
"""Seconds from one line to the next, the first at 1."""

SCRIPT = """
import json, pathlib
from django.core.files.base import ContentFile
from sessions.captions.domain import ChapterRow, keep_captions, keep_chapters
from sessions.models import Recording, Rendition, SessionPage
page = SessionPage.objects.get(slug={slug!r}, locale__language_code="ar")
Recording.objects.filter(session_key=page.translation_key).delete()
recording = Recording.objects.create(
    session_key=page.translation_key, status="ready", duration={seconds}, has_video=True, illustrative=True
)
for kind, name, content_type in (("video-360", "v.mp4", "video/mp4"), ("audio", "a.m4a", "audio/mp4")):
    content = pathlib.Path({folder!r}, name).read_bytes()
    rendition = Rendition(recording=recording, kind=kind, content_type=content_type, size=len(content))
    rendition.file.save(name, ContentFile(content))
for language, vtt in {captions!r}.items():
    keep_captions(recording, language, vtt)
keep_chapters(recording, [ChapterRow(0, "افتتاح", "Ouverture"), ChapterRow(21, "العريضة", "La pétition")])
print("recording", recording.pk)
"""


def add_recording(var_dir: Path, folder: Path) -> int:
    """Give the session `SLUG` a recording of a minute and return its number; `folder` is for the media."""
    ffmpeg = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error"]
    picture = ["-f", "lavfi", "-i", f"testsrc=size=320x180:rate=5:duration={SECONDS}"]
    sound = ["-f", "lavfi", "-i", f"sine=frequency=330:duration={SECONDS}"]
    video = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "5", "-c:a", "aac", "-movflags", "+faststart"]
    subprocess.run([*ffmpeg, *picture, *sound, *video, str(folder / "v.mp4")], check=True, timeout=120)
    subprocess.run([*ffmpeg, "-i", str(folder / "v.mp4"), "-vn", "-c:a", "copy", str(folder / "a.m4a")], check=True, timeout=60)
    captions = {language: _vtt(lines) for language, lines in LINES.items()}
    script = SCRIPT.format(slug=SLUG, seconds=SECONDS, folder=str(folder), captions=captions)
    done = manage(var_dir, "shell", "-v0", "-c", script)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])


def _vtt(lines: list[str]) -> str:
    cues = (f"00:{n * EVERY + 1:02}.000 --> 00:{n * EVERY + 9:02}.000\n<v زينب>{line}" for n, line in enumerate(lines))
    return "WEBVTT\n\n" + "\n\n".join(cues)
