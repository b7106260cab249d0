"""What facilitators promote stands first, marked, while it is public."""

import pytest
from wagtail.models import Page, PageViewRestriction

from search.models import PromotedResult
from search.query import SearchQuery
from search.service import search
from tests.search.sources import make_page


@pytest.fixture
def pages(index, site_root, committed):
    with committed():
        chosen = make_page(site_root, "الدليل", "دليل المشاركة", slug="guide")
        make_page(site_root, "Guide", "Participer", language="fr", slug="guide", translation_of=chosen)
        for number in range(3):
            make_page(site_root, f"Comment participer {number}", language="fr")
    return PromotedResult.objects.create(words="comment participer\nكيف أشارك", page=chosen)


def asked(text="comment participer", language="fr", **options):
    results = search(SearchQuery(text, language, **options))
    return [hit.title for hit in results.promoted], [hit.title for hit in results.hits]


@pytest.mark.parametrize("text", ["comment participer", "Participer, comment", "PARTICIPER"])
def test_it_is_shown_first_in_the_readers_language_and_only_once(pages, text):
    promoted, hits = asked(text)

    assert promoted == ["Guide"]
    assert len(hits) == 3
    assert "Guide" not in hits


def test_arabic_questions_too(pages):
    assert asked("كيف أشارك؟", "ar")[0] == ["الدليل"]


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("participer budget", {}),
        ("budget", {}),
        ('"comment participer"', {}),
        ("comment participer", {"filters": {"language": ("fr",)}}),
        ("comment participer", {"sort": "date"}),
        ("comment participer", {"page": 2, "page_size": 2}),
        ("comment participer", {"fixed": {"type": ("practice",)}}),
        ("", {}),
    ],
)
def test_other_questions_and_narrowed_ones_do_not_have_it(pages, text, options):
    assert asked(text, **options)[0] == []


def test_it_follows_the_page_and_the_desk_at_once(pages):
    Page.objects.filter(title="Guide").update(live=False)
    assert asked()[0] == ["الدليل"]
    Page.objects.filter(title="الدليل").update(live=False)
    assert asked()[0] == []

    Page.objects.filter(title="Guide").update(live=True)
    assert asked()[0] == ["Guide"]
    pages.delete()
    assert asked()[0] == []


def test_what_only_some_may_read_is_not_shown_first(pages):
    page = Page.objects.get(title="Guide")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert asked()[0] == ["الدليل"]
    PageViewRestriction.objects.create(page=pages.page, restriction_type=PageViewRestriction.PASSWORD, password="x")
    assert asked()[0] == []


@pytest.mark.usefixtures("search_site")
def test_page_and_json_mark_it(client, pages):
    page = client.get("/fr/search/", {"q": "comment participer"}).content.decode()
    answer = client.get("/api/search/", {"q": "comment participer", "lang": "fr"}).json()

    assert page.index('class="promoted"') < page.index(">Guide<") < page.index("<mark>participer</mark> 0")
    assert [hit["title"] for hit in answer["promoted"]] == ["Guide"]
    assert "Guide" not in [hit["title"] for hit in answer["hits"]]


@pytest.mark.usefixtures("search_site")
def test_one_that_is_all_there_is_is_no_empty_answer(client, pages):
    pages.words = "introuvable"
    pages.save()

    page = client.get("/fr/search/", {"q": "introuvable", "exact": "1"}).content.decode()
    assert ">Guide<" in page
    assert "search__empty" not in page
