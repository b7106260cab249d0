from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.base.choosers import NamedChooserViewSet
from portal.vocabulary.models import Axis, Territory, Theme


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name_ar", "name_fr", "name_en"]


class AxisViewSet(SnippetViewSet):
    model = Axis
    icon = "list-ul"
    list_display = ["name_ar", "name_fr", "name_en"]


class TerritoryViewSet(SnippetViewSet):
    model = Territory
    icon = "site"
    list_display = ["name_ar", "name_fr", "level", "code"]
    list_filter = ["level"]
    search_fields = ["name_ar", "name_fr", "name_en", "code"]
    chooser_viewset_class = NamedChooserViewSet


class VocabularyViewSetGroup(SnippetViewSetGroup):
    """The words that everything shares."""

    menu_label = _("Vocabulary")
    menu_icon = "list-ul"
    menu_order = 320
    items = (ThemeViewSet, AxisViewSet, TerritoryViewSet)
