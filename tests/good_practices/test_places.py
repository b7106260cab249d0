"""The map and the pages of places: what is counted, where one gets to, and whatever is written in the address."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict

from good_practices.enums import Outcome
from good_practices.maps import shades
from good_practices.models import PracticeFacts, PracticePage
from good_practices.places import Narrowing, counts_by_outcome, counts_by_place, narrowing_of, practices
from portal.people.domain import council_of
from portal.vocabulary.domain import load_territories
from portal.vocabulary.enums import Instrument, Level
from portal.vocabulary.models import Territory
from tests.factories import PracticeFactsFactory, PracticePageFactory, SpaceFactory, TerritoryFactory, ThemeFactory

ROWS = (
    {"code": "09", "iso": "MA-09", "level": "region", "parent": None, "ar": "سوس-ماسة", "fr": "Souss-Massa", "zgh": "ⵙⵓⵙⵙ-ⵎⴰⵙⵙⴰ"},
    {"code": "02", "iso": "MA-02", "level": "region", "parent": None, "ar": "الشرق", "fr": "Oriental"},
    {"code": "09.541", "iso": "MA-TAR", "level": "province", "parent": "09", "ar": "تارودانت", "fr": "Taroudannt"},
    {"code": "09.001", "iso": "MA-AGD", "level": "prefecture", "parent": "09", "ar": "أكادير", "fr": "Agadir"},
    {
        "code": "09.541.01.13",
        "level": "commune",
        "parent": "09.541",
        "ar": "تارودانت",
        "fr": "Taroudannt (ville)",
        "lon": -8.877,
        "lat": 30.47,
        "population": 83496,
    },
    {"code": "09.541.07.01", "level": "commune", "parent": "09.541", "ar": "تافنكولت", "fr": "Tafingoult"},
)


@pytest.fixture
def places(portal_site):
    load_territories(ROWS)
    return {place.code: place for place in Territory.objects.all()}


@pytest.fixture
def counted(places):
    """Two practices of the town (one rejected, of another instrument), one of Agadir's prefecture, none of the Oriental."""
    water = ThemeFactory(slug="water")
    PracticeFactsFactory(territory=places["09.541.01.13"], themes=[water, ThemeFactory(slug="roads")])
    PracticeFactsFactory(
        territory=places["09.541.01.13"], outcome=Outcome.REJECTED, instrument=Instrument.MEMORANDUM, illustrative=True
    )
    PracticeFactsFactory(territory=places["09.001"], themes=[water])
    return places


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html.parser").main


def listed(html):
    """Return what the list beside a map says: address -> number."""
    rows = html.select(".place-list__link")
    return {row["href"].split("/places/")[1]: row.select_one(".place-list__number").get_text(strip=True) for row in rows}


def drawn(html):
    """Return the links of the drawing: address -> its name."""
    return {link["href"].split("/places/")[1]: link["aria-label"] for link in html.select(".map__drawing a")}


def test_a_place_counts_what_lies_within_it(counted):
    counts = counts_by_place(practices(Narrowing(())))
    codes = {place.code: counts.get(place.pk, 0) for place in counted.values()}
    assert codes == {"09": 3, "02": 0, "09.541": 2, "09.001": 1, "09.541.01.13": 2, "09.541.07.01": 0}


def test_what_stands_where_is_counted_in_the_order_of_the_outcomes(counted):
    found = counts_by_outcome(practices(Narrowing(()), counted["09"]))
    assert [(value, number) for value, _label, number in found] == [("accepted", 2), ("rejected", 1)]
    assert counts_by_outcome(practices(Narrowing(()), counted["02"])) == []


@pytest.mark.parametrize(
    ("question", "number"), [("", 3), ("theme=water", 2), ("instrument=memorandum", 1), ("theme=water&instrument=memorandum", 0)]
)
def test_one_theme_or_instrument_can_be_counted_alone(counted, question, number):
    assert practices(narrowing_of(QueryDict(question))).count() == number


def test_the_map_and_the_list_say_the_same(client, counted):
    html = read(client, "/en/practices/map/")
    assert drawn(html) == {"09/": "Souss-Massa: 3 practices", "02/": "Oriental: 0 practices"}
    assert listed(html) == {"09/": "3 practices", "02/": "0 practices"}
    assert [text.get_text() for text in html.select(".map__number")] == ["3"]
    assert "OpenStreetMap" in html.select_one(".map__caption").get_text()


