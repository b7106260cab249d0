"""Finding a place by the beginning of its name, in any language."""

import pytest

from portal.vocabulary import finding
from portal.vocabulary.enums import Level
from tests.factories import ProvinceFactory, TerritoryFactory


@pytest.fixture(autouse=True)
def places(db):
    finding._places.cache_clear()
    ProvinceFactory(code="99.S", name_ar="سيدي سليمان", name_fr="Sidi Slimane", level=Level.PROVINCE)
    TerritoryFactory(code="99.S1", name_ar="سيدي سليمان", name_fr="Sidi Slimane")
    TerritoryFactory(code="99.S2", name_ar="أولاد إبراهيم", name_fr="Oulad Brahim")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sidi sli", ["99.S1", "99.S"]),
        ("SLIMANE", ["99.S1", "99.S"]),
        ("سليم", ["99.S1", "99.S"]),
        ("اولاد ابراهيم", ["99.S2"]),
        ("nowhere", []),
        ("s", []),
        ("\x00\ud800", []),
    ],
)
def test_each_word_begins_a_word_of_the_name_and_communes_come_first(text, found):
    assert [place.code for place in finding.find_places(text, "ar")] == found


def test_what_is_found_costs_the_same_however_much_it_is(django_assert_num_queries):
    finding.find_places("sidi", "ar")
    with django_assert_num_queries(2):
        assert [str(place.parent) for place in finding.find_places("sidi", "ar")]
