"""What readers say is wrong, for facilitators to settle."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from good_practices.domain import settle_mistake
from good_practices.models import MistakeReport, PracticePage
from portal.people.domain import signed_in


class MistakeFilterSet(WagtailFilterSet):
    """Settled or waiting."""

    settled = django_filters.BooleanFilter(
        field_name="settled_at",
        lookup_expr="isnull",
        exclude=True,
        label=_("Settled"),
        widget=django_filters.widgets.BooleanWidget(),
    )

    class Meta:
        model = MistakeReport
        fields = ["language"]


class MistakeIndexView(IndexView):
    """The list; each row leads to the report."""

    any_permission_required = ["change"]

    def get_edit_url(self, instance: MistakeReport) -> str:
        """Return the address of the report."""
        return reverse("mistake:settle", args=[instance.pk])


class SettleView(PermissionCheckedMixin, View):
    """Shows a report with the practice it is about, and settles it (POST)."""

    permission_required = "change"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the report."""
        report = get_object_or_404(MistakeReport.objects.select_related("settled_by"), pk=pk)
        pages = PracticePage.objects.filter(translation_key=report.practice_key).select_related("locale")
        return TemplateResponse(request, "good_practices/cms/mistake.html", {"report": report, "pages": pages})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Settle it; a colleague's earlier click stays."""
        settle_mistake(get_object_or_404(MistakeReport, pk=pk), signed_in(request))
        messages.success(request, gettext("Settled."))
        return redirect("mistake:index")


class MistakeViewSet(ModelViewSet):
    """The reports of readers."""

    model = MistakeReport
    icon = "warning"
    menu_label = _("Reported mistakes")
    menu_order = 320
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = MistakeIndexView
    form_fields: list[str] = []
    copy_view_enabled = False
    inspect_view_enabled = False
    filterset_class = MistakeFilterSet
    list_display = [
        TitleColumn("text", label=_("Report"), accessor=str, get_url=lambda row: reverse("mistake:settle", args=[row.pk])),
        Column("language", label=_("Language"), accessor="get_language_display"),
        DateColumn("created_at", label=_("Sent"), sort_key="created_at"),
        BooleanColumn("settled_at", label=_("Settled"), accessor=lambda row: row.settled_at is not None),
    ]
    search_fields = ["text", "email"]

    def get_urlpatterns(self) -> list[Any]:
        """Return only the list and the report: nobody edits a reader's words."""
        settle = SettleView.as_view(permission_policy=policy_registry.get_by_type(MistakeReport))
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", settle, name="settle"),
        ]
