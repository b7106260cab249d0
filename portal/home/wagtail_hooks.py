from wagtail.snippets.models import register_snippet

from portal.home.viewsets import KeyFigureViewSet

register_snippet(KeyFigureViewSet)
