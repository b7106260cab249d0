from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from good_practices.domain.inspiration import withdraw
from good_practices.forms.inspiration import InspirationForm
from good_practices.models import Inspiration
from good_practices.viewsets.listing import PracticeRowsView


class _DeleteView(DeleteView):
    def delete_action(self) -> None:
        """Take the link from the practice's pages, too."""
        withdraw(self.object)


class InspirationViewSet(ModelViewSet):
    """Which practice inspired which: what participants say, and what facilitators know."""

    model = Inspiration
    name = "inspiration"
    icon = "link"
    menu_label = _("“I did the same”")
    menu_order = 303
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = PracticeRowsView
    delete_view_class = _DeleteView
    list_filter = ["state"]
    list_display = [
        TitleColumn("practice_title", label=_("Practice"), get_url=lambda row: reverse("inspiration:edit", args=[row.pk])),
        Column("inspired_by_title", label=_("inspired by")),
        Column("state", label=_("state"), accessor="get_state_display", sort_key="state"),
        DateColumn("asked_at", label=_("said at"), sort_key="asked_at"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[InspirationForm]:
        """Return the form that settles it."""
        return InspirationForm
