"""What is asked is counted, with nothing about who asks, and forgotten in time."""

import datetime
import threading

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from search import counting, domain
from search.counting import QueryCounter, countable
from search.models import QueryCount
from search.query import SearchQuery
from tests.search.sources import make_page

pytestmark = pytest.mark.django_db


def rows():
    return sorted(QueryCount.objects.values_list("language", "text", "count", "results"))


@pytest.mark.usefixtures("search_site")
def test_searches_are_counted_by_their_normalised_words_with_the_last_number_of_results(client, index, site_root, committed):
    client.get("/fr/search/", {"q": "Pétitions, locales"})
    client.get("/api/search/", {"q": "petitions locales", "lang": "fr"})
    with committed():
        make_page(site_root, "Pétition locale", language="fr")
    client.get("/fr/search/", {"q": "pétitions LOCALES"})
    client.get("/ar/search/", {"q": "عَريضة"})

    assert rows() == [("ar", "عريضه", 1, 1), ("fr", "petitions locales", 3, 1)]
    assert {row.day for row in QueryCount.objects.all()} == {timezone.localdate()}


def test_a_row_has_nothing_about_a_person():
    assert {field.name for field in QueryCount._meta.get_fields()} == {"id", "day", "language", "text", "results", "count"}


@pytest.mark.parametrize(
    "query",
    [
        SearchQuery(""),
        SearchQuery("?!"),
        SearchQuery("eau", page=2),
        SearchQuery("eau", filters={"type": ("page",)}),
        SearchQuery("amina@example.org"),
        SearchQuery("06 12 34 56 78"),
        SearchQuery("٠٦١٢٣٤٥٦٧٨"),
        SearchQuery("0612345678"),
        SearchQuery("AB123456"),
        SearchQuery("https://example.org/x"),
        SearchQuery("x" * 50 + " " + "y" * 60),
    ],
    ids=lambda query: query.text[:12],
)
def test_refinements_and_what_may_name_someone_are_not_counted(query):
    assert countable(query) == ""


def test_years_are_no_telephone_number():
    assert countable(SearchQuery("budget 2020 2021")) == "budget 2020 2021"


def test_counts_are_written_beside_the_requests(settings):
    settings.SEARCH_COUNT_SECONDS = 3600
    counter = QueryCounter()
    for _time in range(3):
        counter.count(SearchQuery("eau", "fr"), 2)
    assert rows() == []
    counter._timer.cancel()

    counter.flush()
    counter.flush()
    assert rows() == [("fr", "eau", 3, 2)]


def test_after_a_second_a_thread_writes(settings, monkeypatch):
    settings.SEARCH_COUNT_SECONDS = 0.01
    written = threading.Event()
    counter = QueryCounter()
    monkeypatch.setattr(counter, "flush", written.set)
    counter.count(SearchQuery("eau", "fr"), 2)

    assert written.wait(10)


def test_a_database_that_fails_breaks_no_search(monkeypatch, caplog):
    def fail(*row):
        raise DatabaseError("locked")

    monkeypatch.setattr(counting, "_write", fail)
    QueryCounter().count(SearchQuery("eau", "fr"), 2)

    assert "locked" in caplog.text


def test_a_day_has_a_limit(monkeypatch):
    monkeypatch.setattr(counting, "MAX_A_DAY", 3)
    counter = QueryCounter()
    for number in range(10):
        counter.count(SearchQuery(f"eau {number}", "fr"), 0)
    counter.count(SearchQuery("eau 0", "fr"), 0)

    assert rows() == [("fr", "eau 0", 2, 0), ("fr", "eau 1", 1, 0), ("fr", "eau 2", 1, 0)]


def test_what_is_old_is_forgotten_by_the_sync_and_by_the_first_question_of_a_day(index):
    def put(days):
        QueryCount.objects.create(
            day=timezone.localdate() - datetime.timedelta(days=days), language="fr", text=f"{days}", count=1
        )

    put(domain.KEPT_DAYS)
    put(domain.KEPT_DAYS + 1)
    call_command("search_sync", verbosity=0)
    assert [row.text for row in QueryCount.objects.all()] == ["90"]

    put(domain.KEPT_DAYS + 1)
    QueryCounter().count(SearchQuery("eau", "fr"), 0)
    assert {row.text for row in QueryCount.objects.all()} == {"90", "eau"}
