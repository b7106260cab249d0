from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.auth import permission_required
from wagtail.snippets.models import register_snippet

from sessions.views.captions import CaptionsView
from sessions.viewsets import RoomViewSet, SpeakerViewSet

register_snippet(SpeakerViewSet)
register_snippet(RoomViewSet)


@hooks.register("register_admin_urls")
def captions_urls() -> list[URLPattern]:
    """Give facilitators the editor of captions and chapters."""
    view = permission_required("workshop_sessions.change_recording")(CaptionsView.as_view())
    return [path("sessions/recordings/<int:pk>/captions/", view, name="captions_edit")]
