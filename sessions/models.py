"""The workshop: its days, its sessions and who speaks in them."""

from __future__ import annotations

import datetime
import zoneinfo
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from portal.base import clock
from portal.base.blocks import TEXT_FEATURES, BodyBlock
from portal.base.languages import in_language
from portal.base.models import BasePage, Illustrative, MultilingualName
from portal.participation.discussion import discussion_of
from portal.people.models import Organisation
from portal.vocabulary.models import Axis, Theme
from sessions.enums import SessionKind, SessionState
from sessions.programme import Slot, days, slots
from sessions.querysets import SessionManager


class Speaker(Illustrative, MultilingualName):
    """Who speaks in sessions, written once and used in any of them."""

    slug = models.SlugField(_("code"), max_length=80, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="speakers", verbose_name=_("organisation")
    )
    role_ar = models.CharField(_("role in Arabic"), max_length=120, blank=True)
    role_fr = models.CharField(_("role in French"), max_length=120, blank=True)
    role_en = models.CharField(_("role in English"), max_length=120, blank=True)
    bio_ar = models.TextField(_("presentation in Arabic"), blank=True)
    bio_fr = models.TextField(_("presentation in French"), blank=True)
    bio_en = models.TextField(_("presentation in English"), blank=True)

    panels = [
        *MultilingualName.name_panels,
        MultiFieldPanel([FieldPanel("role_ar"), FieldPanel("role_fr"), FieldPanel("role_en")], heading=_("Role")),
        MultiFieldPanel([FieldPanel("bio_ar"), FieldPanel("bio_fr"), FieldPanel("bio_en")], heading=_("Presentation")),
        FieldPanel("organisation"),
        FieldPanel("slug"),
        *Illustrative.illustrative_panels,
    ]

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["slug"]

    @property
    def role(self) -> str:
        """The role in the active language."""
        return in_language(self, "role")

    @property
    def bio(self) -> str:
        """The presentation in the active language."""
        return in_language(self, "bio")


def _time_zones() -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(zoneinfo.available_timezones())]


class WorkshopPage(Illustrative, BasePage):
    """An event of several days, at `/{lang}/sessions/`; its sessions are its children."""

    introduction = RichTextField(_("introduction"), blank=True, features=TEXT_FEATURES)
    time_zone = models.CharField(_("time zone"), max_length=60, choices=_time_zones, default="Africa/Casablanca")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("time_zone"),
        *Illustrative.illustrative_panels,
    ]

    parent_page_types = ["home.HomePage"]
    subpage_types = ["workshop_sessions.SessionPage"]
    template = "sessions/programme.html"
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("workshop")

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The workshop's time zone (IANA)."""
        return zoneinfo.ZoneInfo(self.time_zone)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the programme by day (`days`)."""
        return {**super().get_context(request, *args, **kwargs), "days": days(self.slots())}

    def slots(self) -> list[Slot]:
        """Return the published sessions as slots in the workshop's zone, the earliest first."""
        return slots(SessionPage.objects.child_of(self).published().in_order().for_cards(), self.zone)


class SessionPage(Illustrative, BasePage):
    """One slot of the programme."""

    kind = models.CharField(_("kind"), max_length=12, choices=SessionKind.choices, default=SessionKind.THEMATIC)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    key_points = RichTextField(_("key points"), blank=True, features=TEXT_FEATURES)
    themes = ParentalManyToManyField(Theme, related_name="sessions", blank=True, verbose_name=_("themes"))
    axes = ParentalManyToManyField(Axis, related_name="sessions", blank=True, verbose_name=_("axes"))
    recording_url = models.URLField(_("address of the recording"), blank=True)

    objects = SessionManager()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("kind"), FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])],
            heading=_("When"),
        ),
        MultipleChooserPanel("session_speakers", chooser_field_name="speaker", heading=_("Speakers"), label=_("Speaker")),
        FieldPanel("body"),
        FieldPanel("key_points"),
        InlinePanel("materials", heading=_("Materials"), label=_("Material")),
        FieldPanel("recording_url"),
        MultiFieldPanel(
            [FieldPanel("themes", widget=CheckboxSelectMultiple), FieldPanel("axes", widget=CheckboxSelectMultiple)],
            heading=_("What it is about"),
        ),
        *Illustrative.illustrative_panels,
    ]

    override_translatable_fields = [SynchronizedField("themes"), SynchronizedField("axes")]

    parent_page_types = ["workshop_sessions.WorkshopPage"]
    subpage_types: list[str] = []
    discussable = True
    template = "sessions/session.html"

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [models.Index(fields=["starts_at"])]

    def clean(self) -> None:
        """Refuse a session that ends before it starts."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("A session ends after it starts.")})

    @property
    def state(self) -> SessionState:
        """Where the session stands now: to come, live, over, or its recording is there."""
        now = clock.now()
        if now < self.starts_at:
            return SessionState.TO_COME
        if now < self.ends_at:
            return SessionState.LIVE
        return SessionState.RECORDED if self.recording_url else SessionState.OVER

    @property
    def duration(self) -> datetime.timedelta:
        """How long it lasts."""
        return self.ends_at - self.starts_at

    @property
    def speakers(self) -> list[Speaker]:
        """Who speaks, in the facilitator's order."""
        return [link.speaker for link in self.session_speakers.all()]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the slot in the workshop's zone, its neighbours in the programme, and the discussion."""
        workshop = WorkshopPage.objects.parent_of(self).get()
        if self.pk:  # the preview of a new page has none
            models.prefetch_related_objects([self], "session_speakers__speaker__organisation", "materials__document")
        neighbours = SessionPage.objects.child_of(workshop).published().in_order().defer_streamfields()
        programme = slots(neighbours, workshop.zone)
        own = slots([self], workshop.zone)[0]
        place = next((index for index, slot in enumerate(programme) if slot.session.pk == self.pk), None)
        return {
            **super().get_context(request, *args, **kwargs),
            "workshop": workshop,
            "slot": own,
            "previous": programme[place - 1] if place else None,
            "next": programme[place + 1] if place is not None and place + 1 < len(programme) else None,
            "discussion": discussion_of(self, request),
        }


class SessionSpeaker(Orderable):
    """That somebody speaks in a session."""

    page = ParentalKey(SessionPage, on_delete=models.CASCADE, related_name="session_speakers")
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="session_speakers", verbose_name=_("speaker"))

    panels = [FieldPanel("speaker")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "speaker"], name="workshop_speaker_once_per_session")]

    def __str__(self) -> str:
        return str(self.speaker)


class SessionMaterial(TranslatableMixin, Orderable):
    """Something to read before or after a session: a document or an address."""

    page = ParentalKey(SessionPage, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=200)
    description = models.CharField(_("what it is"), max_length=300, blank=True)
    document = models.ForeignKey(
        "wagtaildocs.Document", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    link = models.URLField(_("address"), blank=True)

    panels = [FieldPanel("title"), FieldPanel("description"), FieldPanel("document"), FieldPanel("link")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Ask for a document or an address."""
        super().clean()
        if not self.document and not self.link:
            raise ValidationError({"document": _("Choose a document or write an address.")})

    @property
    def url(self) -> str:
        """The address of the document, else the one that was given."""
        return self.document.url if self.document else self.link
