"""Who may not write, in the CMS."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.permissions import policy_registry

from portal.base.dates import localdate
from portal.participation.domain import bans
from portal.participation.models import Ban, ModerationReason
from portal.people.domain import signed_in
from portal.people.models import User

_FOUND = 20


class BanForm(forms.Form):
    """Whom to ban, why, and until when."""

    person = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Person"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose a person."), "invalid_choice": _("Choose a person.")},
    )
    reason = forms.ModelChoiceField(ModerationReason.objects.all(), label=_("Reason"), empty_label="—")
    until = forms.DateTimeField(label=_("Until"), required=False, widget=AdminDateTimeInput, help_text=_("Empty: for good."))

    def __init__(self, *args: Any, found: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = found  # type: ignore[attr-defined]


class BanIndexView(IndexView):
    """The bans, the newest first."""

    any_permission_required = ["add"]

    def get_base_queryset(self) -> QuerySet:
        """Return every ban with its people and its reason, in one query."""
        return Ban.objects.select_related("person", "reason", "created_by")

    def get_edit_url(self, instance: Ban) -> str:
        """Return the address where it is lifted."""
        return reverse("ban:lift", args=[instance.pk])


class AddBanView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Finds a person by a part of their name (GET `q`, or `person`), and bans them (POST)."""

    template_name = "participation/cms/ban.html"
    page_title = _("Ban somebody")
    header_icon = "warning"
    permission_required = "add"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        bans_list = {"url": reverse("ban:index"), "label": gettext("Bans")}
        return [*super().get_breadcrumbs_items(), bans_list, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form with the people that were found."""
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        name, chosen = sent.get("q", "").replace("\x00", "")[:80].strip(), sent.get("person", "")
        found = User.objects.none()
        if chosen.isascii() and chosen.isdecimal() and len(chosen) < 19:
            found = User.objects.filter(pk=int(chosen), is_active=True)
        elif name:
            known = User.objects.filter(is_active=True, display_name__icontains=name).order_by("display_name")
            found = User.objects.filter(pk__in=list(known.values_list("pk", flat=True)[:_FOUND]))
        data = self.request.POST if self.request.method == "POST" else None
        form = BanForm(data, found=found, initial={"person": chosen or None})
        return {**super().get_context_data(**kwargs), "form": form, "name": name, "found": list(found), **kwargs}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Ban the person, or say what is wrong."""
        context = self.get_context_data()
        form: BanForm = context["form"]
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                bans.ban(chosen["person"], signed_in(request), chosen["reason"], chosen["until"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, gettext("Banned, and told why."))
                return redirect("ban:index")
        return TemplateResponse(request, self.template_name, context, status=422)


class LiftBanView(PermissionCheckedMixin, View):
    """Shows a ban and lifts it (POST)."""

    permission_required = "add"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the ban."""
        ban = get_object_or_404(Ban.objects.select_related("person", "reason", "created_by"), pk=pk)
        holds = bans.banned_now().filter(pk=pk).exists()
        return TemplateResponse(request, "participation/cms/lift.html", {"ban": ban, "holds": holds})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lift it; a colleague's earlier click stays."""
        bans.lift(get_object_or_404(Ban.objects.select_related("person"), pk=pk), signed_in(request))
        messages.success(request, gettext("Lifted: the person can write again."))
        return redirect("ban:index")


def _end_of(ban: Ban) -> Any:
    return localdate(timezone.localtime(ban.until)) if ban.until else _("for good")


class BanViewSet(ModelViewSet):
    """Who may not write."""

    model = Ban
    icon = "warning"
    menu_label = _("Bans")
    form_fields: list[str] = []
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    index_view_class = BanIndexView
    list_display = [
        TitleColumn("person", label=_("Person"), get_url=lambda row: reverse("ban:lift", args=[row.pk])),
        Column("reason", label=_("Reason")),
        DateColumn("created_at", label=_("Decided"), sort_key="created_at"),
        Column("created_by", label=_("Decided by")),
        Column("until", label=_("Until"), accessor=_end_of),
        DateColumn("lifted_at", label=_("Lifted")),
    ]
    search_fields = ["person__display_name"]

    def get_urlpatterns(self) -> list[Any]:
        """Return the list, the page that bans and the one that lifts: a ban is never edited nor deleted."""
        policy = policy_registry.get_by_type(Ban)
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", AddBanView.as_view(permission_policy=policy), name="add"),
            path("<int:pk>/", LiftBanView.as_view(permission_policy=policy), name="lift"),
        ]
