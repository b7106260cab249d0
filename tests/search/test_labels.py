"""Facets within facets: provinces below their region."""

import pytest

from search import documents
from search.documents import Document, Variant, register_facet
from search.engines import Change, get_engine
from search.forms import SearchForm
from search.query import SearchQuery
from search.service import search
from tests.search.sources import TalkSource

PARENTS = {"TIZ": "MA-09", "TAR": "MA-09", "FES": "MA-03"}


@pytest.fixture
def places(index_dir, registry, db):
    documents.register(TalkSource())
    documents.register_facet("region", lambda language: {"MA-09": "Souss-Massa", "MA-03": "Fès-Meknès"})
    get_engine().rebuild(
        Change(
            key,
            1,
            Document(
                key, "session", (Variant("fr", "x"),), {"region": (PARENTS[code],), "province": (code,), "organisation": ("7",)}
            ),
        )
        for key, code in (("1", "TIZ"), ("2", "TIZ"), ("3", "TAR"), ("4", "FES"))
    )


def facets(**filters):
    return {facet.name: facet for facet in search(SearchQuery("x", "fr", filters)).facets}


def register_provinces():
    names = {"TIZ": "Tiznit", "TAR": "Taroudannt", "FES": "Fès"}
    register_facet("province", lambda language: names, within="region", parents=lambda: PARENTS)


def test_without_names_there_are_no_provinces_and_no_organisations(places):
    assert not {"province", "organisation"} & set(facets())
    form = SearchForm({"province": "TIZ"}, language="fr")
    assert (form.query.filters, len(form.notices)) == ({}, 1)


def test_a_registered_organisation_is_a_facet(places):
    register_facet("organisation", lambda language: {"7": "Association"})

    (value,) = facets()["organisation"].values
    assert (value.label, value.count, value.link) == ("Association", 4, "?q=x&organisation=7")


def test_provinces_are_below_the_chosen_region_only(places):
    register_provinces()

    assert "province" not in facets()
    assert [value.children for value in facets()["region"].values] == [(), ()]
    chosen, other = facets(region=("MA-09",))["region"].values
    assert [(child.label, child.count, child.link) for child in chosen.children] == [
        ("Tiznit", 2, "?q=x&region=MA-09&province=TIZ"),
        ("Taroudannt", 1, "?q=x&region=MA-09&province=TAR"),
    ]
    assert other.children == ()


def test_who_leaves_a_region_leaves_its_provinces(places):
    register_provinces()
    results = search(SearchQuery("x", "fr", {"region": ("MA-09",), "province": ("TIZ",)}))
    (region,) = (facet for facet in results.facets if facet.name == "region")

    assert results.total == 2
    assert [(child.count, child.selected) for child in region.values[0].children] == [(2, True), (1, False)]
    assert [(chip.label.split(": ")[1], chip.link) for chip in results.chips] == [
        ("Souss-Massa", "?q=x"),
        ("Tiznit", "?q=x&region=MA-09"),
    ]


@pytest.mark.usefixtures("search_site")
def test_page_and_json_show_them(client, places):
    register_provinces()
    page = client.get("/fr/search/", {"q": "x", "region": "MA-09"}).content.decode()
    answer = client.get("/api/search/", {"q": "x", "region": "MA-09", "lang": "fr"}).json()
    (region,) = (facet for facet in answer["facets"] if facet["name"] == "region")

    assert 'href="/fr/search/?q=x&amp;region=MA-09&amp;province=TIZ"' in page
    assert [child["value"] for child in region["values"][0]["province"]] == ["TIZ", "TAR"]


def test_the_most_discussed_come_first_where_the_reader_asks_so(index_dir, registry, db):
    documents.register(TalkSource())
    changes = (Change(str(n), 1, Document(str(n), "session", (Variant("fr", "x"),), discussion=n % 3)) for n in range(3))
    get_engine().rebuild(changes)

    found = get_engine().search(SearchForm({"q": "x", "sort": "discussion"}, language="fr").query)
    assert [hit.key for hit in found.hits] == ["2", "1", "0"]
    assert [link.link for link in search(SearchQuery("x", "fr")).sort_links][2] == "?q=x&sort=discussion"
