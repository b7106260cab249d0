"""Whatever is sent to the page, the fragment, JSON, the suggestions and the feed is answered in time, and nothing is lost."""

import json
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from search import domain
from search.query import FACETS, MAX_TEXT
from tests.search.contract import BAD_TEXTS, script_samples
from tests.search.sources import make_page

pytestmark = pytest.mark.usefixtures("search_site")

PLACES = ["/fr/search/", "/ar/search/", "/fr/search/suggest/", "/fr/search/feed/", "/api/search/"]
MEGABYTE = "ن" * 300_000 + "x" * 400_000
DEEP = ['"' * 999, '"a ' * 500, "«" * 500 + "»" * 500, '-"' * 500, '"' + "a " * 9_999 + '"', "-" * 9_999, '("' * 400 + '")' * 400]
BYTES = ["%00", "%ff", "%ed%a0%80", "%ed%b0%80%ed%a0%80", "%c0%80", "%f8%88%80%80%80", "%", "%zz", "%u0041", "a%00b%1fc%7f"]
NAMES = ("q", "sort", "page", "lang", "all", "exact", *FACETS)


@pytest.fixture
def pages(index, site_root):
    make_page(site_root, "Budget", "témoin", slug="budget", language="fr")
    domain.drain()


def well_formed(place, response):
    """Assert that an answer is whole: as JSON, as XML, or as a page with its form."""
    assert response.status_code == 200, response.status_code
    text = response.content.decode()
    assert "\x00" not in text
    if "suggest" in place or "/api/" in place:
        return json.loads(text)
    if "feed" in place:
        return ElementTree.fromstring(text)
    page = BeautifulSoup(text, "html.parser")
    assert page.find(id="search-form")
    assert not page.find(id="results").find("script")
    return page


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", [*BAD_TEXTS, *DEEP, MEGABYTE], ids=lambda text: f"{text[:12]!a}-{len(text)}")
def test_any_text(client, pages, place, text):
    sent = quote(text, errors="surrogatepass")

    well_formed(place, client.generic("GET", place, QUERY_STRING=f"q={sent}"))


def test_every_printable_character(client, pages):
    """Each stands in a question to one place, and every place gets some of all scripts."""
    halves = [half for sample in script_samples() for half in (sample[:300], sample[300:])]
    for number, half in enumerate(halves):
        place = PLACES[number % len(PLACES)]
        well_formed(place, client.get(place, {"q": half, "tag": half[:90]}))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("raw", BYTES)
def test_any_bytes_in_any_parameter(client, pages, place, raw):
    address = "&".join(f"{name}={raw}" for name in NAMES)

    well_formed(place, client.generic("GET", place, QUERY_STRING=f"{address}&{raw}={raw}"))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", NAMES)
def test_a_thousand_times_the_same_parameter(client, pages, place, name):
    address = "&".join(f"{name}=v{number}" for number in range(1000))

    well_formed(place, client.generic("GET", place, QUERY_STRING=address))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("page", ["0", "-1", "1000000000", "9" * 5_000, "1e9", "NaN", "٣", "²", "0x10", " 2 ", "2 OR 1=1"])
def test_any_page(client, pages, place, page):
    found = well_formed(place, client.get(place, {"q": "budget", "page": page}))

    if place == "/fr/search/":
        assert found.find(id="results").find("a", href="/fr/budget/")  # the nearest page there is
        assert found.find(class_="search__notice")
    if "/api/" in place:
        assert (found["page"], found["total"], len(found["notices"])) == (1, 1, 1)


@pytest.mark.parametrize(
    "address", ["nonsense=1", "theme[]=x", "type=practice;session", "organisation=../../etc/passwd", "__proto__=x", "q[]=x", "=x"]
)
@pytest.mark.parametrize("place", PLACES)
def test_unknown_facets_and_forged_values(client, pages, place, address):
    well_formed(place, client.generic("GET", place, QUERY_STRING=f"{address}&q=budget"))


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_what_was_not_read_is_said_in_the_readers_language_and_the_text_stays(client, pages, language):
    asked = {"q": "budget " + "x" * 600, "type": "nonsense", "page": "-1", "sort": "nonsense", "all": "nonsense"}

    page = well_formed("", client.get(f"/{language}/search/", asked))

    notices = [notice.get_text() for notice in page.find_all(class_="search__notice")]
    assert len(set(notices)) == 5
    assert page.find(id="search-text")["value"] == asked["q"][:MAX_TEXT]
    arabic = [any("\u0600" <= letter <= "\u06ff" for letter in notice) for notice in notices]
    assert all(arabic) if language == "ar" else not any(arabic)


def test_a_megabyte_is_not_given_back(client, pages):
    for place in PLACES:
        response = client.generic("GET", place, QUERY_STRING=f"q={quote(MEGABYTE)}&tag={quote(MEGABYTE)}&sort={quote(MEGABYTE)}")
        assert len(response.content) < 60_000, place


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client, pages, place, method):
    assert client.generic(method, place, b"q=x", content_type="application/x-www-form-urlencoded").status_code == 405
