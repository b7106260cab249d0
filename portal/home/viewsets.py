from wagtail.snippets.views.snippets import SnippetViewSet

from portal.home.models import KeyFigure


class KeyFigureViewSet(SnippetViewSet):
    """The figures of the first page."""

    model = KeyFigure
    icon = "order"
    list_display = ["value", "label_ar", "as_of"]
