"""Where tags are sent and taken back, and what is suggested while one is written."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.base.limits import too_many
from portal.participation.domain import tags
from portal.participation.forms.tags import TagForm
from portal.participation.models import Tagging
from portal.participation.tags import suggestions
from portal.participation.views.answering import again, done, page_of
from portal.people.agreeing import agreed
from portal.people.domain import signed_in

QUESTIONS = 120
SECONDS = 60
"""Suggestions that one connection is given in so many seconds: more than anybody types."""


@require_POST
@login_required
def add_tags(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give tags to the subject `key`, or show the form again with what is wrong."""
    page = page_of(key)
    form = TagForm(request.POST)
    if form.is_valid() and agreed(request, form, signed_in(request)):
        try:
            tags.add_tags(key, form.cleaned_data["tags"], signed_in(request))
            return done(request, page, "tags", _("Thank you: your tags are added."))
        except ValidationError as error:
            form.add_error("tags", error)
    return again(request, page, "tags", tag_form=form)


@require_POST
@login_required
def take_back_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a tag that the reader gave; one that is gone already stays so. Raises Http404 for another's."""
    tagging = get_object_or_404(Tagging.objects.select_related("content_object"), pk=pk)
    if tagging.tagged_by_id != signed_in(request).pk:
        raise Http404
    page = page_of(tagging.subject.translation_key)
    tags.take_back(pk, signed_in(request))
    return done(request, page, "tags", _("The tag is taken back."))


@require_safe
@never_cache
def suggest_tags(request: HttpRequest) -> JsonResponse:
    """Answer the tags that go on from `?q=` as JSON, and their number in words for those who hear the page."""
    if too_many(request, "tag-suggestions", QUESTIONS, SECONDS):
        return _answer([], status=429)
    return _answer([tag.shown_name for tag in suggestions(request.GET.get("q", ""))])


def _answer(names: list[str], status: int = 200) -> JsonResponse:
    said = ngettext("%d suggestion", "%d suggestions", len(names)) % len(names) if names else ""
    answer = {"suggestions": [{"text": name, "direction": "auto"} for name in names], "status": said}
    return JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False})
