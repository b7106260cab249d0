"""How the shared words are named in search facets."""

from collections.abc import Callable, Mapping

from django.db.models import TextChoices
from django.utils.translation import override

from portal.vocabulary.enums import Instrument
from portal.vocabulary.models import Axis, Term, Territory, Theme
from search.documents import register_facet


def term_labels(model: type[Term]) -> Callable[[str], Mapping[str, str]]:
    """Return the labels of a controlled list, as a function of the language."""
    return lambda language: {term.slug: term.name_in(language) for term in model._default_manager.all()}


def choice_labels(choices: type[TextChoices]) -> Callable[[str], Mapping[str, str]]:
    """Return the labels of an enumeration, as a function of the language."""

    def labels(language: str) -> Mapping[str, str]:
        with override(language):
            return {value: str(label) for value, label in choices.choices}

    return labels


def region_labels(language: str) -> Mapping[str, str]:
    """Return the names of the regions by code."""
    return {region.iso_code: region.name_in(language) for region in Territory.objects.regions()}


def province_labels(language: str) -> Mapping[str, str]:
    """Return the names of the prefectures and provinces by code (ISO 3166-2)."""
    return {place.iso_code: place.name_in(language) for place in Territory.objects.provinces()}


def regions_of_provinces() -> Mapping[str, str]:
    """Return the region of each prefecture and province, both by code (ISO 3166-2)."""
    return dict(Territory.objects.provinces().values_list("iso_code", "parent__iso_code"))


def register_facets() -> None:
    """Tell search how themes, axes, instruments and regions are called."""
    register_facet("theme", term_labels(Theme))
    register_facet("axis", term_labels(Axis))
    register_facet("instrument", choice_labels(Instrument))
    register_facet("region", region_labels)
    register_facet("province", province_labels, within="region", parents=regions_of_provinces)
