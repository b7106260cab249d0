"""What participants propose, in the CMS: the list, and for each its files, its draft, and the decision not to take it up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_required
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from good_practices.domain import contributing, contribution_files
from good_practices.enums import ContributionState
from good_practices.forms.fields import Words
from good_practices.models import Contribution

VIEW = "good_practices.view_contribution"


class DeclineForm(forms.Form):
    """Why a contribution is not taken up: its contributor reads it."""

    reason = Words(label=_("Why it is not taken up"), rows=4, max_length=2000)


class ContributionIndexView(IndexView):
    """The list, without what is still being written: that is its author's."""

    any_permission_required = ["view"]

    def get_base_queryset(self) -> Any:
        """Return what was sent at least once, with who sent it."""
        rows = super().get_base_queryset().exclude(state=ContributionState.DRAFT)
        return rows.select_related("contributor", "organisation")


class ContributionView(WagtailAdminTemplateMixin, TemplateView):
    """One contribution: POST takes a file into the practice, or declines it with a reason."""

    template_name = "good_practices/cms/contribution.html"
    header_icon = "edit"

    @cached_property
    def contribution(self) -> Contribution:
        """What is looked at. Raises Http404 for a draft: it is its author's."""
        sent = Contribution.objects.exclude(state=ContributionState.DRAFT).select_related("contributor", "organisation", "page")
        return get_object_or_404(sent, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return Wagtail's way home, the list, and this."""
        way = {"url": reverse("contribution:index"), "label": Contribution._meta.verbose_name_plural}
        return [*super().get_breadcrumbs_items(), way, {"url": "", "label": str(self.contribution)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the contribution, its files, and the form with which it is declined."""
        self.page_title = str(self.contribution)
        open_states = (ContributionState.SUBMITTED, ContributionState.RETURNED)
        more = {
            "contribution": self.contribution,
            "files": self.contribution.files.order_by("pk"),
            "open": self.contribution.state in open_states,
            "may_act": self.request.user.has_perm(contributing.DECLINE),
        }
        return super().get_context_data(**{"form": DeclineForm(), **more, **kwargs})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says."""
        try:
            if file := request.POST.get("file"):
                found = self.contribution.files.filter(pk=int(file)).first() if file.isascii() and file.isdigit() else None
                if found and request.user.has_perm(contributing.DECLINE):
                    contribution_files.attach(found, request.user)  # type: ignore[arg-type]
                    messages.success(request, gettext("The file is among the evidence of the draft."))
                return redirect("contribution:look", pk)
            form = DeclineForm(request.POST)
            if not form.is_valid():
                return self.render_to_response(self.get_context_data(form=form), status=422)
            contributing.decline(self.contribution, request.user, form.cleaned_data["reason"])  # type: ignore[arg-type]
            messages.success(request, gettext("The contributor is told."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("contribution:look", pk)


class ContributionViewSet(ModelViewSet):
    """What participants propose."""

    model = Contribution
    name = "contribution"
    icon = "edit"
    menu_label = _("Contributions")
    menu_order = 305
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = ContributionIndexView
    form_fields: list[str] = []
    list_filter = ["state", "language"]
    list_display = [
        TitleColumn("title", label=_("Practice"), accessor=str, get_url=lambda row: reverse("contribution:look", args=[row.pk])),
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        Column("contributor", label=_("Contributor")),
        Column("organisation", label=_("On behalf of")),
        DateColumn("submitted_at", label=_("Sent at"), sort_key="submitted_at"),
    ]
    ordering = ["-updated_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the list and the look at one: nothing is added, edited or deleted here."""
        allowed = permission_required(VIEW)
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name in ("index", "index_results")]
        return [*kept, path("look/<int:pk>/", allowed(ContributionView.as_view()), name="look")]
