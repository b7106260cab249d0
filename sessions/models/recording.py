"""One take of a session: the original, what was made of it, what is said in it."""

from __future__ import annotations

import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portal.base.languages import in_language
from portal.base.models import Illustrative
from sessions.enums import RecordingStatus, RenditionKind, SpokenLanguage
from sessions.media import external
from sessions.media.external import ExternalVideo
from sessions.models.base import OfSession
from sessions.querysets import RecordingQuerySet


def originals() -> Storage:
    """Return the storage of what facilitators upload: kept as it came, never served to the public."""
    return storages["originals"]


def original_path(recording: Recording, filename: str) -> str:
    """Return where an upload is kept: a name of our own with the extension that it came with."""
    return f"recordings/{recording.folder}/original{PurePosixPath(filename).suffix.lower()[:12]}"


def rendition_path(rendition: Rendition, filename: str) -> str:
    """Return where a rendition is kept, below the folder of its recording."""
    return f"recordings/{rendition.recording.folder}/{PurePosixPath(filename).name}"


class Recording(Illustrative, ClusterableModel, OfSession):
    """A recording of a session: a file that facilitators upload, or the address of a video elsewhere."""

    folder = models.UUIDField(_("folder"), default=uuid.uuid4, unique=True, editable=False)
    label_ar = models.CharField(_("label in Arabic"), max_length=120, blank=True)
    label_fr = models.CharField(_("label in French"), max_length=120, blank=True)
    label_en = models.CharField(_("label in English"), max_length=120, blank=True)
    spoken_language = models.CharField(
        _("spoken language"), max_length=8, choices=SpokenLanguage.choices, default=SpokenLanguage.ARABIC
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    live = models.BooleanField(_("public"), default=True, help_text=_("Visitors see it as soon as it is ready."))

    original = models.FileField(_("file"), upload_to=original_path, storage=originals, blank=True, max_length=200)
    original_name = models.CharField(_("name of the file"), max_length=255, blank=True, editable=False)
    external_url = models.URLField(_("address elsewhere"), max_length=500, blank=True)

    status = models.CharField(
        _("status"), max_length=10, choices=RecordingStatus.choices, default=RecordingStatus.WAITING, editable=False
    )
    progress = models.PositiveSmallIntegerField(_("progress"), default=0, editable=False)  # per cent
    log = models.TextField(_("log"), blank=True, editable=False)
    duration = models.FloatField(_("duration in seconds"), null=True, blank=True, editable=False)
    has_video = models.BooleanField(_("has a picture"), default=False, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    public_at = models.DateTimeField(_("public since"), null=True, blank=True, editable=False, db_index=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    objects = RecordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label or self.original_name or self.external_url or f"{self._meta.verbose_name} {self.pk}"

    @property
    def label(self) -> str:
        """What tells it from other recordings of the session, in the active language; may be empty."""
        return in_language(self, "label")

    @property
    def video_sources(self) -> list[Rendition]:
        """The videos to choose from, the largest first; empty for a sound, or a video elsewhere. No query after `renditions`."""
        return [one for kind in (RenditionKind.VIDEO_720, RenditionKind.VIDEO_360) if (one := self._rendition(kind))]

    @property
    def audio(self) -> Rendition | None:
        """The sound by itself, for listening with little data; None where there is none."""
        return self._rendition(RenditionKind.AUDIO)

    @property
    def poster(self) -> Rendition | None:
        """The picture that stands for the video before it plays."""
        return self._rendition(RenditionKind.POSTER)

    @property
    def waveform(self) -> Rendition | None:
        """The line of the sound, grey on nothing, 960 by 96 pixels: for a page that plays a sound."""
        return self._rendition(RenditionKind.WAVEFORM)

    @property
    def size(self) -> int:
        """The bytes of all that was made of it. No query after `renditions`."""
        return sum(one.size for one in self.renditions.all())

    @property
    def state_text(self) -> str:
        """Its status for facilitators, with how far it is while it is being prepared."""
        moving = self.status == RecordingStatus.PROCESSING or (self.status == RecordingStatus.READY and 0 < self.progress < 100)
        return f"{self.get_status_display()} ({self.progress} %)" if moving else self.get_status_display()

    @property
    def external(self) -> ExternalVideo | None:
        """The video elsewhere: who has it and where it opens; None for a file of our own."""
        return external.parse(self.external_url) if self.external_url else None

    def _rendition(self, kind: RenditionKind) -> Rendition | None:
        return next((one for one in self.renditions.all() if one.kind == kind), None)

    @property
    def is_public(self) -> bool:
        """Whether visitors may play it."""
        return self.live and self.status == RecordingStatus.READY


class Rendition(models.Model):
    """A file made of a recording, ready to be played or shown."""

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="renditions", verbose_name=_("recording"))
    kind = models.CharField(_("kind"), max_length=12, choices=RenditionKind.choices)
    file = models.FileField(_("file"), upload_to=rendition_path, max_length=200)
    content_type = models.CharField(_("media type"), max_length=60)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    width = models.PositiveIntegerField(_("width in pixels"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height in pixels"), null=True, blank=True)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [models.UniqueConstraint(fields=["recording", "kind"], name="workshop_rendition_kind_once")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def url(self) -> str:
        """Its address on the portal; it changes whenever the recording is prepared anew."""
        return str(self.file.url)


class CaptionTrack(models.Model):
    """What is said in a recording, in one language: a WebVTT file, and its cues as they are shown and searched.

    `cues` follows from `vtt`: a list of objects with `start`, `end` (seconds), `text` (plain) and `voice` (may be empty).
    """

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="tracks", verbose_name=_("recording"))
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    vtt = models.TextField(_("WebVTT"))
    cues = models.JSONField(_("cues"), default=list, editable=False)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        verbose_name = _("captions")
        verbose_name_plural = _("captions")
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["recording", "language"], name="workshop_captions_language_once")]

    def __str__(self) -> str:
        return self.get_language_display()


class Chapter(models.Model):
    """A named part of a recording."""

    recording = ParentalKey(Recording, on_delete=models.CASCADE, related_name="chapters", verbose_name=_("recording"))
    start = models.FloatField(_("start in seconds"))
    title_ar = models.CharField(_("title in Arabic"), max_length=160)
    title_fr = models.CharField(_("title in French"), max_length=160, blank=True)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["start", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the active language, else the first that is filled in."""
        return in_language(self, "title")
