"""Panels of the session's form in the CMS."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.admin.panels import Panel


class RecordingsPanel(Panel):
    """Lists the recordings of a session in all its languages, and leads to adding one; nothing is edited here."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "sessions/cms/recordings_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the recordings, and the address that adds one to this session."""
            recordings = apps.get_model("workshop_sessions", "Recording").objects
            return {
                **super().get_context_data(parent_context),
                "recordings": recordings.filter(session_key=self.instance.translation_key).prefetch_related("renditions"),
                "add_url": f"{reverse('recording:add')}?{urlencode({'session': self.instance.pk})}" if self.instance.pk else "",
            }
