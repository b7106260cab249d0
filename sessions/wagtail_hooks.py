from wagtail.snippets.models import register_snippet

from sessions.viewsets import RoomViewSet, SpeakerViewSet

register_snippet(SpeakerViewSet)
register_snippet(RoomViewSet)
