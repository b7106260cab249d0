"""Collections: the editors' order and reasons, each practice in the reader's language, only what is public."""

import pytest
from bs4 import BeautifulSoup

from search.domain import drain
from search.query import SearchQuery
from search.service import search
from tests.factories import CollectionPageFactory, PracticePageFactory


def shown(client, collection):
    main = BeautifulSoup(client.get(collection.url).content, "html.parser").main
    return [(one.h2.get_text(strip=True), one.find(class_="collection__reason")) for one in main(class_="collection__one")]


def test_practices_stand_in_the_editors_order_with_the_reason(client, portal_site):
    library = portal_site.libraries["en"]
    first, second, draft = (PracticePageFactory(parent=library, live=live) for live in (True, True, False))
    collection = CollectionPageFactory(parent=library, practices=[(second, "Read it first"), (first, ""), (draft, "Not yet")])
    (title, reason), (other, none) = shown(client, collection)
    assert (title, other, none) == (second.title, first.title, None)
    assert "Read it first" in reason.get_text()


def test_each_practice_is_in_the_reader_s_language(client, portal_site):
    arabic = PracticePageFactory(parent=portal_site.libraries["ar"])
    english = PracticePageFactory(parent=portal_site.libraries["en"], translation_of=arabic)
    only_arabic = PracticePageFactory(parent=portal_site.libraries["ar"])
    collection = CollectionPageFactory(parent=portal_site.libraries["en"], practices=[(arabic, ""), (only_arabic, "")])
    assert [title for title, _reason in shown(client, collection)] == [english.title, only_arabic.title]


def test_the_library_leads_to_collections_in_the_reader_s_language_only_once(client, portal_site):
    arabic = CollectionPageFactory(parent=portal_site.libraries["ar"])
    english = CollectionPageFactory(parent=portal_site.libraries["en"], translation_of=arabic)
    CollectionPageFactory(parent=portal_site.libraries["en"], live=False)
    ways = BeautifulSoup(client.get("/en/practices/").content, "html.parser").find(class_="library-ways")
    assert [link.get_text(strip=True) for link in ways("a", hreflang=True)] == [english.title]


def test_a_collection_is_found_among_the_pages(portal_site, committed):
    with committed():
        CollectionPageFactory(parent=portal_site.libraries["en"], title="Lanterns", introduction="<p>Streetlights</p>")
    drain()
    for words in ("lanterns", "streetlights"):
        hits = search(SearchQuery(text=words, language="en")).hits
        assert [(hit.type, hit.title) for hit in hits] == [("page", "Lanterns")]


@pytest.mark.parametrize("number", [1, 8])
def test_a_collection_costs_the_same_however_long(client, portal_site, number, django_assert_num_queries):
    library = portal_site.libraries["en"]
    pages = PracticePageFactory.create_batch(number, parent=library)
    collection = CollectionPageFactory(parent=library, practices=[(page, "why") for page in pages])
    client.get(collection.url)
    with django_assert_num_queries(16):
        client.get(collection.url)
