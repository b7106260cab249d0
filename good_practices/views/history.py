"""The published versions of a practice, and what changed between two of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from good_practices.history import changes_between, history_of
from good_practices.views.lookup import public_practice, translations_at


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the versions; where two are named (`from`, `to`), what changed from the older to the newer.

    Raises Http404 where one of the two was never public, or is not kept.
    """
    page = public_practice(slug)
    context = {"practice": page, "translations": translations_at(page, "history/")}
    if "from" not in request.GET and "to" not in request.GET:
        return render(request, "good_practices/history.html", {**context, "history": history_of(page, _number(request, "page"))})
    older, newer = sorted((_number(request, "from"), _number(request, "to")))
    compared = changes_between(page, older, newer)
    if compared is None:
        raise Http404
    return render(
        request,
        "good_practices/compare_versions.html",
        {**context, "older": compared[0], "newer": compared[1], "changes": compared[2]},
    )


def _number(request: HttpRequest, name: str) -> int:
    """Return the number that the address gives; 1 where it gives none that can be meant."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
