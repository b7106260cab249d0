"""How facets and their values are called, and in which order they are shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from django.conf import settings
from django.utils.translation import get_language_info, gettext

from search.documents import has_labels, names_of, outer_of, parents_of, registered_labels
from search.query import FACETS, SearchQuery
from search.results import Facet, FacetValue

REGISTERED_ONLY = frozenset({"organisation", "province"})
"""Facets whose values say nothing to people without a name: no facet before some app registers their labels."""

LONG = 12
"""Values up to which a facet is always shown whole: the regions are twelve."""
SHORT = 10
"""Values of a longer facet that are shown, beside the chosen ones, until the reader asks for all."""


def facet_label(name: str) -> str:
    """Return the name of a facet in the current language."""
    return {
        "type": gettext("Type"),
        "theme": gettext("Theme"),
        "axis": gettext("Axis"),
        "instrument": gettext("Instrument"),
        "outcome": gettext("Outcome"),
        "region": gettext("Region"),
        "province": gettext("Province or prefecture"),
        "organisation": gettext("Organisation"),
        "tag": gettext("Tag"),
        "language": gettext("Language"),
        "year": gettext("Year"),
    }.get(name, name)


def value_labels(name: str, language: str) -> Mapping[str, str] | None:
    """Return the labels of a facet's values in display order; None where any value may occur, as with tags and years."""
    registered = registered_labels(name, language)
    if registered is None and name == "type":
        return _type_labels()
    if registered is None and name == "language":
        return {code: str(get_language_info(code)["name_translated"]) for code, _name in settings.LANGUAGES}
    return {} if registered is None and name in REGISTERED_ONLY else registered


def build_facets(query: SearchQuery, counts: Mapping[str, Mapping[str, int]]) -> tuple[Facet, ...]:
    """Return the facets to show: values that occur or are chosen, in their own order; a facet without any is left out."""
    names = [name for name in FACETS if name not in query.fixed]
    names = [name for name in names if (counts.get(name) or query.filters.get(name)) and _shown(query, name)]
    facets = {name: _facet(query, name, counts.get(name, {})) for name in names}
    for name in names:
        within = parents_of(name)
        if within and within[0] in facets:
            facets[within[0]] = _nested(query, facets[within[0]], facets.pop(name), within[1])
    return tuple(facet for facet in facets.values() if facet.values)


def _shown(query: SearchQuery, name: str) -> bool:
    """Tell whether a facet can be seen: it has a name for its values, and what it lies within is chosen, or itself."""
    if name in REGISTERED_ONLY and not has_labels(name):
        return False
    outer = outer_of(name)
    return not outer or bool(query.filters.get(outer) or query.filters.get(name))


def _nested(query: SearchQuery, outer: Facet, inner: Facet, parents: Mapping[str, str]) -> Facet:
    """Return a facet whose chosen values have below them those of another facet; a chosen inner value is never hidden."""

    def below(value: FacetValue) -> tuple[FacetValue, ...]:
        children = (child for child in inner.values if parents.get(child.value) == value.value)
        return tuple(child for child in children if value.selected or child.selected)

    def with_children(value: FacetValue) -> FacetValue:
        children = below(value)

        def toggled() -> SearchQuery:
            left = query.toggled(outer.name, value.value)
            for child in children:
                if child.selected and value.selected:  # who leaves a region leaves its provinces
                    left = left.toggled(inner.name, child.value)
            return left

        return replace(value, children=children, inner=inner.name, toggled=toggled)

    return replace(outer, values=tuple(map(with_children, outer.values)))


def _type_labels() -> dict[str, str]:
    return {
        "practice": gettext("Practices"),
        "session": gettext("Sessions"),
        "page": gettext("Pages"),
        "organisation": gettext("Organisations"),
        "material": gettext("Materials"),
    }


def _facet(query: SearchQuery, name: str, counts: Mapping[str, int]) -> Facet:
    labels = value_labels(name, query.language)
    chosen = query.filters.get(name, ())
    values = _ordered(name, labels, {**dict.fromkeys(chosen, 0), **counts})
    is_long = len(values) > LONG and not outer_of(name)
    is_whole = name in query.expanded
    shown = _most(name, values, counts, chosen) if is_long and not is_whole else values
    names = {**(labels or {}), **names_of(name, shown)}
    unfold = query.unfolded(name).query_string() if is_long else None
    return Facet(
        name,
        facet_label(name),
        tuple(_value(query, name, value, names, counts) for value in shown),
        more=len(values) - len(shown),
        all_link=None if is_whole else unfold,
        fewer_link=unfold if is_whole else None,
    )


def _most(name: str, values: Sequence[str], counts: Mapping[str, int], chosen: Collection[str]) -> list[str]:
    """Return the values that occur most, the most frequent first, and those that are chosen; of years the newest."""
    ranked = list(values) if name == "year" else sorted(values, key=lambda value: -counts.get(value, 0))
    return [value for place, value in enumerate(ranked) if place < SHORT or value in chosen]


def _value(query: SearchQuery, name: str, value: str, labels: Mapping[str, str], counts: Mapping[str, int]) -> FacetValue:
    selected = value in query.filters.get(name, ())
    label = str(labels.get(value, value))
    return FacetValue(value, label, counts.get(value, 0), selected, partial(query.toggled, name, value))


def _ordered(name: str, labels: Mapping[str, str] | None, counts: Mapping[str, int]) -> list[str]:
    """Return values in the order of their labels; years newest first; others by number, then alphabetically."""
    if name == "year":
        return sorted(counts, reverse=True)
    known = [value for value in labels or () if value in counts]
    others = sorted(counts.keys() - set(known), key=lambda value: (-counts[value], value))
    return [*known, *others]
