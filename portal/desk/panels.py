"""The parts of the CMS's first page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.desk.coming import next_events
from portal.desk.figures import DAYS, last_days
from portal.desk.waiting import waiting_for


class DeskPanel(Component):
    """A part of the desk, for whoever asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def media(self) -> Media:
        return Media(css={"all": ["portal/css/desk.css"]})


class WaitingPanel(DeskPanel):
    """What waits for the person."""

    name = "waiting"
    order = 10
    template_name = "desk/_waiting.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"waiting": waiting_for(self.request.user)}  # type: ignore[arg-type]


class ComingPanel(DeskPanel):
    """What goes out next, of the pages that the person may edit."""

    name = "coming"
    order = 20
    template_name = "desk/_coming.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(self.request.user, "change")
        return {"coming": next_events(pages)}


class FiguresPanel(DeskPanel):
    """What happened in the last days."""

    name = "figures"
    order = 400
    template_name = "desk/_figures.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"figures": last_days(), "days": DAYS}
