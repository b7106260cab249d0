from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.base.choosers import NamedChooserViewSet
from sessions.models import Room, Speaker


class SpeakerViewSet(SnippetViewSet):
    """Who speaks in sessions."""

    model = Speaker
    icon = "user"
    menu_label = _("Speakers")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["name_ar", "name_fr", "illustrative"]
    chooser_viewset_class = NamedChooserViewSet
    search_fields = ["name_ar", "name_fr", "name_en"]


class RoomViewSet(SnippetViewSet):
    """The virtual rooms of the programme."""

    model = Room
    icon = "group"
    menu_label = _("Rooms")
    menu_order = 315
    add_to_admin_menu = True
    list_display = ["name_ar", "name_fr", "order"]
    search_fields = ["name_ar", "name_fr", "name_en"]
