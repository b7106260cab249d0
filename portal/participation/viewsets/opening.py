"""How a page is discussed, in the CMS."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.participation.domain.opening import set_mode
from portal.participation.enums import ModerationMode
from portal.participation.models import Subject
from portal.people.domain import signed_in


class OpeningForm(forms.ModelForm):
    """How a page is discussed."""

    class Meta:
        model = Subject
        fields = ["moderation", "open_until"]
        widgets = {"open_until": AdminDateTimeInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moderation"] = forms.ChoiceField(
            label=_("Discussion"),
            required=False,
            choices=[("", _("As on the whole site")), *ModerationMode.choices],
            widget=forms.RadioSelect,
        )


class OpeningView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Asks how a page and its translations are discussed, and keeps it."""

    template_name = "participation/cms/opening.html"
    page_title = _("Discussion")
    header_icon = "comment"
    permission_required = "change"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form and the pages it is about. Raises Http404 where there are none."""
        key: UUID = self.kwargs["key"]
        pages = list(Page.objects.filter(translation_key=key).select_related("locale").order_by("pk"))
        if not pages:
            raise Http404
        subject = Subject.objects.filter(translation_key=key).first() or Subject(translation_key=key)
        data = self.request.POST if self.request.method == "POST" else None
        return {**super().get_context_data(**kwargs), "pages": pages, "form": OpeningForm(data, instance=subject), **kwargs}

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Keep it, or say what is wrong."""
        context = self.get_context_data()
        form: OpeningForm = context["form"]
        if not form.is_valid():
            return TemplateResponse(request, self.template_name, context, status=422)
        set_mode(key, signed_in(request), form.cleaned_data["moderation"], form.cleaned_data["open_until"])
        messages.success(request, gettext("Kept: it holds for the page in all languages."))
        return redirect("wagtailadmin_explore", context["pages"][0].get_parent().pk)


def urls() -> list[URLPattern]:
    """Return the address where it is set."""
    view = OpeningView.as_view(permission_policy=policy_registry.get_by_type(Subject))
    return [path("discussion/<uuid:key>/", view, name="discussion_opening")]
