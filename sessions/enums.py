from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionKind(models.TextChoices):
    PLENARY = "plenary", _("Plenary")
    THEMATIC = "thematic", _("Thematic session")
    WORKSHOP = "workshop", _("Workshop")
    SYNTHESIS = "synthesis", _("Synthesis")


class SessionStatus(models.TextChoices):
    """The STATUS of RFC 5545 that a session has in the programme."""

    CONFIRMED = "confirmed", _("Confirmed")
    CANCELLED = "cancelled", _("Cancelled")


class SessionState(models.TextChoices):
    """Where a session stands at a given moment."""

    TO_COME = "to-come", _("To come")
    LIVE = "live", _("Live now")
    OVER = "over", _("Over")
    RECORDED = "recorded", _("Recording available")
    CANCELLED = "cancelled", _("Cancelled")


class JoinState(models.TextChoices):
    """Whether the live meeting of a session can be joined at a given moment."""

    OPEN = "open", _("The meeting is open")
    NOT_YET = "not-yet", _("The meeting is not open yet")
    FULL = "full", _("The meeting is full")
    OVER = "over", _("The session is over")
    CANCELLED = "cancelled", _("The session is cancelled")
    NOT_PLANNED = "not-planned", _("No live meeting is planned")


class EvaluationState(models.TextChoices):
    """Whether a session can be evaluated at a given moment."""

    OPEN = "open", _("Open")
    NOT_YET = "not-yet", _("Not open yet")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class SpokenLanguage(models.TextChoices):
    """What is spoken in a session or a recording (BCP 47)."""

    ARABIC = "ar", _("Arabic")
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    AMAZIGH = "zgh", _("Amazigh")


class RecordingStatus(models.TextChoices):
    """Where the preparation of a recording stands."""

    WAITING = "waiting", _("Waiting")
    PROCESSING = "processing", _("Being prepared")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


class RenditionKind(models.TextChoices):
    """The files that are made of one recording."""

    VIDEO_720 = "video-720", _("Video, 720p")
    VIDEO_360 = "video-360", _("Video, 360p")
    AUDIO = "audio", _("Audio only")
    POSTER = "poster", _("Poster")
    WAVEFORM = "waveform", _("Waveform")
