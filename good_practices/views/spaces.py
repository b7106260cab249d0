"""The directory of spaces of consultation."""

from __future__ import annotations

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from good_practices.models import ConsultationSpace, PracticePage
from portal.base.languages import best_translations, current_language
from portal.vocabulary.models import Territory


@require_safe
def spaces(request: HttpRequest) -> HttpResponse:
    """Show all spaces: the national ones, then those of each region."""
    by_region: dict[Territory | None, list[ConsultationSpace]] = defaultdict(list)
    for one in ConsultationSpace.objects.select_related("territory__parent__parent"):
        by_region[one.territory.region if one.territory else None].append(one)
    groups = sorted(by_region.items(), key=lambda group: group[0].code if group[0] else "")
    return render(request, "good_practices/spaces.html", {"groups": groups})


@require_safe
def space(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how to reach a space, on which law it stands, and which practices came of it."""
    one = get_object_or_404(ConsultationSpace.objects.select_related("territory__parent__parent", "authority"), slug=slug)
    pages = PracticePage.objects.published().for_cards().filter(space=one)
    practices = sorted(best_translations(pages, current_language()).values(), key=lambda page: -page.pk)
    return render(request, "good_practices/space.html", {"space": one, "practices": practices})
