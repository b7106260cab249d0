from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from good_practices.models import ConsultationSpace
from portal.base.choosers import NamedChooserViewSet


class SpaceViewSet(SnippetViewSet):
    """The bodies of dialogue between citizens and authorities."""

    model = ConsultationSpace
    icon = "comment"
    menu_label = _("Spaces of consultation")
    menu_order = 306
    add_to_admin_menu = True
    list_display = ["name_ar", "name_fr", "kind", "illustrative"]
    list_filter = ["kind", "illustrative"]
    chooser_viewset_class = NamedChooserViewSet
    search_fields = ["name_ar", "name_fr", "name_en"]
