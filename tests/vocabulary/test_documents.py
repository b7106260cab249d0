"""How the shared words are called in search facets."""

import pytest
from django.utils.translation import override

from portal.vocabulary.documents import choice_labels, region_labels, term_labels
from portal.vocabulary.enums import Instrument
from portal.vocabulary.models import Theme
from tests.factories import ProvinceFactory, RegionFactory, ThemeFactory


@pytest.mark.parametrize(("language", "expected"), [("ar", "ماء"), ("fr", "Eau"), ("en", "Eau")])
def test_themes_are_called_in_the_reader_s_language(db, language, expected):
    ThemeFactory(slug="water", name_ar="ماء", name_fr="Eau", name_en="")
    assert term_labels(Theme)(language) == {"water": expected}


def test_themes_come_in_their_own_order(db):
    ThemeFactory(slug="a", position=2)
    ThemeFactory(slug="b", position=1)
    assert list(term_labels(Theme)("fr")) == ["b", "a"]


def test_labels_of_choices_do_not_depend_on_the_active_language():
    with override("fr"):
        assert choice_labels(Instrument)("en")["petition"] == "Petition"
        assert choice_labels(Instrument)("ar")["petition"] == "عريضة"


def test_only_regions_are_values_of_the_region_facet(db):
    RegionFactory()
    ProvinceFactory()
    assert region_labels("en") == {"MA-99": "Region of trial"}
