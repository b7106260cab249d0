"""Facets of hundreds of values: the most frequent and the chosen ones are shown, all where the reader asks so."""

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict

from search import documents
from search.documents import Document, Variant, register_facet, register_names
from search.engines import Change, get_engine
from search.forms import SearchForm
from search.labels import LONG, SHORT
from search.query import SearchQuery
from search.service import search
from tests.search.sources import TalkSource

NUMBER = 40


@pytest.fixture
def many(index_dir, registry, db):
    """Forty organisations, the n-th carried n subjects, half of them about water; each subject has its own tag and year."""
    documents.register(TalkSource())
    register_facet("organisation", lambda language: {f"o{n:02}": f"Association {n:02}" for n in range(1, NUMBER + 1)})
    subjects = [
        Document(
            f"{number:02}",
            "session",
            (Variant("fr", "x"),),
            {
                "organisation": tuple(f"o{n:02}" for n in range(1, NUMBER + 1) if n >= number),
                "theme": ("water" if number % 2 else "roads",),
                "tag": (f"t{number:02}",),
                "year": (str(1970 + number),),
            },
        )
        for number in range(1, NUMBER + 1)
    ]
    get_engine().rebuild(Change(subject.key, 1, subject) for subject in subjects)


def facet(name="organisation", **options):
    return next(facet for facet in search(SearchQuery("x", "fr", **options)).facets if facet.name == name)


def values(found):
    return [value.value for value in found.values]


def test_a_long_facet_shows_those_that_occur_most_and_how_many_there_are(many):
    found = facet()

    assert values(found) == [f"o{n}" for n in range(NUMBER, NUMBER - SHORT, -1)]
    assert [value.count for value in found.values] == list(range(NUMBER, NUMBER - SHORT, -1))
    assert (found.more, found.number, found.fewer_link) == (NUMBER - SHORT, NUMBER, None)
    assert found.all_link == "?q=x&all=organisation"


def test_the_chosen_ones_are_always_shown_even_where_they_find_nothing(many):
    found = facet(filters={"organisation": ("o03", "gone"), "theme": ("roads",)})

    assert values(found)[SHORT:] == ["o03", "gone"]
    assert [(value.count, value.selected) for value in found.values[SHORT:]] == [(1, True), (0, True)]
    assert found.number == NUMBER  # o01 is about water alone, "gone" is asked for
    assert values(found)[0] == "o40"


def test_counts_and_the_most_frequent_are_those_of_the_other_filters(many):
    assert [value.count for value in facet(filters={"theme": ("water",)}).values][:3] == [20, 20, 19]
    assert facet(filters={"organisation": ("o02",)}, expanded=("organisation",)).values[0].count == 1


def test_all_are_shown_where_the_reader_asks_and_the_choice_keeps_them(many):
    found = facet(expanded=("organisation",))

    assert values(found) == [f"o{n:02}" for n in range(1, NUMBER + 1)]  # in the order of their names
    assert (found.more, found.all_link, found.fewer_link) == (0, None, "?q=x")
    assert found.values[0].link == "?q=x&organisation=o01&all=organisation"


@pytest.mark.parametrize(("name", "first"), [("tag", "t01"), ("year", str(1970 + NUMBER))])
def test_any_long_facet_is_shortened_and_years_are_the_newest(many, name, first):
    found = facet(name)

    assert (len(found.values), found.number, found.values[0].value) == (SHORT, NUMBER, first)
    assert len(facet(name, expanded=(name,)).values) == NUMBER


@pytest.mark.parametrize("number", [LONG, LONG + 1])
def test_one_that_is_not_long_keeps_its_order_and_all_its_values(index_dir, registry, db, number):
    documents.register(TalkSource())
    names = {f"t{n}": "" for n in range(number)}
    register_facet("theme", lambda language: names)
    get_engine().rebuild([Change("a", 1, Document("a", "session", (Variant("fr", "x"),), {"theme": tuple(names)}))])

    found = facet("theme")
    assert found.more == (0 if number == LONG else number - SHORT)
    assert values(found) == list(names)[: LONG if number == LONG else SHORT]
    assert (found.all_link is None) == (number == LONG)


def test_values_that_may_be_any_have_the_names_that_somebody_gives_them(many):
    asked = []
    register_names("tag", lambda slugs: asked.append(list(slugs)) or {"t02": "Eau potable"})

    assert [value.label for value in facet("tag").values][:3] == ["t01", "Eau potable", "t03"]
    assert len(asked[0]) == SHORT  # not of all that there are


@pytest.mark.parametrize(
    ("address", "expanded", "notices"),
    [
        ("all=organisation&all=tag&all=tag", ("organisation", "tag"), 0),
        ("all=", (), 0),
        ("all=nonsense", (), 1),
        ("all=type&all=%00", (), 1),
        ("&".join("all=x" for _ in range(1000)), (), 1),
    ],
)
def test_the_address_says_what_is_whole(registry, address, expanded, notices):
    form = SearchForm(QueryDict(address), language="fr", fixed={"type": ("practice",)})

    assert (form.query.expanded, len(form.notices)) == (expanded, notices)


def test_an_unfolded_list_is_no_part_of_a_feed_nor_of_the_question(many):
    results = search(SearchQuery("x", "fr", expanded=("tag",)))

    assert results.feed_link == "?q=x"
    assert results.query.on_page(2).query_string() == "?q=x&page=2&all=tag"
    assert search(SearchQuery("x", "fr", expanded=("type",), fixed={"type": ("session",)})).query.expanded == ()


@pytest.mark.usefixtures("search_site")
def test_the_page_unfolds_without_script_and_the_fragment_with_it(client, many):
    page = BeautifulSoup(client.get("/fr/search/", {"q": "x"}).content, "html.parser")
    more = page.find(id="facet-more-organisation")
    assert (more["href"], more["hx-get"]) == (
        "/fr/search/?q=x&all=organisation#facet-organisation",
        "/fr/search/?q=x&all=organisation",
    )
    assert str(NUMBER) in more.get_text()
    assert not page.find("details", open=True)

    whole = client.get(more["href"].partition("#")[0], headers={"HX-Request": "true"})
    section = BeautifulSoup(whole.content, "html.parser").find(class_="facet--organisation")
    assert len(section("li")) == NUMBER
    assert section.find("label", hidden=True)
    assert section.find(id="facet-more-organisation")["hx-get"] == "/fr/search/?q=x"


@pytest.mark.usefixtures("search_site")
def test_the_only_thing_asked_can_be_folded_again(client, many):
    page = BeautifulSoup(client.get("/fr/search/", {"all": "tag"}).content, "html.parser")

    assert page.find(id="facet-more-tag")["hx-get"] == "/fr/search/"
    assert page.find("details", open=True)


@pytest.mark.usefixtures("search_site")
def test_json_gives_the_same_and_how_many_more(client, many):
    def organisations(**asked):
        answer = client.get("/api/search/", {"q": "x", "lang": "fr", **asked}).json()
        return next(facet for facet in answer["facets"] if facet["name"] == "organisation")

    short, whole = organisations(), organisations(all="organisation")
    assert short["values"][0] == {"value": "o40", "label": "Association 40", "count": 40, "selected": False}
    assert (len(short["values"]), short["more"]) == (SHORT, NUMBER - SHORT)
    assert (len(whole["values"]), whole["more"]) == (NUMBER, 0)
