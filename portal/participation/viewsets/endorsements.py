"""What organisations say, in the CMS: a list, and a page to hide each or restore it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn

from portal.participation.models import Endorsement
from portal.participation.viewsets.moderation import ModerationIndexView, ModerationViewSet, VisibilityFilterSet


class EndorsementFilterSet(VisibilityFilterSet):
    class Meta:
        model = Endorsement
        fields = ["kind", "language"]


class EndorsementIndexView(ModerationIndexView):
    def get_base_queryset(self) -> QuerySet:
        """Return every piece with its organisation and who wrote it, in one query."""
        return Endorsement.objects.select_related("organisation", "person")


class EndorsementViewSet(ModerationViewSet):
    model = Endorsement
    icon = "pick"
    menu_label = _("Endorsements")
    index_view_class = EndorsementIndexView
    filterset_class = EndorsementFilterSet
    list_display = [
        TitleColumn("organisation", label=_("Organisation"), get_url=lambda row: reverse("endorsement:moderate", args=[row.pk])),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("text", label=_("What came of it")),
        Column("person", label=_("Written by")),
        DateColumn("created_at", label=_("Written"), sort_key="created_at"),
        BooleanColumn("is_hidden", label=_("Hidden")),
    ]
    search_fields = ["text", "organisation__name_ar", "organisation__name_fr", "person__display_name"]
    ordering = ["-created_at"]
