from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from good_practices.forms.commitment import CommitmentForm
from good_practices.models import Commitment


class CommitmentViewSet(ModelViewSet):
    """The promises of authorities and associations."""

    model = Commitment
    name = "commitment"
    icon = "tasks"
    menu_label = _("Commitments")
    menu_order = 305
    add_to_admin_menu = True
    copy_view_enabled = False
    list_filter = ["status", "illustrative"]
    list_display = [
        TitleColumn("text", label=_("what"), accessor=str, get_url=lambda row: reverse("commitment:edit", args=[row.pk])),
        Column("organisation", label=_("who")),
        DateColumn("due_on", label=_("due on"), sort_key="due_on"),
        Column("status", label=_("kept or not"), accessor="get_status_display", sort_key="status"),
    ]
    search_fields = ["text_ar", "text_fr", "text_en"]
    ordering = ["-made_on"]

    def get_form_class(self, for_update: bool = False) -> type[CommitmentForm]:
        """Return the form that dates a change of status."""
        return CommitmentForm
