"""The territories of Morocco and the short lists of the programme."""

import pytest
from django.db import transaction

from portal.vocabulary.domain import load_territories, load_vocabulary
from portal.vocabulary.enums import Level
from portal.vocabulary.models import Axis, Territory, Theme


@pytest.fixture(scope="module")
def vocabulary(django_db_setup, django_db_blocker):
    """The whole vocabulary, loaded once for this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_vocabulary()
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]


def counts():
    return {level: Territory.objects.filter(level=level).count() for level in Level}


def test_every_territory_is_there():
    found = counts()
    assert found[Level.REGION] == 12
    assert found[Level.PROVINCE] + found[Level.PREFECTURE] == 75
    assert found[Level.COMMUNE] == 1503


@pytest.mark.parametrize(("model", "number"), [(Theme, 7), (Axis, 4)])
def test_every_term_is_there_in_three_languages(model, number):
    assert model.objects.count() == number
    assert not model.objects.filter(name_ar="") | model.objects.filter(name_fr="") | model.objects.filter(name_en="")


def test_loading_again_adds_nothing():
    before = set(Territory.objects.values_list("pk", flat=True))
    load_vocabulary()
    assert set(Territory.objects.values_list("pk", flat=True)) == before
    assert (Theme.objects.count(), Axis.objects.count()) == (7, 4)


def test_loading_again_adds_what_is_missing():
    Territory.objects.filter(code="06.181.01.01").delete()
    Theme.objects.filter(slug="environment").delete()
    load_vocabulary()
    assert Territory.objects.get(code="06.181.01.01").name_fr == "Azemmour"
    assert Theme.objects.filter(slug="environment").exists()


def test_edited_names_survive_a_second_load():
    Theme.objects.filter(slug="environment").update(name_fr="Nature")
    Territory.objects.filter(code="06.181.01.01").update(name_ar="أزمّور")
    load_vocabulary()
    assert Theme.objects.get(slug="environment").name_fr == "Nature"
    assert Territory.objects.get(code="06.181.01.01").name_ar == "أزمّور"


def test_lineage_goes_from_the_commune_to_its_region():
    lineage = Territory.objects.select_related("parent__parent").get(code="06.181.01.01").lineage
    assert [place.level for place in lineage] == [Level.COMMUNE, Level.PROVINCE, Level.REGION]
    assert [place.name_in("fr") for place in lineage] == ["Azemmour", "El Jadida", "Casablanca-Settat"]


def test_lineage_of_a_territory_with_its_parents_costs_nothing_more(django_assert_num_queries):
    commune = Territory.objects.select_related("parent__parent").get(code="06.181.01.01")
    with django_assert_num_queries(0):
        assert commune.region.iso_code == "MA-06"


def test_every_commune_lies_in_a_province_of_a_region():
    stray = Territory.objects.filter(level=Level.COMMUNE).exclude(parent__parent__level=Level.REGION)
    assert not stray
    assert not Territory.objects.filter(level=Level.REGION).exclude(parent=None)


def test_a_region_is_its_own_region():
    region = Territory.objects.regions().get(code="02")
    assert region.region == region


def test_a_territory_is_named_with_what_it_is_part_of():
    assert str(Territory.objects.get(code="06.181.01.01")) == "أزمور (الجديدة)"


def test_no_territory_lacks_an_arabic_or_a_french_name():
    assert not Territory.objects.filter(name_ar="") | Territory.objects.filter(name_fr="")


def test_an_unknown_parent_is_refused():
    row = {"code": "98.1", "level": "commune", "parent": "98", "ar": "م", "fr": "M"}
    with pytest.raises(KeyError, match="98"):
        load_territories([row])