def test_a_filter_goes_along_to_the_places(client, counted):
    html = read(client, "/fr/practices/map/?theme=water&instrument=")
    assert listed(html)["09/?theme=water"].startswith("2 ")
    assert html.select_one("option[selected][value=water]")
    assert drawn(read(client, "/fr/places/09/?theme=water")).keys() == {"09.541/?theme=water", "09.001/?theme=water"}


@pytest.mark.parametrize("question", ["theme=nothing", "instrument=%00", "theme=%ED%A0%80", "instrument=" + "x" * 9000])
def test_what_cannot_be_meant_is_left_out_and_said(client, counted, question):
    html = read(client, f"/en/practices/map/?{question}")
    assert "A filter was not recognised" in html.select_one(".notice").get_text()
    assert listed(html)["09/"] == "3 practices"


def test_a_region_shows_its_provinces_and_who_it_is(client, counted):
    council_of(counted["09"])
    html = read(client, "/en/places/09/")
    assert html.h1.get_text() == "Souss-Massa"
    assert listed(html) == {"09.541/": "2 practices", "09.001/": "1 practice"}
    assert drawn(html).keys() == {"09.541/", "09.001/"}
    assert html.find(lang="zgh").get_text() == "ⵙⵓⵙⵙ-ⵎⴰⵙⵙⴰ"
    assert html.find("a", href="/en/organisations/council-09/")
    assert [item.get_text(" ", strip=True) for item in html.select(".outcome-counts li")] == ["Accepted 2", "Rejected 1"]


def test_a_province_draws_only_the_communes_whose_own_point_is_known(client, counted):
    html = read(client, "/en/places/09.541/")
    assert drawn(html) == {"09.541.01.13/": "Taroudannt (ville): 2 practices"}
    assert listed(html) == {"09.541.01.13/": "2 practices", "09.541.07.01/": "0 practices"}
    assert "Of 2 communes, the exact place of 1 is known" in html.get_text()


def test_a_commune_is_drawn_where_it_is_or_not_at_all(client, counted):
    html = read(client, "/ar/places/09.541.01.13/")
    assert html.select_one("circle.map__spot--here")
    assert "83.496" in html.get_text()
    assert [link["href"] for link in html.select(".breadcrumb a")][-2:] == ["/ar/places/09/", "/ar/places/09.541/"]
    assert not read(client, "/en/places/09.541.07.01/").svg.find_parent(class_="map")
    assert "not known to us" in read(client, "/en/places/09.541.07.01/").get_text()


def test_counts_of_invented_practices_say_so(client, counted):
    assert read(client, "/en/places/09/").select_one(".illustrative")
    assert not read(client, "/en/places/09.001/").select_one(".illustrative")


@pytest.fixture
def petition(portal_site, places):
    """A practice of the town in two languages, with its row."""
    page = PracticePageFactory(parent=portal_site.libraries["ar"], slug="a", territory=places["09.541.01.13"])
    PracticePageFactory(parent=portal_site.libraries["fr"], slug="fr-a", territory=page.territory, translation_of=page)
    PracticeFactsFactory(page=page)
    return page


def cards(html):
    return [link["href"] for link in html.select(".card__title a")]


def test_a_practice_is_listed_once_in_the_readers_language_at_each_of_its_places(client, petition):
    for code in ("09", "09.541", "09.541.01.13"):
        assert cards(read(client, f"/ar/places/{code}/")) == ["/ar/practices/a/"]
        assert cards(read(client, f"/fr/places/{code}/")) == ["/fr/practices/fr-a/"]
    assert cards(read(client, "/ar/places/09.001/")) == []


def test_what_is_not_public_is_not_listed_even_if_its_row_lags(client, petition):
    row = PracticeFacts.objects.get(practice_key=petition.translation_key)
    for page in PracticePage.objects.filter(translation_key=petition.translation_key):
        page.unpublish()
    PracticeFacts.objects.bulk_create([row], ignore_conflicts=True)
    assert cards(read(client, "/ar/places/09/")) == []


def test_a_practice_leads_to_its_places(client, petition):
    links = {link["href"] for link in read(client, "/ar/practices/a/").select(".facts a")}
    assert links >= {"/ar/places/09/", "/ar/places/09.541/", "/ar/places/09.541.01.13/"}


