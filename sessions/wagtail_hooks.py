from wagtail.snippets.models import register_snippet

from sessions.viewsets import SpeakerViewSet

register_snippet(SpeakerViewSet)
