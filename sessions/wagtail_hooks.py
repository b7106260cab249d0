from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from sessions.models import SessionPage
from sessions.views import report
from sessions.views.captions import CaptionsView
from sessions.viewsets import RecordingViewSet, RoomViewSet, SpeakerViewSet

register_snippet(SpeakerViewSet)
register_snippet(RoomViewSet)


@hooks.register("register_admin_viewset")
def register_recordings() -> RecordingViewSet:
    """Show recordings in the CMS."""
    return RecordingViewSet()


@hooks.register("register_admin_viewset")
def register_evaluations() -> report.EvaluationsViewSet:
    """Give facilitators what readers thought of the sessions."""
    return report.EvaluationsViewSet()


@hooks.register("register_reports_menu_item")
def register_evaluations_menu_item() -> MenuItem:
    """Lead to the evaluations from the reports."""
    return report.menu_item()


@hooks.register("register_page_header_buttons")
def lead_to_evaluations(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a session in the CMS to what readers thought of it."""
    if issubclass(page.specific_class or type(page), SessionPage) and page.pk and user.has_perm(report.VIEW):
        url = reverse("session_evaluations:session", args=[page.translation_key])
        yield Button(_("Evaluations"), url=url, icon_name="form", priority=68)


@hooks.register("register_log_actions")
def register_room_actions(actions: Any) -> None:
    """Tell the history of a session when its meeting was said to be full."""
    actions.register_action("workshop_sessions.room_full", _("Meeting full"), _("Said that the meeting is full"))
    actions.register_action("workshop_sessions.room_free", _("Places again"), _("Said that there are places again"))


@hooks.register("register_admin_urls")
def captions_urls() -> list[URLPattern]:
    """Give facilitators the editor of captions and chapters."""
    view = permission_required("workshop_sessions.change_recording")(CaptionsView.as_view())
    return [path("sessions/recordings/<int:pk>/captions/", view, name="captions_edit")]
