"""The reader's bookmarks: kept in the browser, or in the account of whoever is signed in."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from good_practices import lookup
from good_practices.models import PracticePage
from good_practices.views.finding import unshared
from portal.base.languages import current_language
from portal.base.origin import from_our_pages
from portal.base.text import spreadsheet_safe
from portal.participation import bookmarks


@require_POST
@from_our_pages
def change(request: HttpRequest) -> HttpResponseBase:
    """Keep the practice `practice` (its key), or with `on=0` keep it no more.

    A form is led back to where it stands, a script (`Accept: application/json`) is answered without a body.
    """
    by_script = request.headers.get("Accept") == "application/json"
    on = request.POST.get("on") != "0"
    key = _key(request, on)
    try:
        keys = bookmarks.change(request, key, on)
    except ValidationError as error:
        return unshared(render(request, "good_practices/bookmarks_full.html", {"words": error.messages[0]}, status=409))
    response: HttpResponseBase = HttpResponse(status=204) if by_script else HttpResponseRedirect(_way_back(request, key, on))
    bookmarks.remember(request, response, keys)
    return unshared(response)


@require_safe
def my_bookmarks(request: HttpRequest) -> HttpResponseBase:
    """Show the reader's bookmarks, with ways to take them out, compare two and take them along."""
    keys = bookmarks.kept_by(request)
    response = render(request, "good_practices/bookmarks.html", {"practices": _practices(keys)})
    if request.user.is_authenticated:
        bookmarks.remember(request, response, keys)
    return unshared(response)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """Answer the reader's bookmarks as CSV (RFC 4180, UTF-8 with a mark that Excel reads)."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="bookmarks.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Title"), _("Instrument"), _("Outcome"), _("Place"), _("Address")])
    for page in _practices(bookmarks.kept_by(request)):
        values = (page.title, page.get_instrument_display(), page.get_outcome_display(), page.territory)
        writer.writerow([*(spreadsheet_safe(str(value)) for value in values), page.full_url])
    return unshared(response)


def _practices(keys: Iterable[UUID]) -> list[PracticePage]:
    keys = list(keys)
    pages = lookup.cards(keys, current_language())
    return [pages[key] for key in keys if key in pages]


def _key(request: HttpRequest, on: bool) -> UUID:
    """Return the key of the practice that is named. Raises Http404 where it is none that is published."""
    try:
        key = UUID(request.POST.get("practice", ""))
    except ValueError:
        raise Http404 from None
    if on and not PracticePage.objects.published().filter(translation_key=key).exists():
        raise Http404
    return key


def _way_back(request: HttpRequest, key: UUID, on: bool) -> str:
    """Return the page of ours that the form stands on, at the bookmark; else the list."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return reverse("bookmarks")
    if not on or came_from.netloc != request.get_host() or not came_from.path.startswith("/"):
        return reverse("bookmarks")
    path = f"/{came_from.path.lstrip('/')}"
    return f"{path}{'?' if came_from.query else ''}{came_from.query}#bookmarked-{bookmarks.code_of(key)}"
