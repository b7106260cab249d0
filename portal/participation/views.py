"""Where participants send what they write: a redirect back to the page, or the fragment that htmx asks for."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from portal.base.languages import best_per_key
from portal.base.privacy import readable
from portal.participation import domain
from portal.participation.discussion import discussion_of
from portal.participation.forms import CommentForm, TagForm
from portal.people.domain import signed_in


@require_POST
@login_required
def add_comment(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep a comment on the subject `key`, or show the form again with what is wrong and all that was written."""
    page = _page_of(key)
    form = CommentForm(request.POST)
    if form.is_valid():
        domain.add_comment(key, form.cleaned_data["text"], get_language() or "ar", signed_in(request))
        return _done(request, page, "comments", _("Thank you: your comment is published."))
    return _again(request, page, "comments", comment_form=form)


@require_POST
@login_required
def add_tags(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give tags to the subject `key`, or show the form again with what is wrong."""
    page = _page_of(key)
    form = TagForm(request.POST)
    if form.is_valid():
        try:
            domain.add_tags(key, form.cleaned_data["tags"], signed_in(request))
            return _done(request, page, "tags", _("Thank you: your tags are added."))
        except ValidationError as error:
            form.add_error("tags", error)
    return _again(request, page, "tags", tag_form=form)


def _page_of(key: UUID) -> Page:
    """Return the public page with this translation key in the reader's language, else in the best other.

    Raises Http404 where there is none, or where it is of a kind that nobody discusses.
    """
    pages = readable(Page.objects.filter(translation_key=key)).specific()
    page = best_per_key(pages, get_language() or "ar").get(str(key))
    if page is None or not getattr(page, "discussable", False):
        raise Http404
    return page


def _done(request: HttpRequest, page: Page, part: str, thanks: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        return _fragment(request, page, part, thanks=thanks)
    messages.success(request, thanks)
    return redirect(f"{page.get_url(request)}#{part}")


def _again(request: HttpRequest, page: Page, part: str, **forms: CommentForm | TagForm) -> HttpResponse:
    if getattr(request, "htmx", False):
        return _fragment(request, page, part, forms=forms)
    context = {"page": page, "part": part, "discussion": discussion_of(page, request, **forms)}
    return render(request, "participation/again.html", context, status=422)


def _fragment(
    request: HttpRequest, page: Page, part: str, *, thanks: str = "", forms: Mapping[str, CommentForm | TagForm] | None = None
) -> HttpResponse:
    context = {"page": page, "thanks": thanks, "discussion": discussion_of(page, request, **(forms or {}))}
    return render(request, f"participation/_{part}.html", context)
