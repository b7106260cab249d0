"""Requests about personal data in the CMS: a list, what is due first, and a page to answer each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from portal.base.text import clean_text
from portal.people.domain import data_requests as domain
from portal.people.domain import signed_in
from portal.people.models import DataRequest

ANSWER_LENGTH = DataRequest._meta.get_field("answer").max_length or 0


class DataRequestIndexView(IndexView):
    """The list; each row leads to the page of its answer."""

    any_permission_required = ["change"]

    def get_base_queryset(self) -> QuerySet:
        """Return every request with who asks, in one query."""
        return DataRequest.objects.select_related("person", "answered_by")

    def get_edit_url(self, instance: DataRequest) -> str:
        """Return the address of the answer."""
        return reverse("data_request:answer", args=[instance.pk])

    def get_add_url(self) -> None:
        """Return none: people ask by themselves."""

    def get_delete_url(self, instance: DataRequest) -> None:
        """Return none: what was asked and answered can be proved."""


class AnswerView(PermissionCheckedMixin, View):
    """Shows a request, and keeps its answer (POST)."""

    model = DataRequest
    permission_required = "change"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what is asked, and the answer or its form."""
        asked = get_object_or_404(DataRequest.objects.select_related("person", "answered_by"), pk=pk)
        context = {"asked": asked, "index_url": reverse("data_request:index"), "answer_length": ANSWER_LENGTH}
        return TemplateResponse(request, "people/cms/data_request.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep the answer; a colleague's earlier one stays."""
        asked = get_object_or_404(DataRequest, pk=pk)
        try:
            done = domain.answer(asked, signed_in(request), clean_text(request.POST.get("answer", ""))[:ANSWER_LENGTH])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("data_request:answer", pk=pk)
        if done:
            messages.success(request, gettext("Answered: the person sees it."))
        else:
            messages.warning(request, gettext("A colleague has answered meanwhile: that answer stays."))
        return redirect("data_request:index")


class DataRequestViewSet(ModelViewSet):
    """What people ask about their data."""

    model = DataRequest
    icon = "lock"
    menu_label = _("Personal data")
    menu_order = 315
    add_to_admin_menu = True
    index_view_class = DataRequestIndexView
    form_fields: list[str] = []
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    list_display = [
        TitleColumn("person", label=_("Person"), get_url=lambda row: reverse("data_request:answer", args=[row.pk])),
        Column("kind", label=_("What is asked"), accessor="get_kind_display"),
        DateColumn("created_at", label=_("Sent"), sort_key="created_at"),
        DateColumn("due_on", label=_("To be answered by"), sort_key="due_on"),
        BooleanColumn("is_late", label=_("Late")),
        BooleanColumn("answered_at", label=_("Answered"), accessor=lambda row: row.answered_at is not None),
    ]

    def get_urlpatterns(self) -> list[Any]:
        """Return only the list and the answer."""
        answer = AnswerView.as_view(permission_policy=policy_registry.get_by_type(DataRequest))
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", answer, name="answer"),
        ]
