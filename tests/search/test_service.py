"""A search shows what is public now, in the reader's language, whatever the index still holds."""

import datetime
import uuid

import pytest
from wagtail.models import Page, PageViewRestriction

from search import documents
from search.engines import Change, get_engine
from search.query import SearchQuery
from search.service import search
from tests.search.sources import make_page

KEYS = ("1" * 32, "2" * 32, "3" * 32)


def titles(text="", **options):
    return [hit.title for hit in search(SearchQuery(text, **options)).hits]


def test_a_published_page_is_found_after_the_commit(index, site_root, committed):
    with committed():
        make_page(site_root, "عريضة حول النقل المدرسي", slug="naql")

    (hit,) = search(SearchQuery("عرائض")).hits

    assert (hit.title, hit.language, hit.type, hit.url) == ("عريضة حول النقل المدرسي", "ar", "page", "/ar/naql/")
    assert hit.title_html == "<mark>عريضة</mark> حول النقل المدرسي"
    assert hit.object.slug == "naql"


@pytest.mark.parametrize("how", ["update", "delete", "restrict"])
def test_what_was_withdrawn_is_not_found_even_with_a_stale_index(index, site_root, committed, how):
    with committed():
        page = make_page(site_root, "Budget")
    stale = Page.objects.filter(pk=page.pk)

    if how == "update":
        stale.update(live=False)  # no signal, so the index does not know
    elif how == "delete":
        stale.delete()  # its commit, and with it the drain, never comes
    else:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    results = search(SearchQuery("budget"))
    assert get_engine().search(SearchQuery("budget")).total == 1
    assert (results.hits, results.total) == ((), 0)


def test_the_readers_language_is_shown_and_another_only_where_it_is_missing(index, site_root, committed):
    with committed():
        arabic = make_page(site_root, "ميزانية budget")
        make_page(site_root, "Budget local", language="fr", translation_of=arabic)
        make_page(site_root, "Budget seul", language="fr")

    assert sorted(titles("budget", language="fr")) == ["Budget local", "Budget seul"]
    assert sorted(titles("budget", language="ar")) == ["Budget seul", "ميزانية budget"]
    assert sorted(titles("budget", language="ar", filters={"language": ("fr",)})) == ["Budget local", "Budget seul"]


def test_a_withdrawn_translation_is_not_quoted_from_a_stale_index(index, site_root, committed):
    with committed():
        arabic = make_page(site_root, "ميزانية", "ملخص budget")
        french = make_page(site_root, "Budget", "Texte secret", language="fr", translation_of=arabic)
    Page.objects.filter(pk=french.pk).update(live=False)

    (hit,) = search(SearchQuery("budget", language="fr")).hits

    assert (hit.title, hit.language, hit.snippet) == ("ميزانية", "ar", "ملخص <mark>budget</mark>")


def test_the_number_of_queries_does_not_grow_with_the_hits(index, site_root, committed, django_assert_num_queries):
    with committed():
        make_page(site_root, "Budget 0", "eau")
    search(SearchQuery("budget"))  # Wagtail remembers its sites' root paths

    with django_assert_num_queries(3):  # what facilitators arranged, the view restrictions, the pages
        assert len(search(SearchQuery("budget")).hits) == 1
    with committed():
        for number in range(1, 12):
            make_page(site_root, f"Budget {number}", "eau")
    search(SearchQuery("budget"))

    with django_assert_num_queries(3):
        assert len(search(SearchQuery("budget")).hits) == 12


def test_a_missing_index_is_an_answer_and_the_log_says_what_to_do(index_dir, source, caplog):
    results = search(SearchQuery("budget"))

    assert (results.available, results.hits, results.facets) == (False, (), ())
    assert "search_rebuild" in caplog.text


def test_facets_have_labels_in_the_readers_language_and_their_own_order(index_dir, source, db):
    labels = {"roads": "Routes", "water": "Eau", "never": "Jamais"}
    documents.register_facet("theme", lambda language: {value: f"{label} {language}" for value, label in labels.items()})
    dated = [(("water",), datetime.date(2019, 1, 1)), (("water", "roads"), datetime.date(2020, 1, 1)), (("other",), None)]
    get_engine().rebuild(
        Change(key, 1, documents.Document(key, "page", (documents.Variant("fr", "x"),), {"theme": themes}, date))
        for key, (themes, date) in zip(map(str, map(uuid.UUID, KEYS)), dated, strict=True)
    )

    facets = {facet.name: facet for facet in search(SearchQuery("x", "fr", {"theme": ("water",)})).facets}

    assert [(v.value, v.label, v.count, v.selected) for v in facets["theme"].values] == [
        ("roads", "Routes fr", 1, False),
        ("water", "Eau fr", 2, True),
        ("other", "other", 1, False),
    ]
    assert [value.link for value in facets["theme"].values] == [
        "?q=x&theme=water&theme=roads",
        "?q=x",
        "?q=x&theme=water&theme=other",
    ]
    assert [value.value for value in facets["year"].values] == ["2020", "2019"]
    assert [value.count for value in facets["type"].values] == [2]


def test_a_chosen_value_without_results_stays_so_that_it_can_be_removed(index, source):
    (facet,) = search(SearchQuery("x", "fr", {"tag": ("gone",)})).facets

    assert [(value.value, value.count, value.selected, value.link) for value in facet.values] == [("gone", 0, True, "?q=x")]


def test_a_type_that_nobody_registers_any_more_is_not_shown(index, source):
    get_engine().apply([Change("a", 10**6, documents.Document("a", "forgotten", (documents.Variant("fr", "x"),)))])

    assert search(SearchQuery("x")).hits == ()
