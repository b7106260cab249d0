from wagtail import hooks
from wagtail.snippets.models import register_snippet

from sessions.viewsets import RecordingViewSet, RoomViewSet, SpeakerViewSet

register_snippet(SpeakerViewSet)
register_snippet(RoomViewSet)


@hooks.register("register_admin_viewset")
def register_recordings() -> RecordingViewSet:
    """Show recordings in the CMS."""
    return RecordingViewSet()
