"""A person's own data under `/{lang}/account/data/`, and the public inventory of what the portal keeps."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.base.languages import current_language
from portal.people import retention
from portal.people.data_forms import DataRequestForm, ErasureForm
from portal.people.domain import data_requests as domain
from portal.people.domain import signed_in
from portal.people.domain.erasure import erase_person
from portal.people.enums import RequestKind
from portal.people.models import User
from portal.people.notices import NOTICES
from portal.people.personal_data import Use
from portal.people.personal_data.exporting import stream_archive
from portal.people.personal_data.inventory import inventory as made_inventory

DOWNLOADS = 5
DOWNLOADS_SECONDS = 3600
"""At most so many downloads of one person in so long: each reads every table."""


@never_cache
@login_required
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Show what a person can do with their data, what they agreed to, and the answers to what they asked."""
    person = signed_in(request)
    context = {"requests": person.data_requests.order_by("-created_at"), "consents": person.consents.all()}
    return render(request, "people/data/mine.html", context)


@never_cache
@login_required
@require_POST
@reauthentication_required
def download(request: HttpRequest) -> HttpResponseBase:
    """Send all that is kept of the person as a ZIP, made while it is sent."""
    person = signed_in(request)
    if _too_often(person):
        messages.error(request, _("You have downloaded your data several times just now: please try again in an hour."))
        return redirect("my_data")
    response = StreamingHttpResponse(stream_archive(person, current_language()), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="moucharaka-data.zip"'
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def data_request(request: HttpRequest) -> HttpResponse:
    """Take a request that the person cannot settle alone: a facilitator answers it."""
    person = signed_in(request)
    form = DataRequestForm(request.POST if request.method == "POST" else None, initial={"kind": RequestKind.OBJECT})
    if request.method == "POST" and form.is_valid():
        try:
            domain.ask(person, form.cleaned_data["kind"], form.cleaned_data["text"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your request is sent: it is answered within a month, on this page."))
            return redirect("my_data")
    return render(request, "people/data/request.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; POST erases the person and signs them out."""
    person = signed_in(request)
    form = ErasureForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(person, with_texts=form.cleaned_data["with_texts"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            logout(request)
            messages.success(request, _("Your account is erased. Thank you for having taken part."))
            return redirect(f"/{current_language()}/")
    return render(request, "people/data/erase.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def inventory(request: HttpRequest) -> HttpResponse:
    """Show what the portal keeps of people, made from the register itself."""
    context: dict[str, Any] = {
        "parts": made_inventory(),
        "terms": retention.terms(),
        "notices": [(purpose.label, notice) for purpose, notice in NOTICES.items()],
        "uses": Use,
    }
    return render(request, "people/data/inventory.html", context)


def _too_often(person: User) -> bool:
    key = f"data-download-{person.pk}"
    cache.add(key, 0, DOWNLOADS_SECONDS)
    try:
        return cache.incr(key) > DOWNLOADS
    except ValueError:  # forgotten between the two
        return False
