"""Unknown words are corrected, said, and refusable."""

import pytest

from search.analysis.characters import normalise
from search.preparation import prepare
from search.query import SearchQuery, rewritten
from search.service import search
from tests.search.sources import make_page


class Speller:
    """An engine that knows one correction."""

    def __init__(self, **better):
        self.better = better
        self.asked = []

    def correct(self, words):
        self.asked += words
        return {word: self.better[word] for word in words if word in self.better}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("bugdet local", "budget local"),
        ("  Bugdét,  local ", "budget,  local"),
        ("l'bugdet", "l'budget"),
        ('bugdet "bugdet local" -bugdet', 'budget "bugdet local" -bugdet'),
        ("« bugdet » bugdet", "« bugdet » budget"),
        ("budget", ""),
        ('"bugdet"', ""),
        ("-bugdet", ""),
    ],
)
def test_only_plain_words_are_corrected_where_they_stand(text, corrected):
    prepared = prepare(SearchQuery(text, "fr"), Speller(bugdet="budget"))

    assert prepared.corrected == corrected
    assert prepared.query.text == (corrected or SearchQuery(text).text)


@pytest.mark.django_db
def test_an_exact_question_and_a_word_of_the_glossary_are_not_corrected():
    speller = Speller(bugdet="budget", petition="partition")

    assert prepare(SearchQuery("bugdet", exact=True), speller).corrected == ""
    assert prepare(SearchQuery("Pétitions bugdet"), speller).corrected == "Pétitions budget"
    assert speller.asked == ["bugdet"]


def test_rewriting_leaves_everything_else_as_it_is():
    assert rewritten('a "b c" -d  «e» f', str.upper) == 'A "b c" -d  «e» F'


@pytest.mark.usefixtures("search_site")
def test_the_page_says_what_it_searched_and_how_to_search_what_was_written(client, index, site_root, committed):
    with committed():
        make_page(site_root, "Budget local", language="fr")

    page = client.get("/fr/search/", {"q": "bugdet"}).content.decode()
    assert "<strong>budget</strong>" in page
    assert 'href="/fr/search/?q=bugdet&amp;exact=1"' in page
    assert 'value="bugdet"' in page
    assert "<mark>Budget</mark> local" in page

    assert client.get("/api/search/", {"q": "bugdet", "lang": "fr"}).json()["corrected"] == "budget"
    exact = client.get("/api/search/", {"q": "bugdet", "lang": "fr", "exact": "1"}).json()
    assert (exact["corrected"], exact["total"]) == ("", 0)


def test_arabic_words_are_corrected_too(index, site_root, committed):
    with committed():
        make_page(site_root, "الديمقراطية التشاركية")

    results = search(SearchQuery("الديمقراطبة"))
    assert (normalise(results.corrected), results.total) == (normalise("الديمقراطية"), 1)
