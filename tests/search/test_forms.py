"""Any address is a search: what cannot be meant is left out, and said."""

import pytest
from django.http import QueryDict

from search import documents
from search.forms import SearchForm
from search.query import SearchQuery

pytestmark = pytest.mark.usefixtures("registry")


def form(address, **options):
    return SearchForm(QueryDict(address), language="fr", **options)


def test_parameters_become_a_query():
    read = form("q=eau&type=practice&theme=a&theme=b&theme=a&year=2020&sort=date&page=3")

    assert read.query == SearchQuery(
        "eau", "fr", {"type": ("practice",), "theme": ("a", "b"), "year": ("2020",)}, sort="date", page=3
    )
    assert read.notices == ()


@pytest.mark.parametrize(
    "address",
    [
        "page=0",
        "page=-1",
        "page=x",
        "page=1.5",
        "page=%D9%A3",
        f"page={'9' * 5000}a",
        "sort=x",
        "type=nonsense",
        "language=de",
        "year=20",
        "year=%00",
        "year=-2020",
        f"tag={'x' * 500}",
        f"q={'x' * 10_000}",
        "&".join(f"tag={number}" for number in range(100)),
    ],
)
def test_what_cannot_be_meant_falls_back_with_a_notice(address):
    read = form(address)

    assert (read.query.page, read.query.sort) == (1, "relevance")
    assert all(len(values) <= 50 for values in read.query.filters.values())
    assert set(read.query.filters) <= {"tag"}
    assert len(read.notices) == 1


@pytest.mark.parametrize("address", ["page=", "q=&type=&sort=", "unknown=1", "q=%00%ED%A0%80", f"page={'9' * 5000}", "q=%22"])
def test_what_says_nothing_is_silently_left_out(address):
    read = form(address)

    assert read.notices == ()
    assert not read.query.filters
    "".join(read.query.text).encode()


def test_a_value_without_label_is_unknown_where_there_are_labels():
    documents.register_facet("theme", lambda language: {"water": f"Eau ({language})"})

    read = form("theme=water&theme=fire&tag=anything")

    assert read.query.filters == {"theme": ("water",), "tag": ("anything",)}
    assert len(read.notices) == 1


def test_what_the_page_fixes_cannot_be_changed_by_the_address():
    read = form("type=session&theme=a", fixed={"type": ("practice",)})

    assert (read.query.fixed, read.query.filters) == ({"type": ("practice",)}, {"theme": ("a",)})
    assert read.query.query_string() == "?theme=a"


def test_a_plain_mapping_can_be_read_too():
    assert SearchForm({"q": "eau", "theme": ["a", "b"]}, language="ar").query.filters == {"theme": ("a", "b")}


def test_addresses_say_the_query_back():
    query = SearchQuery("é & à", "fr", {"theme": ("a",), "type": ("page",)}, sort="date", page=2)

    assert form(query.query_string()[1:]).query == query
    assert query.toggled("theme", "b").query_string() == "?q=%C3%A9+%26+%C3%A0&type=page&theme=a&theme=b&sort=date"
    assert query.toggled("theme", "a").toggled("type", "page").query_string() == "?q=%C3%A9+%26+%C3%A0&sort=date"


def test_the_display_language_follows_the_language_facet():
    assert SearchQuery(language="ar").display_language == "ar"
    assert SearchQuery(language="ar", filters={"language": ("fr", "ar")}).display_language == "ar"
    assert SearchQuery(language="ar", filters={"language": ("fr",)}).display_language == "fr"
