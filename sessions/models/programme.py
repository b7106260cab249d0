"""The workshop as a whole: its page, its rooms and breaks, and how its slots changed."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django_htmx.http import trigger_client_event
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin

from portal.base.blocks import TEXT_FEATURES
from portal.base.memory import remembered
from portal.base.models import BasePage, Illustrative, MultilingualName
from search.views import wants_fragment
from sessions.enums import SessionStatus
from sessions.models.base import OfSession
from sessions.programme import Slot, slots, time_zones


def check_hours(starts_at: Any, ends_at: Any) -> None:
    """Raise ValidationError where something ends before it starts; empty moments are for their own fields to refuse."""
    if starts_at and ends_at and ends_at <= starts_at:
        raise ValidationError({"ends_at": _("The end comes after the start.")})


class Room(MultilingualName):
    """A virtual room: sessions at the same time are in different rooms (a column of the programme)."""

    slug = models.SlugField(_("code"), max_length=80, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("The column in the programme, from 0."))

    panels = [*MultilingualName.name_panels, FieldPanel("order"), FieldPanel("slug")]

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["order", "slug"]


class WorkshopPage(Illustrative, BasePage):
    """An event of several days, at `/{lang}/sessions/`; its sessions are its children."""

    introduction = RichTextField(_("introduction"), blank=True, features=TEXT_FEATURES)
    time_zone = models.CharField(_("time zone"), max_length=60, choices=time_zones, default="Africa/Casablanca")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("time_zone"),
        InlinePanel("breaks", heading=_("Breaks"), label=_("Break")),
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
        """Return the context with the programme as the address asks for it (`programme`)."""
        from sessions.programme.timetable import programme_of  # it reads the models of this package

        data = request.GET
        if "at" in data and not hasattr(request, "previewed_moment"):
            data = data.copy()
            del data["at"]
        return {**super().get_context(request, *args, **kwargs), "programme": programme_of(self, data)}

    def get_template(self, request: Any, *args: Any, **kwargs: Any) -> str:
        """Return the whole page's template; where htmx asks, that of the sessions, or with `?part=now` of what is on now."""
        if not wants_fragment(request):
            return self.template
        return "sessions/_now.html" if request.GET.get("part") == "now" else "sessions/_programme.html"

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer with the page or its parts, which caches keep apart; what is on now says when the sessions are stale."""
        response = super().serve(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        if wants_fragment(request) and request.GET.get("part") == "now":
            seen, version = request.GET.get("version", ""), response.context_data["programme"].standing.version
            if seen != version:
                trigger_client_event(response, "programme-changed")
        return response

    def slots(self) -> list[Slot]:
        """Return the published sessions as slots in the workshop's zone, the earliest first."""
        from sessions.models.session import SessionPage  # a session's page imports this one

        sessions = SessionPage.objects.child_of(self).published().in_order().for_cards()
        return remembered(("slots", self.pk), lambda: slots(sessions, self.zone))


class WorkshopBreak(TranslatableMixin, Orderable):
    """A pause of the programme: it has hours and a name, and no page."""

    page = ParentalKey(WorkshopPage, on_delete=models.CASCADE, related_name="breaks")
    title = models.CharField(_("title"), max_length=120)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))

    panels = [FieldPanel("title"), FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("break")
        verbose_name_plural = _("breaks")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a break that ends before it starts."""
        super().clean()
        check_hours(self.starts_at, self.ends_at)


class SlotVersion(OfSession):
    """When and where a session was announced: a row for each time that this changed in public.

    `sequence` is the SEQUENCE of RFC 5545: 0 at first publication, one more at each change of time, room or status.
    """

    sequence = models.PositiveIntegerField(_("sequence"))
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("room"))
    status = models.CharField(_("status"), max_length=10, choices=SessionStatus.choices)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("announced slot")
        verbose_name_plural = _("announced slots")
        ordering = ["session_key", "sequence"]
        constraints = [models.UniqueConstraint(fields=["session_key", "sequence"], name="workshop_slot_sequence_once")]

    def __str__(self) -> str:
        return f"{self.session_key} {self.sequence}"
