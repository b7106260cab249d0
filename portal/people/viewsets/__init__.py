from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.base.choosers import NamedChooserViewSet
from portal.people.models import Organisation


class OrganisationViewSet(SnippetViewSet):
    """Associations, authorities, institutions and partners."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["name_ar", "name_fr", "kind", "illustrative"]
    list_filter = ["kind", "illustrative"]
    chooser_viewset_class = NamedChooserViewSet
    search_fields = ["name_ar", "name_fr", "name_en"]
