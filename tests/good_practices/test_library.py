"""The library: filters with their counts, the fragment for htmx, and whatever is written in the address."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from good_practices.enums import Outcome
from good_practices.models import PracticeOrganisation
from portal.vocabulary.enums import Instrument
from tests.factories import (
    OrganisationFactory,
    PracticePageFactory,
    RegionFactory,
    TaggingFactory,
    TerritoryFactory,
    ThemeFactory,
)


@pytest.fixture
def library(portal_site, committed):
    """Three practices: two of Souss and a petition of the Oriental."""
    souss, oriental = (RegionFactory(code=code, iso_code=iso) for code, iso in (("09", "MA-09"), ("02", "MA-02")))
    places = {
        name: TerritoryFactory(parent__parent=region, parent__code=f"P-{name}")
        for name, region in (("souss", souss), ("oriental", oriental))
    }
    water, roads = ThemeFactory(slug="water"), ThemeFactory(slug="roads")
    with committed():
        make = PracticePageFactory
        make(
            parent=portal_site.libraries["ar"], slug="a", title="بئر وطريق إلى القرية", territory=places["souss"], themes=[water]
        )
        make(
            parent=portal_site.libraries["ar"],
            slug="b",
            territory=places["souss"],
            themes=[water, roads],
            instrument=Instrument.MEMORANDUM,
            outcome=Outcome.REJECTED,
        )
        make(parent=portal_site.libraries["ar"], slug="c", territory=places["oriental"], themes=[roads])
    return portal_site.libraries["ar"]


def slugs(response):
    """Return the slugs of the practices that a page lists."""
    results = BeautifulSoup(response.content, "html.parser").find(id="results")
    return [link["href"].split("/")[-2] for link in results("a", hreflang=True)]


def counts(response):
    return {facet.name: {value.value: value.count for value in facet.values} for facet in response.context["results"].facets}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({}, "abc"),
        ({"theme": "water"}, "ab"),
        ({"theme": ["water", "roads"]}, "abc"),
        ({"region": "MA-02"}, "c"),
        ({"instrument": "memorandum"}, "b"),
        ({"outcome": "rejected"}, "b"),
        ({"theme": "roads", "region": "MA-09"}, "b"),
        ({"theme": "water", "region": "MA-02"}, ""),
        ({"q": "بئر"}, "a"),
        ({"q": "طرق"}, "abc"),  # a road of the text, and the theme "roads" by the glossary
    ],
)
def test_filters(client, library, question, expected):
    assert sorted(slugs(client.get("/ar/practices/", question))) == list(expected)


def test_counts_say_what_each_filter_would_leave(client, library):
    found = counts(client.get("/ar/practices/"))
    assert found["theme"] == {"water": 2, "roads": 2}
    assert found["region"] == {"MA-02": 1, "MA-09": 2}
    assert found["instrument"] == {"petition": 2, "memorandum": 1}
    assert found["outcome"] == {"accepted": 2, "rejected": 1}


def test_counts_of_a_chosen_facet_stay_those_of_the_other_choices(client, library):
    found = counts(client.get("/ar/practices/", {"region": "MA-02"}))
    assert found["theme"] == {"roads": 1}
    assert found["region"] == {"MA-02": 1, "MA-09": 2}


def test_each_filter_is_a_link_that_works_without_script(client, library):
    results = BeautifulSoup(client.get("/fr/practices/").content, "html.parser").find(id="results")
    link = results.find("a", href=lambda href: href and "theme=water" in href)
    assert sorted(slugs(client.get(link["href"]))) == ["a", "b"]
    assert "(2)" in link.get_text()


def test_a_chosen_filter_can_be_taken_back(client, library):
    results = BeautifulSoup(client.get("/fr/practices/", {"theme": "water"}).content, "html.parser").find(id="results")
    chosen = results.find("a", attrs={"aria-current": "true"})
    assert sorted(slugs(client.get(chosen["href"]))) == ["a", "b", "c"]


def test_a_practice_is_shown_in_the_reader_s_language_and_once(client, library, portal_site, committed):
    arabic = library.get_children().get(slug="a").specific
    with committed():
        PracticePageFactory(parent=portal_site.libraries["fr"], slug="puits", title="Un puits", translation_of=arabic)
    assert sorted(slugs(client.get("/fr/practices/"))) == ["b", "c", "puits"]
    assert sorted(slugs(client.get("/ar/practices/"))) == ["a", "b", "c"]


def test_a_practice_in_another_language_says_so(client, library):
    results = BeautifulSoup(client.get("/en/practices/").content, "html.parser").find(id="results")
    card = results.find("a", hreflang="ar").find_parent("article")
    assert card.find(["h2", "h3"])["dir"] == "rtl"
    assert "In Arabic" in card.get_text()


def test_htmx_is_given_the_results_only(client, library):
    whole = client.get("/ar/practices/", {"theme": "water"})
    fragment = client.get("/ar/practices/", {"theme": "water"}, headers={"hx-request": "true"})
    html = BeautifulSoup(fragment.content, "html.parser")
    assert html.html is None
    assert sorted(link["href"] for link in html("a", hreflang=True)) == ["/ar/practices/a/", "/ar/practices/b/"]
    assert "HX-Request" in whole.headers["Vary"]
    assert "HX-Request" in fragment.headers["Vary"]


def test_a_page_restored_from_history_is_whole(client, library):
    response = client.get("/ar/practices/", headers={"hx-request": "true", "hx-history-restore-request": "true"})
    assert BeautifulSoup(response.content, "html.parser").html


@pytest.mark.parametrize(
    "question",
    [
        "page=-1",
        "page=0",
        "page=1000000000",
        "page=99999999999999999999999999",
        "page=abc",
        "page=%D9%A3",
        "theme=nothing",
        "theme=water&theme=nothing",
        "region=%00",
        "instrument=%ED%A0%80",
        "outcome=" + "x" * 5000,
        "year=20x0",
        "sort=upside-down",
        "q=" + "x" * 10_000,
        "q=" + "%D9%85%20" * 5_000,
    ],
)
@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
def test_what_cannot_be_meant_is_left_out_and_said(client, library, question, headers):
    response = client.get(f"/en/practices/?{question}", headers=headers)
    notices = response.context["results"].notices
    assert response.status_code == 200
    assert notices
    assert all(notice in BeautifulSoup(response.content, "html.parser").get_text() for notice in notices)


@pytest.mark.parametrize(
    "question",
    [
        "q=%00",
        "q=a%00b",
        "q=%ED%A0%80",
        "q=%FF%FE",
        "q=%22%22%22",
        "q=-",
        "q=)(*%3A%5E%22",
        "%00=1",
        "q",
        "q=%E2%80%AE",
        "theme=",
    ],
)
def test_a_question_without_sense_finds_what_it_finds(client, library, question):
    response = client.get(f"/ar/practices/?{question}")
    assert response.status_code == 200
    assert "\x00" not in response.content.decode()


def test_what_was_asked_is_shown_as_text(client, library):
    html = BeautifulSoup(client.get("/ar/practices/", {"q": '"><script>alert(1)</script>'}).content, "html.parser")
    assert html.find("input", attrs={"name": "q", "id": "search-text"})["value"] == '"><script>alert(1)</script>'
    assert not html.main("script")


def test_nothing_found_is_said(client, library):
    assert "Nothing was found" in client.get("/en/practices/", {"q": "zzzzzz"}).content.decode()


@pytest.mark.parametrize("hide", ["unpublish", "restrict", "delete"])
def test_what_was_withdrawn_is_not_listed_even_by_an_index_that_lags(client, library, hide):
    page = library.get_children().get(slug="a").specific
    if hide == "restrict":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    else:
        getattr(page, hide)()
    assert sorted(slugs(client.get("/ar/practices/"))) == ["b", "c"]


def test_the_library_without_index_can_still_be_opened(client, portal_site, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "none"
    response = client.get("/en/practices/")
    assert response.status_code == 200
    assert "not available" in response.content.decode()


@pytest.mark.parametrize("number", [1, 9])
def test_the_library_costs_the_same_however_full(client, portal_site, committed, number, django_assert_num_queries):
    with committed():
        for _ in range(number):
            page = PracticePageFactory(
                parent=portal_site.libraries["ar"], themes=[ThemeFactory(slug="a"), ThemeFactory(slug="b")]
            )
            TaggingFactory(page=page)
    client.get("/ar/practices/")
    with django_assert_num_queries(19):
        response = client.get("/ar/practices/")
    assert len(slugs(response)) == number


@pytest.fixture
def carried(library, committed):
    """An association that carried a practice of the library."""
    association = OrganisationFactory(slug="amal", name_ar="جمعية الأمل", name_fr="Association Espoir")
    page = library.get_children().get(slug="a").specific
    with committed():
        page.practice_organisations.add(PracticeOrganisation(organisation=association))
        page.save()
    return association


def organisations(client, address="/fr/practices/"):
    facets = {facet.name: facet for facet in client.get(address).context["results"].facets}
    return [(value.value, value.label, value.count) for value in facets["organisation"].values]


def test_who_carried_a_practice_is_a_filter_by_name_in_the_readers_language(client, carried):
    assert organisations(client) == [("amal", "Association Espoir", 1)]
    assert organisations(client, "/ar/practices/") == [("amal", "جمعية الأمل", 1)]
    assert slugs(client.get("/ar/practices/?organisation=amal")) == ["a"]
    response = client.get("/ar/practices/?organisation=unknown")
    assert (len(slugs(response)), len(response.context["results"].notices)) == (3, 1)


def test_an_organisation_that_is_renamed_is_found_by_its_new_name_and_address(client, carried, committed):
    with committed():
        carried.slug, carried.name_ar, carried.name_fr = "espoir", "جمعية الرجاء", "Association Espérance"
        carried.save()

    assert organisations(client) == [("espoir", "Association Espérance", 1)]
    assert slugs(client.get("/ar/practices/?q=الرجاء")) == ["a"]


def test_a_tag_is_shown_as_it_was_written(client, library, committed):
    with committed():
        tagging = TaggingFactory(page=library.get_children().get(slug="a"), name="Eau potable !")
        library.get_children().get(slug="a").specific.save()

    facets = {facet.name: facet for facet in client.get("/fr/practices/").context["results"].facets}
    assert [(value.value, value.label) for value in facets["tag"].values] == [(tagging.tag.slug, "Eau potable !")]


def test_the_provinces_of_the_chosen_region_are_offered_and_narrow_it(library, portal_site, client, committed):
    with committed():
        for name in ("TIZ", "AGD"):
            place = TerritoryFactory(
                code=f"09.{name}.1", parent__code=f"09.{name}", parent__iso_code=f"MA-{name}", parent__parent__code="09"
            )
            PracticePageFactory(parent=portal_site.libraries["ar"], slug=name.lower(), territory=place)
    facets = {facet.name: facet for facet in client.get("/ar/practices/?region=MA-09").context["results"].facets}
    provinces = {value.value: {child.value: child.count for child in value.children} for value in facets["region"].values}
    assert provinces == {"MA-09": {"MA-TIZ": 1, "MA-AGD": 1}, "MA-02": {}}
    assert slugs(client.get("/ar/practices/?region=MA-09&province=MA-TIZ")) == ["tiz"]


def api(client, **question):
    """The hits of the JSON answer."""
    return client.get("/api/search/", question).json()["hits"]


def test_the_api_names_a_practice_as_the_library_does(client, library, portal_site, committed):
    with committed():
        arabic = library.get_children().get(slug="a")
        PracticePageFactory(parent=portal_site.libraries["fr"], slug="fr-a", title="Un puits", translation_of=arabic)

    for language, title, url in (("ar", "بئر وطريق إلى القرية", "/ar/practices/a/"), ("fr", "Un puits", "/fr/practices/fr-a/")):
        (hit,) = [hit for hit in api(client, lang=language, type="practice") if hit["id"] == str(arabic.translation_key)]
        assert (hit["title"], hit["language"], hit["url"]) == (title, language, url)


@pytest.mark.parametrize("hide", ["unpublish", "restrict"])
def test_the_api_names_nothing_that_was_withdrawn_even_by_an_index_that_lags(client, library, hide):
    page = library.get_children().get(slug="c")
    if hide == "unpublish":
        type(page).objects.filter(pk=page.pk).update(live=False)
    else:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert sorted(hit["url"] for hit in api(client, type="practice")) == ["/ar/practices/a/", "/ar/practices/b/"]


@pytest.mark.parametrize("number", [1, 9])
def test_the_api_costs_the_same_however_much_it_finds(client, portal_site, committed, number, django_assert_num_queries):
    with committed():
        for _ in range(number):
            PracticePageFactory(parent=portal_site.libraries["ar"])
    api(client, type="practice")
    with django_assert_num_queries(4):  # the private sections, the pages' titles and addresses; themes and axes for their names
        assert len(api(client, type="practice")) == number
