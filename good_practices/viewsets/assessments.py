from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet

from good_practices.forms.assessment import AssessmentForm
from good_practices.models import Assessment
from good_practices.viewsets.listing import PracticeRowsView


class _CreateView(CreateView):
    def save_instance(self) -> Model:
        """Note who assesses."""
        self.form.instance.assessor = self.request.user
        saved: Model = super().save_instance()
        return saved


class AssessmentViewSet(ModelViewSet):
    """What peers and experts find of practices; facilitators make it public."""

    model = Assessment
    name = "assessment"
    icon = "clipboard-list"
    menu_label = _("Assessments")
    menu_order = 304
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = PracticeRowsView
    add_view_class = _CreateView
    list_filter = ["public", "expert"]
    list_display = [
        TitleColumn("practice_title", label=_("Practice"), get_url=lambda row: reverse("assessment:edit", args=[row.pk])),
        Column("organisation", label=_("on behalf of")),
        DateColumn("assessed_on", label=_("assessed on"), sort_key="assessed_on"),
        BooleanColumn("expert", label=_("by an expert")),
        BooleanColumn("public", label=_("public")),
    ]
    ordering = ["public", "-assessed_on"]

    def get_form_class(self, for_update: bool = False) -> type[AssessmentForm]:
        """Return the form that names the practice."""
        return AssessmentForm
