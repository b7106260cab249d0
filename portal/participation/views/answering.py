"""How the views of participation answer: a redirect back to the page, or the fragment that htmx asks for."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from wagtail.models import Page

from portal.base.languages import best_per_key
from portal.base.privacy import readable
from portal.participation.discussion import discussion_of
from portal.participation.models import Comment


def sign_in_first(request: HttpRequest, place: str) -> HttpResponse:
    """Lead to the sign-in, and from there to `place`."""
    way = redirect_to_login(place)
    return HttpResponseClientRedirect(way.url) if getattr(request, "htmx", False) else way


def page_of(key: UUID) -> Page:
    """Return the public page with this translation key in the reader's language, else in the best other.

    Raises Http404 where there is none, or where it is of a kind that nobody discusses.
    """
    pages = readable(Page.objects.filter(translation_key=key)).specific()
    page = best_per_key(pages, get_language() or "ar").get(str(key))
    if page is None or not getattr(page, "discussable", False):
        raise Http404
    return page


def done(request: HttpRequest, page: Page, part: str, thanks: str) -> HttpResponse:
    """Return to the part of the page, or give htmx the part as it is now; `thanks` is said to the reader."""
    if getattr(request, "htmx", False):
        return fragment(request, page, part, thanks=thanks)
    if thanks:
        messages.success(request, thanks)
    return redirect(f"{page.get_url(request)}#{part}")


def thanks_for(comment: Comment) -> str:
    """Return what is said to whoever wrote `comment`: that it is published, or waits."""
    if comment.published_at is None:
        return _("Thank you: a moderator will read it before it is published.")
    return _("Thank you: your question is published.") if comment.is_question else _("Thank you: your comment is published.")


def again(request: HttpRequest, page: Page, part: str, **forms: Form) -> HttpResponse:
    """Show the part of the page again with the forms that came back and what is wrong with them (422)."""
    if getattr(request, "htmx", False):
        return fragment(request, page, part, forms=forms)
    context = {"page": page, "part": part, "discussion": discussion_of(page, request, **forms)}
    return render(request, "participation/again.html", context, status=422)


def fragment(
    request: HttpRequest, page: Page, part: str, *, thanks: str = "", forms: Mapping[str, Form] | None = None
) -> HttpResponse:
    """Return one part of the discussion as it is now, for htmx."""
    context = {"page": page, "thanks": thanks, "discussion": discussion_of(page, request, **(forms or {}))}
    return render(request, f"participation/_{part}.html", context)
