"""Recordings with their files, captions and chapters, as the work on media leaves them."""

from sessions.enums import RenditionKind
from sessions.models import CaptionTrack, Chapter, Rendition
from tests.factories import RecordingFactory

CONTENT_TYPES = {RenditionKind.AUDIO: "audio/mp4", RenditionKind.POSTER: "image/jpeg"}


def make_recording(page, *kinds, captions=(), chapters=(), **facts):
    """Return a public recording of `page` with a file of each kind; `chapters` are (seconds, title)."""
    recording = RecordingFactory(page=page, external_url="", duration=3723.4, **facts)
    for number, kind in enumerate(kinds, start=1):
        Rendition.objects.create(
            recording=recording,
            kind=kind,
            file=f"recordings/{recording.folder}/{kind}",
            content_type=CONTENT_TYPES.get(kind, "video/mp4"),
            size=1000 * number,
            height=360 if kind == RenditionKind.VIDEO_360 else None,
        )
    for language in captions:
        cues = [{"start": 0, "end": 2, "text": f"كلام {language} </script>", "voice": ""}]
        CaptionTrack.objects.create(recording=recording, language=language, vtt="WEBVTT\n", cues=cues)
    for start, title in chapters:
        Chapter.objects.create(recording=recording, start=start, title_ar=title)
    return recording
