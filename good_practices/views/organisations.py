"""The directory of organisations, and a page for each.

They stand here, not in `portal.people`, because what a reader wants of an organisation is its practices, which the library
counts and lists itself; the sessions of its speakers are found through search, as siblings never import each other.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from good_practices.models import PracticePage
from good_practices.organisations import filter_of, found_by, practice_counts
from good_practices.paging import shown_of
from portal.base.languages import best_translations, current_language, direction, language_codes
from portal.people.models import Organisation
from search.query import SearchQuery
from search.service import search

PAGE_SIZE = 30
MOST = 12
"""Practices of each sort that the page of an organisation shows; the library has them all."""


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """List organisations by name, with the filters of the address."""
    wanted = filter_of(request.GET)
    shown = shown_of(found_by(wanted, current_language()), request.GET, PAGE_SIZE)
    rows = Organisation.objects.select_related("territory__parent").in_bulk(list(shown.part))
    counts = practice_counts(list(rows))
    context = {
        "wanted": wanted,
        "shown": shown,
        "organisations": [(rows[pk], counts.get(pk, 0)) for pk in shown.part if pk in rows],
        "total": shown.part.paginator.count,
    }
    return render(request, "good_practices/organisations.html", context)


@require_safe
def organisation_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who an organisation is and what it does. Raises Http404 for an unknown one."""
    found = Organisation.objects.select_related("territory__parent__parent")
    organisation = get_object_or_404(found, slug=slug)
    published = PracticePage.objects.published()
    sessions = SearchQuery(language=current_language(), fixed={"type": ("session",), "organisation": (slug,)})
    context = {
        "organisation": organisation,
        "names": _names(organisation),
        "members": organisation.memberships.filter(verified_at__isnull=False).count(),
        "carried": _newest(published.filter(practice_organisations__organisation=organisation)),
        "addressed": _newest(published.filter(authority=organisation)),
        "sessions": search(sessions).hits,
        "query": sessions,
        "most": MOST,
    }
    return render(request, "good_practices/organisation.html", context)


def _names(organisation: Organisation) -> list[tuple[str, str, str]]:
    """Return (language, direction, name) of the languages that are not the reader's."""
    names = ((code, getattr(organisation, f"name_{code}")) for code in language_codes() if code != current_language())
    return [(code, direction(code), name) for code, name in names if name and name != organisation.name]


def _newest(pages: QuerySet[Any]) -> dict[str, Any]:
    """Return how many practices there are, and the newest, each in the reader's language or the best other."""
    dated = pages.order_by().values("translation_key").annotate(filed=Min("stages__date"))
    ordered = dated.order_by(F("filed").desc(nulls_last=True), "translation_key").values_list("translation_key", flat=True)
    keys = [str(key) for key in ordered]
    shown = PracticePage.objects.published().for_cards().filter(translation_key__in=keys[:MOST])
    best = best_translations(shown, current_language())
    return {"count": len(keys), "pages": [best[key] for key in keys[:MOST] if key in best]}
