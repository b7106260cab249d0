"""What the page of a practice shows beside its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import get_language

from good_practices.chain import chain_of
from good_practices.citing import citation_of
from good_practices.enums import Licence
from good_practices.models import PracticePage
from portal.base.dates import cldr_locale
from portal.vocabulary.models import Territory


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the result as it is written in the active language: value, unit, what is counted."""

    value: str
    unit: str
    label: str


def reading_of(page: PracticePage, request: HttpRequest) -> dict[str, Any]:
    """Return the places, the chain of stages, the figures and the citation of a practice, for its page."""
    if page.pk:  # the preview of a new page has none
        prefetch_related_objects([page], "practice_organisations__organisation", "evidence__document", "stages__document")
    places = Territory.objects.for_names().get(pk=page.territory_id).lineage
    return {
        "places": places,
        "chain": chain_of(page, places),
        "figures": figures_of(page),
        "licence": Licence(page.licence) if page.licence in Licence.values else Licence.RESERVED,
        "citation": citation_of(page, page.get_full_url(request) or ""),
    }


def figures_of(page: PracticePage) -> Sequence[Figure]:
    """Return the numbers of the result, in the facilitator's order."""
    return [Figure(written_number(figure.value), figure.unit, figure.label) for figure in page.figures.all()]


def written_number(value: Decimal) -> str:
    """Return a number as Morocco writes it in the active language: 1,234.5 in Arabic and English, 1 234,5 in French."""
    return format_decimal(value, format="#,##0.##", locale=cldr_locale(get_language()))
