"""A saved search is an Atom feed: stable, newest first, never of what is not public."""

import datetime
from xml.etree import ElementTree

import pytest
from wagtail.models import Page

from search import documents
from search.documents import Document, Variant
from search.engines import Change, get_engine
from tests.search.sources import TalkSource, make_page

pytestmark = pytest.mark.usefixtures("search_site")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def pages(index, site_root, committed):
    with committed():
        for number in (2, 3, 1):
            page = make_page(site_root, f"Budget <{number}>", "L'eau & le budget", language="fr", slug=f"b{number}")
            page.first_published_at = page.last_published_at = datetime.datetime(2020, 11, number, 12, tzinfo=datetime.UTC)
            page.save()


def feed(client, **parameters):
    response = client.get("/fr/search/feed/", parameters)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def test_entries_are_the_newest_first_with_what_a_reader_needs(client, pages):
    root = feed(client, q="budget")
    entries = root.findall(f"{ATOM}entry")

    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Budget <3>", "Budget <2>", "Budget <1>"]
    assert entries[0].findtext(f"{ATOM}updated") == "2020-11-03T12:00:00+00:00"
    assert entries[0].findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert entries[0].find(f"{ATOM}link").get("href") == "http://testserver/fr/b3/"
    assert "<mark>budget</mark>" in entries[0].findtext(f"{ATOM}summary")
    assert root.findtext(f"{ATOM}updated") == "2020-11-03T12:00:00+00:00"
    assert {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")} == {
        "alternate": "http://testserver/fr/search/?q=budget",
        "self": "http://testserver/fr/search/feed/?q=budget",
    }


def test_the_newest_publications_are_found_among_many_that_have_newer_dates(client, index_dir, registry, db):
    """Something old that was published today is news; hundreds of newer dates do not hide it."""
    documents.register(TalkSource())
    today = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    ancient = dated(datetime.date(1999, 1, 1), today, "old")
    others = (dated(today.date(), today - datetime.timedelta(days=n), f"{n:03}") for n in range(1, 300))
    get_engine().rebuild(Change(document.key, 1, document) for document in (*others, ancient))

    entries = feed(client, q="budget").findall(f"{ATOM}entry")

    identifiers = [entry.findtext(f"{ATOM}id").removeprefix("urn:uuid:") for entry in entries]
    assert identifiers == ["old", *(f"{n:03}" for n in range(1, 50))]
    assert entries[0].findtext(f"{ATOM}published") == "2026-03-01T00:00:00+00:00"
    moments = [entry.findtext(f"{ATOM}published") for entry in entries]
    assert moments == sorted(moments, reverse=True)


def dated(date, published_at, key):
    return Document(key, "session", (Variant("fr", "Budget"),), {}, date, published_at=published_at)


def test_a_translation_is_no_news_but_tells_when_it_changed(client, index, site_root, committed):
    first, later = (datetime.datetime(2024, month, 1, tzinfo=datetime.UTC) for month in (1, 9))
    with committed():
        arabic = make_page(site_root, "ميزانية budget")
        french = make_page(site_root, "Budget", language="fr", translation_of=arabic)
        for page, moment in ((arabic, first), (french, later)):
            page.first_published_at = page.last_published_at = moment
            page.save()

    (entry,) = feed(client, q="budget").findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Budget"
    assert entry.findtext(f"{ATOM}published") == first.isoformat()
    assert entry.findtext(f"{ATOM}updated") == later.isoformat()


def test_page_and_order_are_no_part_of_a_saved_search_and_filters_are(client, pages):
    plain = client.get("/fr/search/feed/", {"q": "budget"}).content

    assert client.get("/fr/search/feed/", {"q": "budget", "page": "2", "sort": "discussion"}).content == plain
    assert feed(client, q="budget", type="session").findall(f"{ATOM}entry") == []


def test_a_reader_who_has_it_is_told_so(client, pages):
    first = client.get("/fr/search/feed/", {"q": "budget"})

    again = client.get("/fr/search/feed/", {"q": "budget"}, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_what_was_withdrawn_is_no_entry(client, pages):
    Page.objects.filter(slug="b2").update(live=False)

    assert len(feed(client, q="budget").findall(f"{ATOM}entry")) == 2


def test_the_page_names_its_feed(client, pages):
    page = client.get("/fr/search/", {"q": "budget", "language": "fr", "sort": "date"}).content.decode()

    assert 'href="/fr/search/feed/?q=budget&amp;language=fr"' in page


def test_without_an_index_the_feed_asks_to_come_back(client, index_dir, source, db):
    response = client.get("/fr/search/feed/", {"q": "budget"})

    assert (response.status_code, response["Retry-After"]) == (503, "300")


@pytest.mark.parametrize("text", ["\x00", '"', "\ud800", "\x0b\x1f", "]]>", "🙂"])
def test_any_text_makes_a_well_formed_feed(client, pages, text):
    assert feed(client, q=text.encode("utf-8", "replace").decode()).tag.endswith("feed")
