"""Suggestions from the second letter: public titles, values of facets, and what apps offer."""

import pytest
from wagtail.models import Page, PageViewRestriction

from search import documents
from search.completion import LIMIT, Suggestion, matches, register_completions, suggest, words_of
from tests.search.sources import make_page

URL = "/fr/search/"


def texts(text, language="fr"):
    return [one.text for one in suggest(text, language, URL)]


@pytest.fixture
def pages(index, site_root, committed):
    with committed():
        arabic = make_page(site_root, "عريضة النقل")
        make_page(site_root, "Pétition transport", language="fr", slug="transport", translation_of=arabic)
        make_page(site_root, "Budget", language="fr")


def test_titles_are_suggested_from_the_second_letter_in_the_language_that_is_written(pages):
    (found,) = suggest("pét", "fr", URL)
    assert found == Suggestion("Pétition transport", "/fr/transport/", found.label, "fr")
    assert found.label
    assert texts("p") == []
    assert texts("") == []
    assert texts("PETITION tr") == ["Pétition transport"]
    assert texts("عري") == ["عريضة النقل"]
    assert suggest("عري", "fr", URL)[0].direction == "rtl"


def test_what_was_withdrawn_is_not_suggested_even_with_a_stale_index(pages):
    Page.objects.filter(title="Budget").update(live=False)

    assert texts("budg") == []


def test_a_title_that_was_withdrawn_is_not_replaced_by_that_of_another_language(pages):
    Page.objects.filter(title="Pétition transport").update(live=False)

    assert texts("pét") == []
    assert texts("عري") == ["عريضة النقل"]


@pytest.mark.parametrize("level", ["page", "above"])
def test_what_only_some_may_read_is_not_suggested(pages, level, site_root):
    page = Page.objects.get(title="Budget")
    place = page if level == "page" else page.get_parent()
    PageViewRestriction.objects.create(page=place, restriction_type=PageViewRestriction.LOGIN)

    assert texts("budg") == []


def test_the_title_of_a_draft_is_not_suggested_before_it_is_published(pages, committed):
    page = Page.objects.get(title="Budget")
    page.title = "Budget secret"
    with committed():
        page.save_revision()

    assert (texts("budg"), texts("secret")) == (["Budget"], [])


def test_values_of_facets_lead_to_their_search(pages):
    documents.register_facet("region", lambda language: {"MA-09": "سوس ماسة" if language == "ar" else "Souss-Massa"})

    assert suggest("sous", "fr", URL)[0].url == "/fr/search/?region=MA-09"
    assert texts("mas") == ["Souss-Massa"]
    assert texts("ماس", "ar") == ["سوس ماسة"]


def test_apps_offer_their_own_and_one_that_fails_hides_no_other(pages, caplog):
    def broken(text, language, limit):
        raise RuntimeError("broken")

    register_completions("broken", broken)
    register_completions("tags", lambda text, language, limit: (Suggestion(f"{text}{n}", f"/{n}/") for n in range(100)))

    found = texts("budg")
    assert found[0] == "Budget"
    assert found[1:] == ["budg0", "budg1", "budg2"]
    assert "broken" in caplog.text


def test_never_more_than_fit_and_never_twice_the_same(pages, site_root, committed):
    with committed():
        for number in range(20):
            make_page(site_root, f"Eau {number}", language="fr")
    register_completions("same", lambda text, language, limit: [Suggestion("Une", "/x/"), Suggestion("Deux", "/x/")])

    assert len(texts("eau")) == LIMIT
    assert texts("eau")[-1] == "Une"


def test_without_an_index_the_others_answer(index_dir, source, db):
    register_completions("tags", lambda text, language, limit: [Suggestion("tag", "/t/")])

    assert texts("ta") == ["tag"]


@pytest.mark.parametrize(
    ("text", "label", "language"), [("نق", "النقل", "ar"), ("النق", "النقل", "ar"), ("eco", "L'École", "fr")]
)
def test_words_go_on_with_or_without_article_and_accents(text, label, language):
    assert matches(words_of(text, language), label, language)
    assert not matches(words_of(text, language), "autre", language)


@pytest.mark.usefixtures("search_site")
@pytest.mark.parametrize("text", ["bu", "", "\x00", '"', "*", "x" * 10_000, "<script>", "%", "ـــ"])
def test_json_for_any_text(client, pages, text):
    response = client.get("/fr/search/suggest/", {"q": text})

    assert response.status_code == 200
    assert set(response.json()) == {"suggestions", "status"}
    if text == "bu":
        (found,) = response.json()["suggestions"]
        assert (found["text"], found["direction"]) == ("Budget", "ltr")
        assert response.json()["status"]
