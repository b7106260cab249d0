"""The reasons of moderation and the log of decisions, in the CMS."""

from __future__ import annotations

from typing import Any

import django_filters
from django.apps import apps
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from portal.base.languages import current_language
from portal.participation.figures import BY_REPORTS
from portal.participation.models import ModerationAction, ModerationReason
from portal.people.models import User


class ReasonViewSet(ModelViewSet):
    """The reasons with their words in three languages."""

    model = ModerationReason
    icon = "list-ul"
    menu_label = _("Reasons")
    list_display = [
        TitleColumn("name", label=_("Name"), get_url=lambda row: reverse("moderation_reason:edit", args=[row.pk])),
        "code",
        "sort_order",
    ]
    form_fields = ["name_ar", "name_fr", "name_en", "message_ar", "message_fr", "message_en", "sort_order"]
    panels = ModerationReason.panels
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False


def about(row: ModerationAction) -> str:
    """Return what a decision is about, in the active language."""
    if row.target == "person":
        return gettext("Person")
    try:
        return str(apps.get_model("participation", row.target)._meta.verbose_name)
    except LookupError:
        return row.target


def why(row: ModerationAction) -> str:
    """Return the reason of a decision, in the active language; its code where it has no name any more."""
    if row.reason == BY_REPORTS:
        return gettext("Reported by several people, until a moderator decided")
    return getattr(row, "named", None) or row.reason


class LogFilterSet(WagtailFilterSet):
    """What, when, about whom."""

    at = django_filters.DateFromToRangeFilter(label=_("Decided"))
    actor_key = django_filters.UUIDFilter(label=_("Decided by"))
    author_key = django_filters.UUIDFilter(label=_("Author"))

    class Meta:
        model = ModerationAction
        fields = ["act", "target"]


class LogIndexView(IndexView):
    """The log, which is read and never written here."""

    any_permission_required = ["view"]
    list_export = ["at", "act", "target", "target_id", "reason", "note", "actor_key", "author_key"]

    def get_base_queryset(self) -> QuerySet:
        """Return every decision with its reason and the names of those who are still here."""
        actors = User.objects.filter(key=OuterRef("actor_key")).values("display_name")
        authors = User.objects.filter(key=OuterRef("author_key")).values("display_name")
        reasons = ModerationReason.objects.filter(code=OuterRef("reason")).values(f"name_{current_language()}")
        return ModerationAction.objects.annotate(actor=Subquery(actors), author=Subquery(authors), named=Subquery(reasons))

    def get_edit_url(self, instance: ModerationAction) -> None:
        """Return nothing: a decision is not edited."""


class LogViewSet(ModelViewSet):
    """Every decision, with filters and as CSV or XLSX."""

    model = ModerationAction
    icon = "history"
    menu_label = _("Log of decisions")
    form_fields: list[str] = []
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    index_view_class = LogIndexView
    filterset_class = LogFilterSet
    export_filename = "moderation-log"
    list_display = [
        DateColumn("at", label=_("Decided"), sort_key="at"),
        Column("act", label=_("Decision"), accessor="get_act_display"),
        Column("target", label=_("About"), accessor=about),
        Column("target_id", label=_("No.")),
        Column("reason", label=_("Reason"), accessor=why),
        Column("note", label=_("Note")),
        Column("actor", label=_("Decided by"), accessor=lambda row: row.actor or row.actor_key or _("the portal itself")),
        Column("author", label=_("Author"), accessor=lambda row: row.author or row.author_key),
    ]

    def get_urlpatterns(self) -> list[Any]:
        """Return only the list."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]