def test_long_lists_go_over_pages_the_newest_first(client, portal_site, places):
    for number in range(14):
        page = PracticePageFactory(parent=portal_site.libraries["ar"], slug=f"p-{number}", territory=places["09.001"])
        PracticeFactsFactory(page=page)
        row = PracticeFacts.objects.get(practice_key=page.translation_key)
        row.filed_on = datetime.date(2019, 1, 1) + datetime.timedelta(days=number)
        row.save()
    first, last = (cards(read(client, f"/ar/places/09/?page={number}")) for number in (1, 2))
    assert (len(first), len(last)) == (12, 2)
    assert first[0] == "/ar/practices/p-13/"
    for wrong in ("x", "0", "-1", "99", "9" * 5000):
        html = read(client, f"/en/places/09/?page={wrong}")
        assert "This page does not exist" in html.get_text()


@pytest.mark.parametrize("code", ["99", "nothing", "09.541.99", "ma-00", "-", "x" * 200, "%00", "%ED%A0%80", "سوس"])
def test_an_unknown_place_is_not_found_and_search_is_offered(client, places, code):
    response = client.get(f"/ar/places/{code}/")
    assert response.status_code == 404
    assert BeautifulSoup(response.content, "html.parser").main.find("form", role="search")


def test_an_iso_code_leads_to_the_place(client, places):
    for code in ("MA-TAR", "ma-tar"):
        response = client.get(f"/fr/places/{code}/?theme=water")
        assert (response.status_code, response.headers["Location"]) == (301, "/fr/places/09.541/?theme=water")


@pytest.mark.parametrize("number", [1, 9])
def test_places_cost_the_same_however_full(client, portal_site, places, number, django_assert_num_queries):
    for _ in range(number):
        town = TerritoryFactory(parent=places["09.541"], level=Level.COMMUNE)
        PracticeFactsFactory(page=PracticePageFactory(parent=portal_site.libraries["ar"], territory=town))
    client.get("/ar/practices/map/")
    with django_assert_num_queries(6):
        client.get("/ar/practices/map/")
    with django_assert_num_queries(19):
        assert len(cards(read(client, "/ar/places/09.541/"))) == number


@pytest.mark.parametrize(
    ("greatest", "expected"),
    [
        (0, []),
        (1, [(1, 1, 1)]),
        (4, [(1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4)]),
        (8, [(1, 1, 2), (2, 3, 4), (3, 5, 6), (4, 7, 8)]),
        (5, [(1, 1, 2), (2, 3, 4), (3, 5, 5)]),
    ],
)
def test_shades(greatest, expected):
    assert [(one.shade, one.least, one.greatest) for one in shades(greatest)] == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("تافن", ["09.541.07.01"]),
        ("Tarou", ["09.541.01.13", "09.541"]),
        ("agadir", ["09.001"]),
        ("nowhere", []),
        ("", []),
        ("\x00", []),
        ("ت" * 5000, []),
    ],
)
def test_a_place_is_found_by_the_beginning_of_its_name_in_any_language(client, places, question, expected):
    html = BeautifulSoup(client.get("/ar/places/", {"q": question}).content, "html.parser").main
    assert sorted(link["href"] for link in html.select(".place-found a")) == [f"/ar/places/{code}/" for code in expected]
    suggested = client.get("/ar/places/suggest/", {"q": question}).json()["suggestions"]
    assert sorted(one["url"] for one in suggested) == [f"/ar/places/{code}/" for code in expected]


def test_a_suggestion_says_in_which_language_it_is_and_where_the_place_lies(client, places):
    answer = client.get("/fr/places/suggest/", {"q": "tafin"}).json()
    (one,) = answer["suggestions"]
    assert (one["text"], one["language"], one["direction"]) == ("Tafingoult", "fr", "ltr")
    assert "Taroudannt – Souss-Massa" in one["label"]
    assert answer["status"]


def test_a_place_shows_the_spaces_of_all_that_lies_within_it(client, places):
    space = SpaceFactory(territory=places["09.541.07.01"])
    SpaceFactory(territory=places["02"])
    for code in ("09", "09.541", "09.541.07.01"):
        links = read(client, f"/ar/places/{code}/").select("[aria-labelledby=spaces] a")
        assert [link["href"] for link in links] == [f"/ar/practices/spaces/{space.slug}/"]
    assert not read(client, "/ar/places/09.001/").select("[aria-labelledby=spaces]")
