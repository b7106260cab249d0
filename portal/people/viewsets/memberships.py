"""Requests to belong to an organisation, in the CMS: a list, those that wait first, and a page to decide on each."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
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

from portal.base.text import clean_text
from portal.people.domain import signed_in
from portal.people.domain.memberships import decline_membership, verify_membership
from portal.people.models import Membership

ANSWER_LENGTH = Membership._meta.get_field("answer").max_length or 0


class MembershipFilterSet(WagtailFilterSet):
    """Answered with yes, or not."""

    verified = django_filters.BooleanFilter(
        field_name="verified_at",
        lookup_expr="isnull",
        exclude=True,
        label=_("Verified"),
        widget=django_filters.widgets.BooleanWidget(),
    )

    class Meta:
        model = Membership
        fields = ["role"]


class MembershipIndexView(IndexView):
    """The list; each row leads to the page where a facilitator decides."""

    any_permission_required = ["change"]

    def get_base_queryset(self) -> QuerySet:
        """Return every request with who asked and for what, in one query."""
        return Membership.objects.waiting_first().select_related("person", "organisation", "verified_by")

    def get_edit_url(self, instance: Membership) -> str:
        """Return the address of the decision."""
        return reverse("membership:decide", args=[instance.pk])

    def get_add_url(self) -> None:
        """Return none: people ask by themselves."""

    def get_delete_url(self, instance: Membership) -> None:
        """Return none: whoever is refused shall see why."""


class DecideView(PermissionCheckedMixin, View):
    """Shows who asks, and verifies or declines (POST)."""

    model = Membership
    permission_required = "change"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the request and what can be done."""
        membership = get_object_or_404(
            Membership.objects.select_related("person", "organisation__territory", "verified_by"), pk=pk
        )
        others = Membership.objects.verified().filter(organisation=membership.organisation).exclude(pk=pk)
        context = {
            "membership": membership,
            "others": others.select_related("person").order_by("verified_at"),
            "index_url": reverse("membership:index"),
            "answer_length": ANSWER_LENGTH,
        }
        return TemplateResponse(request, "people/cms/membership.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Verify or decline, as the button said."""
        membership = get_object_or_404(Membership, pk=pk)
        facilitator = signed_in(request)
        if request.POST.get("action") == "verify":
            verify_membership(membership, facilitator)
            messages.success(request, gettext("Verified."))
        elif request.POST.get("action") == "decline":
            answer = " ".join(clean_text(request.POST.get("answer", "")).split())
            decline_membership(membership, facilitator, answer[:ANSWER_LENGTH])
            messages.success(request, gettext("Declined: the person sees it."))
        return redirect("membership:index")


class MembershipViewSet(ModelViewSet):
    """Who asks to belong to which organisation."""

    model = Membership
    icon = "user"
    menu_label = _("Memberships")
    menu_order = 310
    add_to_admin_menu = True
    index_view_class = MembershipIndexView
    filterset_class = MembershipFilterSet
    form_fields: list[str] = []
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    list_display = [
        TitleColumn("person", label=_("Person"), get_url=lambda row: reverse("membership:decide", args=[row.pk])),
        Column("organisation", label=_("Organisation")),
        Column("role", label=_("Role"), accessor="get_role_display"),
        DateColumn("asked_at", label=_("Asked"), sort_key="asked_at"),
        BooleanColumn("is_verified", label=_("Verified")),
        DateColumn("declined_at", label=_("Declined")),
    ]
    search_fields = ["person__display_name", "person__email", "organisation__name_ar", "organisation__name_fr"]

    def get_urlpatterns(self) -> list[Any]:
        """Return only the list and the decision."""
        decision = DecideView.as_view(permission_policy=policy_registry.get_by_type(Membership))
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", decision, name="decide"),
        ]
