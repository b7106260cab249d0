"""How organisations are found."""

import uuid

import pytest

from portal.people.documents import OrganisationSource, document_key
from portal.people.enums import PartnershipKind
from search.completion import suggest
from tests.factories import OrganisationFactory, RegionFactory, TerritoryFactory


def hits(client, text, language="ar", **more):
    asked = {"q": text, "lang": language, "type": "organisation", **more}
    return [(hit["title"], hit["url"]) for hit in client.get("/api/search/", asked).json()["hits"]]


@pytest.fixture
def association(portal_site, committed):
    region = RegionFactory(code="09", iso_code="MA-09")
    with committed():
        return OrganisationFactory(
            slug="amal",
            name_ar="جمعية الأمل",
            name_fr="Association Espoir",
            about_fr="Elle creuse des puits.",
            territory=TerritoryFactory(parent__parent=region, parent__code="09.P"),
        )


def test_it_is_found_by_name_in_any_language_and_by_what_it_is(client, association):
    assert hits(client, "الامل") == [("جمعية الأمل", "/ar/organisations/amal/")]
    assert hits(client, "espoir", "fr") == [("Association Espoir", "/fr/organisations/amal/")]
    assert hits(client, "puits", "fr", region="MA-09") == [("Association Espoir", "/fr/organisations/amal/")]
    RegionFactory(code="02", iso_code="MA-02")
    assert hits(client, "puits", "fr", region="MA-02") == []


def test_a_new_name_and_address_are_found_at_once_and_a_deleted_one_no_more(client, association, committed):
    with committed():
        association.slug, association.name_fr = "raja", "Association Espérance"
        association.save()
    assert hits(client, "esperance", "fr") == [("Association Espérance", "/fr/organisations/raja/")]
    assert hits(client, "espoir", "fr") == []
    with committed():
        association.delete()
    assert hits(client, "esperance", "fr") == []


def test_search_shows_its_card(client, portal_site, committed):
    with committed():
        OrganisationFactory(name_fr="Union", partnership=PartnershipKind.FINANCIAL, illustrative=True)
    page = client.get("/en/search/?q=union").content.decode()
    for said in ("Association", "Financial partnership", "Illustrative example"):
        assert said in page


def test_it_is_suggested_and_leads_to_its_page(association):
    (found,) = suggest("espo", "fr", "/fr/search/")
    assert (found.text, found.url, found.language) == ("Association Espoir", "/fr/organisations/amal/", "fr")


def test_an_english_reader_is_shown_the_name_there_is(association):
    (shown,) = OrganisationSource().hydrate([document_key(association.pk)], "en").values()
    assert (shown.title, shown.language, shown.url) == ("Association Espoir", "fr", "/en/organisations/amal/")


def test_keys_are_uuids_of_their_own_and_others_mean_nothing(association, django_assert_num_queries):
    key = document_key(association.pk)
    assert (uuid.UUID(key).version, uuid.UUID(key).variant) == (8, uuid.RFC_4122)
    with django_assert_num_queries(0):
        assert list(OrganisationSource().documents([str(uuid.uuid4()), "nothing", ""])) == []


@pytest.mark.parametrize("number", [1, 9])
def test_documents_cost_the_same_however_many(db, number, django_assert_num_queries):
    keys = [document_key(OrganisationFactory(territory=TerritoryFactory()).pk) for _ in range(number)]
    with django_assert_num_queries(1):
        assert len(list(OrganisationSource().documents(keys))) == number
