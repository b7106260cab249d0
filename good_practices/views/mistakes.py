"""Reporting a mistake, without an account."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from good_practices.domain import report_mistake
from good_practices.forms.mistake import MistakeForm
from good_practices.models import PracticePage
from good_practices.views.lookup import public_practice, translations_at
from portal.base.languages import current_language
from portal.base.limits import too_many
from portal.base.origin import same_origin

LIMIT = 10
LIMIT_SECONDS = 600
"""At most so many reports from one connection in so long: a class in one room may report, a machine may not."""


@csrf_exempt  # the page is kept for everybody and carries no token: where it was sent from is asked below
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what is wrong, or keep it and thank the reader."""
    page = public_practice(slug)
    if request.method != "POST":
        return _page(request, page, form=MistakeForm())
    if not same_origin(request):
        raise PermissionDenied
    form = MistakeForm(request.POST)
    if not form.is_valid():
        return _page(request, page, 422, form=form)
    if not form.from_a_machine:
        if too_many(request, "mistake", LIMIT, LIMIT_SECONDS):
            form.add_error(None, _("Many reports came from your connection. Nothing is lost: send it again in ten minutes."))
            return _page(request, page, 429, form=form)
        report_mistake(page, form.cleaned_data["text"], current_language(), form.cleaned_data["email"])
    return redirect(reverse("practice_report_sent", args=[slug]))


@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank the reader."""
    return _page(request, public_practice(slug), sent=True)


def _page(request: HttpRequest, page: PracticePage, status: int = 200, **context: Any) -> HttpResponse:
    context = {"practice": page, "translations": translations_at(page, "report/"), **context}
    return render(request, "good_practices/report.html", context, status=status)
