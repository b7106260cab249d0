"""What can be wrong with a recording's file, in words for the facilitator who uploaded it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fault(models.TextChoices):
    """Why a recording could not be prepared. The original is kept whatever it is."""

    EMPTY = "empty", _("The file is empty. Export or download it again, then upload it.")
    NOT_MEDIA = "not-media", _("This is neither a video nor a sound file that the portal knows: use MP4, WebM, MP3, M4A or WAV.")
    BROKEN = (
        "broken",
        _("The file is damaged and cannot be read. Play it on your computer; if it plays, export it as MP4 and upload that."),
    )
    TRUNCATED = "truncated", _("The file ends before its own end: the copy was cut off. Upload the whole file.")
    UNSUPPORTED = (
        "unsupported",
        _("The picture or sound in this file is of a kind that the portal does not read. Export it as MP4 (H.264, AAC)."),
    )
    TOO_LONG = "too-long", _("The recording is longer than the portal accepts. Cut it into parts.")
    TOO_LARGE = "too-large", _("The file is larger than the portal accepts. Export it at 720p, or cut it into parts.")
    TOO_MANY_PIXELS = "too-many-pixels", _("The picture is larger than the portal accepts. Export it at 1080p.")
    TOO_COMPLEX = "too-complex", _("The file holds too many tracks. Export it with one picture and one sound.")
    TOO_SLOW = "too-slow", _("Preparing it took too long and was stopped. Try again, or export it at 720p first.")
    NO_SPACE = (
        "no-space",
        _("There is not enough room left on the server's disk. Tell who looks after the server, then try again."),
    )
    MISSING = "missing", _("The uploaded file is no longer on the server. Upload it again.")
    UNEXPECTED = (
        "unexpected",
        _("Something unexpected went wrong on the server. Try again; if it happens again, tell who looks after it."),
    )


class MediaError(Exception):
    """A file could not be prepared: `fault` says why to people, `detail` to engineers (ffmpeg's last lines)."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        self.fault, self.detail = fault, detail
        super().__init__(f"{fault.value}: {detail}" if detail else fault.value)
