"""One slot of the programme, who speaks in it and what goes with it."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from portal.base import clock
from portal.base.blocks import TEXT_FEATURES, BodyBlock
from portal.base.models import BasePage, Illustrative
from portal.base.shared_facts import SharedChildren
from portal.participation.discussion import discussion_of
from portal.vocabulary.models import Axis, Theme
from sessions.enums import SessionKind, SessionState, SessionStatus, SpokenLanguage
from sessions.live import is_web_address, live_of
from sessions.models.programme import Room, WorkshopPage, check_hours
from sessions.models.recording import Recording
from sessions.models.speaker import Speaker
from sessions.panels import RecordingsPanel
from sessions.programme import slots, state_at
from sessions.querysets import SessionManager
from sessions.stars import code_of


class SessionPage(Illustrative, BasePage):
    """One slot of the programme."""

    kind = models.CharField(_("kind"), max_length=12, choices=SessionKind.choices, default=SessionKind.THEMATIC)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    key_points = RichTextField(_("key points"), blank=True, features=TEXT_FEATURES)
    themes = ParentalManyToManyField(Theme, related_name="sessions", blank=True, verbose_name=_("themes"))
    axes = ParentalManyToManyField(Axis, related_name="sessions", blank=True, verbose_name=_("axes"))
    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, related_name="sessions", verbose_name=_("room"))
    spoken_language = models.CharField(
        _("spoken language"), max_length=8, choices=SpokenLanguage.choices, default=SpokenLanguage.ARABIC
    )
    status = models.CharField(_("status"), max_length=10, choices=SessionStatus.choices, default=SessionStatus.CONFIRMED)
    status_note = models.CharField(
        _("note on the change"), max_length=300, blank=True, help_text=_("Why it was moved or cancelled, and what comes instead.")
    )
    live_url = models.URLField(
        _("address of the live meeting"),
        max_length=500,
        blank=True,
        help_text=_("Only people who are signed in see it, from 15 minutes before the start until the end."),
    )
    room_full = models.BooleanField(_("the live meeting is full"), default=False)

    objects = SessionManager()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("room"), FieldPanel("spoken_language")]),
                FieldPanel("status"),
                FieldPanel("status_note"),
            ],
            heading=_("When and where"),
        ),
        MultiFieldPanel([FieldPanel("live_url"), FieldPanel("room_full")], heading=_("Live")),
        MultipleChooserPanel("session_speakers", chooser_field_name="speaker", heading=_("Speakers"), label=_("Speaker")),
        FieldPanel("body"),
        FieldPanel("key_points"),
        InlinePanel("materials", heading=_("Materials"), label=_("Material")),
        RecordingsPanel(heading=_("Recordings")),
        MultiFieldPanel(
            [FieldPanel("themes", widget=CheckboxSelectMultiple), FieldPanel("axes", widget=CheckboxSelectMultiple)],
            heading=_("What it is about"),
        ),
        *Illustrative.illustrative_panels,
    ]

    override_translatable_fields = [SynchronizedField("themes"), SynchronizedField("axes"), SynchronizedField("live_url")]

    SHARED_FIELDS = (
        "kind",
        "starts_at",
        "ends_at",
        "room",
        "spoken_language",
        "status",
        "live_url",
        "room_full",
        "illustrative",
    )
    SHARED_SETS = ("themes", "axes")
    SHARED_CHILDREN = (SharedChildren("session_speakers", facts=("speaker_id",)),)

    RESERVED_SLUGS = frozenset({"agenda", "feeds", "schedule", "speakers"})
    """Addresses of the programme that are no sessions."""

    parent_page_types = ["workshop_sessions.WorkshopPage"]
    subpage_types: list[str] = []
    discussable = True
    asks_questions = True
    template = "sessions/session.html"

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [models.Index(fields=["starts_at"])]

    def clean(self) -> None:
        """Refuse a session that ends before it starts, and an address that the programme keeps for itself."""
        super().clean()
        check_hours(self.starts_at, self.ends_at)
        if self.slug in self.RESERVED_SLUGS:
            raise ValidationError({"slug": _("This address belongs to the programme: choose another.")})
        if self.live_url and not is_web_address(self.live_url):
            raise ValidationError({"live_url": _("The address begins with https:// or http://.")})

    @property
    def state(self) -> SessionState:
        """Where the session stands now: cancelled, to come, live, over, or its recording is there."""
        clock.changes_at(self.starts_at, self.ends_at)
        state = state_at(clock.now(), self.starts_at, self.ends_at, self.status)
        return SessionState.RECORDED if state == SessionState.OVER and self.is_recorded else state

    @cached_property
    def is_recorded(self) -> bool:
        """Whether visitors can play a recording of it; `for_cards` loads it along."""
        return bool(self.recordings)

    @cached_property
    def recordings(self) -> list[Recording]:
        """What visitors can play of it, with files, captions and chapters."""
        found = Recording.objects.public().filter(session_key=self.translation_key)
        return list(found.prefetch_related("renditions", "tracks", "chapters"))

    @property
    def questions_open(self) -> bool:
        """Whether participants ask questions now: before the session and while it is live."""
        return self.state in (SessionState.TO_COME, SessionState.LIVE)

    @property
    def questions_live(self) -> bool:
        """Whether the list of questions is looked at again every minute."""
        return self.state == SessionState.LIVE

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
        from sessions.archive import archive_context  # it reads these models

        workshop = WorkshopPage.objects.parent_of(self).get()
        if self.pk:  # the preview of a new page has none
            models.prefetch_related_objects([self], "session_speakers__speaker__organisation", "materials__document__collection")
        neighbours = SessionPage.objects.child_of(workshop).published().in_order().defer_streamfields()
        programme = slots(neighbours, workshop.zone)
        own = slots([self], workshop.zone)[0]
        place = next((index for index, slot in enumerate(programme) if slot.session.pk == self.pk), None)
        discussion = discussion_of(self, request)
        return {
            **super().get_context(request, *args, **kwargs),
            **archive_context(self, request, discussion),
            "workshop": workshop,
            "slot": own,
            "previous": programme[place - 1] if place else None,
            "next": programme[place + 1] if place is not None and place + 1 < len(programme) else None,
            "discussion": discussion,
            "star_code": code_of(self.translation_key),
            "live": live_of(self, request, workshop.zone) if self.pk else None,
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
