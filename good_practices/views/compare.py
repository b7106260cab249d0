"""Two practices side by side."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from good_practices import lookup
from good_practices.compare import comparison
from good_practices.models import PracticePage
from good_practices.related import related_to
from good_practices.views.finding import unshared
from portal.base.languages import current_language
from portal.participation import bookmarks
from search.forms import SearchForm
from search.views import results_for

LONGEST = 255

_COMPARED = ("themes", "stages", "figures", "practice_organisations__organisation", "authority", "territory__parent__parent")


@require_safe
def compare(request: HttpRequest) -> HttpResponseBase:
    """Show the practices at the addresses `?a=` and `?b=`; where one is missing, the ways to choose it (`?q=` searches)."""
    slugs = [request.GET.get(name, "")[:LONGEST].replace("\x00", "") for name in ("a", "b")]
    a, b = (_chosen(slug) for slug in slugs)
    unknown = [slug for slug, page in zip(slugs, (a, b), strict=True) if slug and page is None]
    same = a is not None and b is not None and a.translation_key == b.translation_key
    a, b = (a or b, None if same or a is None else b)
    context: dict[str, Any] = {"a": a, "b": b, "unknown": unknown, "same": same}
    if a and b:
        prefetch_related_objects([a, b], *_COMPARED)
        context["parts"] = comparison(a, b)
    else:
        context.update(_choices(request, a))
    return unshared(render(request, "good_practices/compare.html", context, status=404 if unknown else 200))


def _chosen(slug: str) -> PracticePage | None:
    return lookup.translated(slug, current_language())


def _choices(request: HttpRequest, first: PracticePage | None) -> dict[str, Any]:
    """Return the practices from which one can be chosen: bookmarks, related ones, and what the reader searches for."""
    language = current_language()
    taken = {first.translation_key} if first else set()
    kept = [key for key in bookmarks.kept_by(request) if key not in taken]
    found = lookup.cards(kept, language)
    text = request.GET.get("q", "")
    hits: list[Any] = []
    if text:
        query = QueryDict(mutable=True)
        query["q"] = text
        results = results_for(SearchForm(query, language=language, fixed={"type": ("practice",)}))
        hits = [hit.object for hit in results.hits if hit.object and hit.object.translation_key not in taken]
    return {
        "text": text,
        "hits": hits[:8],
        "bookmarked": [found[key] for key in kept if key in found],
        "related": [one.practice for one in related_to(first, limit=5)] if first else [],
    }
