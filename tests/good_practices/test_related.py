"""Related practices: the same problem elsewhere first, each with its reasons."""

import pytest
from django.utils.translation import override

from good_practices.related import related_to
from portal.vocabulary.enums import Instrument, Level
from tests.factories import OrganisationFactory, PracticePageFactory, RegionFactory, TerritoryFactory, ThemeFactory


@pytest.fixture
def library(portal_site):
    return portal_site.libraries["en"]


@pytest.fixture
def elsewhere(db):
    region = RegionFactory(code="07", iso_code="MA-07")
    return TerritoryFactory(parent__parent=region, parent__code="07.P")


def test_the_same_problem_elsewhere_comes_before_the_same_means_here(library, elsewhere):
    water, roads = ThemeFactory(slug="water"), ThemeFactory(slug="roads")
    page = PracticePageFactory(parent=library, themes=[water, roads])
    here = PracticePageFactory(parent=library, themes=[water])
    there = PracticePageFactory(parent=library, themes=[water, roads], territory=elsewhere, instrument=Instrument.PROPOSAL)
    both = PracticePageFactory(parent=library, themes=[water, roads], territory=elsewhere)
    assert [one.practice for one in related_to(page)] == [both, there, here]


def test_the_reasons_are_told(library, elsewhere):
    water = ThemeFactory(slug="water", name_en="Water")
    council = OrganisationFactory(territory=TerritoryFactory(level=Level.COMMUNE))
    other = OrganisationFactory(territory=TerritoryFactory(level=Level.COMMUNE))
    page = PracticePageFactory(parent=library, themes=[water], authority=council)
    PracticePageFactory(parent=library, themes=[water], authority=other, territory=elsewhere)
    with override("en"):
        (one,) = related_to(page)
    assert one.reasons == ("Same theme: Water", "Same instrument in another region", "Same kind of authority")


def test_drafts_and_other_themes_are_not_related(library):
    page = PracticePageFactory(parent=library)
    PracticePageFactory(parent=library, live=False)
    PracticePageFactory(parent=library, themes=[ThemeFactory(slug="other")])
    assert related_to(page) == []


def test_a_practice_without_themes_has_none(library):
    PracticePageFactory(parent=library, themes=[])
    assert related_to(PracticePageFactory(parent=library, themes=[])) == []


@pytest.mark.parametrize("number", [1, 12])
def test_they_cost_the_same_however_many(library, number, django_assert_num_queries):
    PracticePageFactory.create_batch(number, parent=library)
    page = type(PracticePageFactory(parent=library)).objects.select_related("territory__parent__parent").last()
    related_to(page)  # content types are looked up once
    with django_assert_num_queries(5):
        assert len(related_to(page)) == min(number, 3)
