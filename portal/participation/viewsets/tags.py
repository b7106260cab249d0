"""Tags in the CMS: the list with how often each is used, and a page to translate, merge, hide and promote one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.forms import Form, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import IndexView, PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from portal.participation.domain import tag_editing
from portal.participation.forms.tag_editing import MergeForm, PromoteForm, TagNamesForm
from portal.participation.models import Tag
from portal.participation.viewsets.moderation import VisibilityFilterSet
from portal.people.domain import signed_in

OFFERED = 500
"""Tags that the field of the target offers: the most used."""
_SEEN = Q(taggings__hidden_at=None, taggings__removed_at=None)


def counted_tags() -> QuerySet[Tag]:
    """Return all tags with `uses`: how many subjects bear each and show it."""
    tags: QuerySet[Tag] = Tag.objects.annotate(uses=Count("taggings", filter=_SEEN))
    return tags


class TagFilterSet(VisibilityFilterSet):
    class Meta:
        model = Tag
        fields: list[str] = []


class TagIndexView(IndexView):
    """The list; each row leads to the page of the tag."""

    any_permission_required = ["change"]

    def get_base_queryset(self) -> QuerySet:
        """Return every tag with how often it is used, in one query."""
        return counted_tags()

    def get_edit_url(self, instance: Tag) -> str:
        """Return the address of what can be done with a tag."""
        return reverse("tag_desk:edit_tag", args=[instance.pk])

    def get_add_url(self) -> None:
        """Return none: participants make tags."""

    def get_delete_url(self, instance: Tag) -> None:
        """Return none: a tag is hidden or merged, so that its address stays known."""


class EditTagView(PermissionCheckedMixin, View):
    """Shows a tag, and does what a button asks (POST): names, merge, promote, hide, show."""

    model = Tag
    permission_required = "change"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the tag and what can be done."""
        return self._shown(request, get_object_or_404(Tag, pk=pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what was asked; where it cannot be done, show why, with all that was written."""
        tag = get_object_or_404(Tag, pk=pk)
        action: Callable[[HttpRequest, Tag], HttpResponse] | None = {
            "names": self._translate,
            "merge": self._merge,
            "promote": self._promote,
            "hide": self._hide,
            "show": self._show,
        }.get(request.POST.get("action", ""))
        return action(request, tag) if action else self._shown(request, tag)

    def _translate(self, request: HttpRequest, tag: Tag) -> HttpResponse:
        form = TagNamesForm(request.POST, instance=Tag.objects.get(pk=tag.pk))
        done = _try(form, lambda: tag_editing.translate(tag, form.names(), signed_in(request)))
        return self._after(request, tag, done, gettext("The names are saved."), names_form=form)

    def _merge(self, request: HttpRequest, tag: Tag) -> HttpResponse:
        form = MergeForm(request.POST, tag=tag)
        done = _try(form, lambda: tag_editing.merge(tag, form.cleaned_data["into"], signed_in(request)))
        left = form.cleaned_data["into"] if done else tag
        return self._after(request, left, done, gettext("The tags are one now."), merge_form=form)

    def _promote(self, request: HttpRequest, tag: Tag) -> HttpResponse:
        form = PromoteForm(request.POST)
        done = _try(form, lambda: tag_editing.promote(tag, form.cleaned_data["theme"], signed_in(request)))
        return self._after(request, tag, done, gettext("Search knows it as a synonym of the theme now."), promote_form=form)

    def _hide(self, request: HttpRequest, tag: Tag) -> HttpResponse:
        tag_editing.hide_tag(tag, signed_in(request))
        return self._after(request, tag, True, gettext("Hidden: it is shown nowhere."))

    def _show(self, request: HttpRequest, tag: Tag) -> HttpResponse:
        tag_editing.show_tag(tag, signed_in(request))
        return self._after(request, tag, True, gettext("It is shown again."))

    def _after(self, request: HttpRequest, tag: Tag, done: bool, said: str, **forms: Form | ModelForm) -> HttpResponse:
        if not done:
            return self._shown(request, tag, status=422, **forms)
        messages.success(request, said)
        return redirect("tag_desk:edit_tag", tag.pk)

    def _shown(self, request: HttpRequest, tag: Tag, status: int = 200, **forms: Form | ModelForm) -> HttpResponse:
        context: dict[str, Any] = {
            "tag": tag,
            "uses": counted_tags().get(pk=tag.pk).uses,
            "aliases": tag.aliases.order_by("slug"),
            "others": counted_tags().exclude(pk=tag.pk).order_by("-uses", "name")[:OFFERED],
            "names_form": forms.get("names_form") or TagNamesForm(instance=tag),
            "merge_form": forms.get("merge_form") or MergeForm(tag=tag),
            "promote_form": forms.get("promote_form") or PromoteForm(),
            "index_url": reverse("tag_desk:index"),
        }
        return TemplateResponse(request, "participation/cms/tag.html", context, status=status)


def _try(form: Form | ModelForm, act: Callable[[], None]) -> bool:
    """Act where the form is right, and tell whether it was done; what cannot be done is said in the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


class TagViewSet(ModelViewSet):
    """The words that participants gave."""

    model = Tag
    icon = "tag"
    menu_label = _("Tags")
    index_view_class = TagIndexView
    filterset_class = TagFilterSet
    form_fields: list[str] = []
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    list_display = [
        TitleColumn("name", label=_("Tag"), get_url=lambda row: reverse("tag_desk:edit_tag", args=[row.pk]), sort_key="name"),
        Column("uses", label=_("Pages"), sort_key="uses"),
        Column("name_ar", label=_("Arabic")),
        Column("name_fr", label=_("French")),
        Column("name_en", label=_("English")),
        BooleanColumn("is_hidden", label=_("Hidden")),
    ]
    search_fields = ["name", "name_ar", "name_fr", "name_en"]
    ordering = ["-uses", "name"]

    def get_urlpatterns(self) -> list[Any]:
        """Return only the list and the page of a tag."""
        page = EditTagView.as_view(permission_policy=policy_registry.get_by_type(Tag))
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", page, name="edit_tag"),
        ]
