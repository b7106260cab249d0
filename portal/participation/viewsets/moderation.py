"""Moderation in the CMS: what participants wrote, with a page to hide each piece or restore it."""

from __future__ import annotations

from typing import Any

import django_filters
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
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.participation.domain.moderation import hide, restore
from portal.participation.models import Comment, Moderated, Tagging
from portal.people.domain import signed_in


class VisibilityFilterSet(WagtailFilterSet):
    """Hidden or shown."""

    is_hidden = django_filters.BooleanFilter(
        field_name="hidden_at",
        lookup_expr="isnull",
        exclude=True,
        label=_("Hidden"),
        widget=django_filters.widgets.BooleanWidget(),
    )


class CommentFilterSet(VisibilityFilterSet):
    class Meta:
        model = Comment
        fields = ["kind", "language"]


class TaggingFilterSet(VisibilityFilterSet):
    class Meta:
        model = Tagging
        fields = ["tag"]


class ModerationIndexView(IndexView):
    """The list; each row leads to the page where a moderator decides."""

    any_permission_required = ["moderate"]

    def get_base_queryset(self) -> QuerySet:
        """Return every piece with who wrote it, in one query."""
        along = ("author",) if self.model is Comment else ("tag", "tagged_by")
        return super().get_base_queryset().select_related(*along)

    def get_edit_url(self, instance: Moderated) -> str:
        """Return the address of the decision, which is all that can be done with somebody's words."""
        if self.model is Comment:
            return f"{reverse('moderation:queue')}?comment={instance.pk}"
        return reverse(f"{self.viewset_name}:moderate", args=[instance.pk])

    @property
    def viewset_name(self) -> str:
        """The namespace of the addresses of this list."""
        return self.index_url_name.rpartition(":")[0]


class ModerateView(PermissionCheckedMixin, View):
    """Shows one piece in its context and hides or restores it (POST); comments have their queue."""

    model: type[Moderated] = Tagging
    index_url_name = ""
    permission_required = "moderate"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the piece and what can be done."""
        item: Any = get_object_or_404(self.model, pk=pk)
        context = {
            "item": item,
            "pages": Page.objects.filter(translation_key=item.subject.translation_key).select_related("locale"),
            "index_url": reverse(self.index_url_name),
        }
        return TemplateResponse(request, "participation/moderate.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hide what is shown or restore what is hidden, as the button said; another moderator's earlier click changes nothing."""
        item: Moderated = get_object_or_404(self.model, pk=pk)
        try:
            if request.POST.get("action") == "hide":
                hide(item, signed_in(request))
                messages.success(request, gettext("Hidden. Nobody but moderators sees it now."))
            elif request.POST.get("action") == "restore":
                restore(item, signed_in(request))
                messages.success(request, gettext("Restored. Everybody sees it again."))
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
        return redirect(self.index_url_name)


class ModerationViewSet(ModelViewSet):
    """The list of one kind of piece, and the decision on each."""

    index_view_class = ModerationIndexView
    form_fields: list[str] = []
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False

    def get_urlpatterns(self) -> list[Any]:
        """Return only the list and the decision: nobody edits another person's words."""
        policy = policy_registry.get_by_type(self.model)
        index = self.get_url_name("index")
        decision = ModerateView.as_view(model=self.model, index_url_name=index, permission_policy=policy)
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", decision, name="moderate"),
        ]


class CommentViewSet(ModerationViewSet):
    """All comments; each leads to the queue, where it is decided on."""

    model = Comment
    icon = "comment"
    menu_label = _("Comments")
    filterset_class = CommentFilterSet
    list_display = [
        TitleColumn(
            "text",
            label=_("Comment"),
            accessor=str,
            get_url=lambda row: f"{reverse('moderation:queue')}?comment={row.pk}",
        ),
        Column("author", label=_("Author")),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("language", label=_("Language"), accessor="get_language_display"),
        DateColumn("created_at", label=_("Written"), sort_key="created_at"),
        BooleanColumn("is_hidden", label=_("Hidden")),
    ]
    search_fields = ["text", "author__display_name", "author__email"]
    ordering = ["-created_at"]

    def get_urlpatterns(self) -> list[Any]:
        """Return only the list."""
        return [one for one in super().get_urlpatterns() if one.name != "moderate"]


class TaggingViewSet(ModerationViewSet):
    model = Tagging
    icon = "tag"
    menu_label = _("Given tags")
    filterset_class = TaggingFilterSet
    list_display = [
        TitleColumn("tag", label=_("Tag"), accessor=str, get_url=lambda row: reverse("tagging:moderate", args=[row.pk])),
        Column("tagged_by", label=_("Given by")),
        DateColumn("tagged_at", label=_("Given"), sort_key="tagged_at"),
        BooleanColumn("is_hidden", label=_("Hidden")),
    ]
    search_fields = ["tag__name", "tagged_by__display_name"]
    ordering = ["-tagged_at"]
