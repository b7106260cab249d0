"""The map of practices, the search for a place, and a page for each region, province and commune."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from good_practices.maps import country_map, place_map
from good_practices.models import PracticePage
from good_practices.paging import shown_of
from good_practices.places import Narrowing, counts_by_outcome, counts_by_place, narrowing_of, newest_first, practices
from portal.base.languages import best_translations, current_language, direction
from portal.people.enums import OrganisationKind
from portal.people.models import Organisation
from portal.vocabulary.enums import Level
from portal.vocabulary.finding import find_places
from portal.vocabulary.models import Territory
from search.cleaning import clean
from search.ordering import alphabetical

PAGE_SIZE = 12
LONGEST_NAME = 120
"""Characters of a place's name that are looked for."""
SUGGESTED, FOUND = 8, 60


@require_safe
def practice_map(request: HttpRequest) -> HttpResponse:
    """Show how many practices each region has, drawn and as a list."""
    narrowing = narrowing_of(request.GET)
    rows = practices(narrowing)
    counts = counts_by_place(rows)
    regions = list(Territory.objects.regions())
    context = {
        "narrowing": narrowing,
        "map": country_map(regions, counts),
        "children": _counted(regions, counts),
        "total": sum(counts.get(region.pk, 0) for region in regions),
        "any_illustrative": rows.filter(illustrative=True).exists(),
    }
    return render(request, "good_practices/map.html", context)


@require_safe
def place_search(request: HttpRequest) -> HttpResponse:
    """Show the places whose name begins as `?q=` says, in any of the languages."""
    question = _question(request)
    found = find_places(question, current_language(), FOUND)
    return render(request, "good_practices/place_search.html", {"question": question, "found": found})


@require_safe
def place_suggest(request: HttpRequest) -> JsonResponse:
    """Answer the places whose name goes on from `?q=`, in the shape of `search.views.search_suggest`."""
    language = current_language()
    found = find_places(_question(request), language, SUGGESTED)
    more = {"language": language, "direction": direction(language)}
    rows = [{"text": place.name, "url": reverse("place", args=[place.code]), "label": _where(place), **more} for place in found]
    said = ngettext("%d suggestion", "%d suggestions", len(rows)) % len(rows) if rows else ""
    return JsonResponse({"suggestions": rows, "status": said}, json_dumps_params={"ensure_ascii": False})


def _question(request: HttpRequest) -> str:
    return clean(request.GET.get("q", "")[:LONGEST_NAME]).strip()


def _where(place: Territory) -> str:
    """Return what a place is and what it lies in, which tells places of one name apart."""
    return " – ".join([str(place.get_level_display()), *(one.name for one in place.lineage[1:])])


@require_safe
def place_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a place by its code (HCP), its practices and what lies within it; its ISO 3166-2 code leads there.

    Raises Http404 for a code that is nobody's.
    """
    found = Territory.objects.for_names().filter(Q(code=code) | Q(iso_code=code.upper(), iso_code__gt="")).first()
    if found is None:
        raise Http404
    if found.code != code:
        question = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(reverse("place", args=[found.code]) + (f"?{question}" if question else ""))
    return render(request, "good_practices/place.html", _place_context(request, found, narrowing_of(request.GET)))


def _place_context(request: HttpRequest, place: Territory, narrowing: Narrowing) -> dict[str, Any]:
    rows = practices(narrowing, place)
    counts = counts_by_place(rows)
    children = list(place.children.all())
    counted = _counted(children, counts)
    many = place.level not in (Level.REGION, Level.COMMUNE)
    shown = shown_of(newest_first(rows), request.GET, PAGE_SIZE)
    keys = [row.practice_key for row in shown.part]
    pages = best_translations(PracticePage.objects.published().for_cards().filter(translation_key__in=keys), current_language())
    return {
        "place": place,
        "lineage": place.lineage[:0:-1],
        "narrowing": narrowing,
        "map": place_map(place, children, counts),
        "children": [row for row in counted if row[1] or not many],
        "others": [row for row in counted if many and not row[1]],
        "commune_count": len(children),
        "points": sum(child.longitude is not None for child in children),
        "total": shown.part.paginator.count,
        "outcomes": counts_by_outcome(rows),
        "shown": shown,
        "practices": [pages[str(key)] for key in keys if str(key) in pages],
        "any_illustrative": rows.filter(illustrative=True).exists(),
        "councils": Organisation.objects.filter(territory=place, kind=OrganisationKind.AUTHORITY),
    }


def _counted(places: list[Territory], counts: Mapping[int, int]) -> list[tuple[Territory, int]]:
    """Return places with their number of practices: those that have most first, then by name."""
    language = current_language()
    rows = [(place, counts.get(place.pk, 0)) for place in places]
    return sorted(rows, key=lambda row: (-row[1], alphabetical(row[0].name_in(language), language)))
