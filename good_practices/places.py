"""What is counted of public practices, place by place. Nothing here writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext

from good_practices.enums import Outcome
from good_practices.models import PracticeFacts
from portal.vocabulary.enums import Instrument
from portal.vocabulary.models import Territory, Theme
from search.labels import facet_label


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The theme and the instrument that a reader wants counted alone, "" for all; `notices` say what was not recognised."""

    themes: tuple[Theme, ...]
    theme: str = ""
    instrument: str = ""
    notices: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """The query string that asks for the same elsewhere, with its question mark; "" where all is counted."""
        chosen = {"theme": self.theme, "instrument": self.instrument}
        return f"?{urlencode(known)}" if (known := {name: value for name, value in chosen.items() if value}) else ""

    @property
    def instruments(self) -> list[tuple[str, str]]:
        """The instruments to choose from: value and name."""
        return [(value, str(label)) for value, label in Instrument.choices]


def narrowing_of(asked: QueryDict) -> Narrowing:
    """Return what an address asks for; what cannot be meant is left out, and said."""
    themes = tuple(Theme.objects.all())
    known = {"theme": {theme.slug for theme in themes}, "instrument": set(Instrument.values)}
    given = {name: asked.get(name, "") for name in known}
    notices = tuple(
        gettext("A filter was not recognised and was left out: %(facet)s.") % {"facet": facet_label(name)}
        for name, value in given.items()
        if value and value not in known[name]
    )
    chosen = {name: value for name, value in given.items() if value in known[name]}
    return Narrowing(themes, notices=notices, **chosen)


def practices(narrowing: Narrowing, place: Territory | None = None) -> QuerySet[PracticeFacts]:
    """Return the facts of the public practices that are asked for, in a place and all within it; everywhere for None."""
    rows = PracticeFacts.objects.all()
    if place is not None:
        rows = rows.filter(Q(territory=place) | Q(province=place) | Q(region=place))
    if narrowing.theme:
        rows = rows.filter(themes__slug=narrowing.theme)
    return rows.filter(instrument=narrowing.instrument) if narrowing.instrument else rows


def newest_first(rows: QuerySet[PracticeFacts]) -> QuerySet[PracticeFacts]:
    """Put what was filed last first; what was never filed comes last."""
    return rows.order_by(F("filed_on").desc(nulls_last=True), "practice_key")


def counts_by_place(rows: QuerySet[PracticeFacts]) -> Mapping[int, int]:
    """Return the number of practices of each territory that has any (by its key), those of what lies within it included."""
    counts: Counter[int] = Counter()
    places = rows.order_by().values_list("territory_id", "province_id", "region_id")
    for *lineage, number in places.annotate(number=Count("pk")):
        counts.update({place: number for place in set(lineage) if place is not None})
    return counts


def counts_by_outcome(rows: QuerySet[PracticeFacts]) -> list[tuple[str, str, int]]:
    """Return (outcome, its name, how many) in the order of the outcomes; those that do not occur are left out."""
    counts = dict(rows.order_by().values_list("outcome").annotate(number=Count("pk")))
    return [(value, str(label), counts[value]) for value, label in Outcome.choices if counts.get(value)]
