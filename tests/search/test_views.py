"""The page, its fragment and its JSON answer any address."""

import pytest
from django.utils.translation import override

from search import domain
from tests.search.contract import BAD_TEXTS
from tests.search.sources import make_page

pytestmark = pytest.mark.usefixtures("search_site")


@pytest.fixture
def pages(index, site_root):
    make_page(site_root, "عريضة النقل", "ملخص حول النقل", slug="naql")
    make_page(site_root, "Pétition <b>eau</b>", "L'eau & la commune", slug="eau", language="fr")
    domain.drain()


def content(response):
    return response.content.decode()


def test_the_page_shows_hits_with_a_form_that_keeps_the_text(client, pages):
    response = client.get("/ar/search/", {"q": "عرائض"})

    assert response.status_code == 200
    assert 'value="عرائض"' in content(response)
    assert '<a href="/ar/naql/" hreflang="ar"><mark>عريضة</mark> النقل</a>' in content(response)


def test_htmx_gets_the_results_alone(client, pages):
    whole = client.get("/fr/search/", {"q": "eau"})
    fragment = client.get("/fr/search/", {"q": "eau"}, headers={"HX-Request": "true"})
    restored = client.get("/fr/search/", {"q": "eau"}, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})

    assert "<html" in content(whole)
    assert "<html" in content(restored)
    assert "<html" not in content(fragment)
    assert "<form" not in content(fragment)
    assert "/fr/eau/" in content(fragment)
    assert "HX-Request" in whole["Vary"]


def test_a_hit_in_another_language_says_so_in_the_readers(client, pages):
    page = content(client.get("/ar/search/", {"q": "eau"}))
    with override("ar"):
        assert 'lang="fr" dir="ltr"' in page
    assert "hit__language" in page
    assert "hit__language" not in content(client.get("/fr/search/", {"q": "eau"}))


def test_titles_and_texts_are_escaped(client, pages):
    page = content(client.get("/fr/search/", {"q": "<script>alert(1)</script> eau"}))

    assert "<script" not in page
    assert "Pétition &lt;b&gt;<mark>eau</mark>&lt;/b&gt;" in page
    assert "L&#x27;<mark>eau</mark> &amp; la commune" in page


def test_facets_are_links_that_add_and_chips_that_remove(client, pages):
    page = content(client.get("/fr/search/", {"q": "eau", "language": "fr"}))

    assert 'aria-current="true"' in page
    assert 'href="/fr/search/?q=eau"' in page
    assert 'class="chip"' in page
    assert '<input type="hidden" form="search-form" name="language" value="fr">' in page


def test_pages_link_to_the_next_and_the_previous(client, index, site_root):
    for number in range(45):
        make_page(site_root, f"Budget {number}", language="fr")
    domain.drain()

    second = content(client.get("/fr/search/", {"q": "budget", "page": "2"}))
    beyond = content(client.get("/fr/search/", {"q": "budget", "page": "1000000000"}))

    assert 'rel="prev" href="/fr/search/?q=budget"' in second
    assert 'rel="next" href="/fr/search/?q=budget&amp;page=3"' in second
    assert 'rel="prev" href="/fr/search/?q=budget&amp;page=2"' in beyond
    assert 'rel="next"' not in beyond
    assert "search__notice" in beyond


def test_json_keeps_its_contract(client, pages):
    answer = client.get("/api/search/", {"q": "communes", "lang": "fr"}).json()

    assert {"total", "took_ms", "corrected", "facets", "hits"} <= set(answer)
    (hit,) = answer["hits"]
    assert set(hit) == {"id", "type", "language", "title", "url", "snippet", "score", "moments"}
    assert (hit["title"], hit["url"], hit["language"], hit["moments"]) == ("Pétition <b>eau</b>", "/fr/eau/", "fr", [])
    names = {facet["name"]: facet for facet in answer["facets"]}
    assert names["language"]["values"] == [
        {"value": "fr", "label": names["language"]["values"][0]["label"], "count": 1, "selected": False}
    ]


def test_the_readers_language_and_the_language_facet_are_two_things(client, pages):
    answer = client.get("/api/search/", {"lang": "ar", "language": "fr"}).json()

    assert [hit["language"] for hit in answer["hits"]] == ["fr"]


@pytest.mark.parametrize("address", ["/fr/search/", "/api/search/"])
@pytest.mark.parametrize("text", BAD_TEXTS, ids=lambda text: ascii(text[:12]))
def test_no_text_breaks_a_page(client, pages, address, text):
    text = text.encode("utf-8", "replace").decode()

    assert client.get(address, {"q": text, "theme": text, "page": text[:20], "sort": text, "lang": text}).status_code == 200


@pytest.mark.parametrize(
    "address", ["/fr/search/?q=%00%ff%ed%a0%80", "/api/search/?q=%ff&lang=%00", "/fr/search/?q=a&q=b&page=&page=-1"]
)
def test_no_bytes_break_a_page(client, pages, address):
    assert client.get(address).status_code == 200


def test_without_an_index_the_page_explains_and_nothing_breaks(client, index_dir, source, db):
    page = client.get("/fr/search/", {"q": "eau"})
    answer = client.get("/api/search/", {"q": "eau"})

    assert (page.status_code, answer.status_code) == (503, 503)
    assert "search__unavailable" in content(page)
    assert answer.json()["available"] is False
    assert client.get("/fr/search/", {"q": "eau"}, headers={"HX-Request": "true"}).status_code == 200


def test_only_reading_is_allowed(client, pages):
    assert client.post("/fr/search/", {"q": "eau"}).status_code == 405
    assert client.head("/fr/search/", {"q": "eau"}).status_code == 200
