"""Snippets show the words that answer, whole and escaped."""

import re

import pytest

from search.analysis import analyse_query
from search.documents import Variant
from search.highlight import SNIPPET_TOKENS, Highlighter
from search.query import parse


def snippet(question, text, language="fr", summary=""):
    return Highlighter(analyse_query(parse(question))).snippet(Variant(language, "Titre", summary, text))


@pytest.mark.parametrize(
    ("question", "text", "language", "expected"),
    [
        ("petition", "Une pétition, des PÉTITIONS.", "fr", "Une <mark>pétition</mark>, des <mark>PÉTITIONS</mark>."),
        ("l'ecole", "L’école rurale", "fr", "L’<mark>école</mark> rurale"),
        ("النقل", "قضية النَّقْلِ هنا", "ar", "قضية <mark>النَّقْلِ</mark> هنا"),
        ("عريضة", "وقّعوا العرائض كلها", "ar", "وقّعوا <mark>العرائض</mark> كلها"),
        ("مدرسة", "للمدارس حق", "ar", "<mark>للمدارس</mark> حق"),
        ('"conseil communal"', "conseil, conseil communal", "fr", "conseil, <mark>conseil</mark> <mark>communal</mark>"),
        ("to be", "to be or not", "en", "<mark>to</mark> <mark>be</mark> or not"),
        ("-eau ville", "eau de ville", "fr", "eau de <mark>ville</mark>"),
        ("petition", "petitioners wrote petitions", "en", "petitioners wrote <mark>petitions</mark>"),
    ],
)
def test_words_are_marked_whole_in_any_form(question, text, language, expected):
    assert snippet(question, text, language) == expected


def test_everything_but_the_marks_is_escaped():
    assert snippet("eau", "<b>eau</b> & <script>alert('eau')</script>") == (
        "&lt;b&gt;<mark>eau</mark>&lt;/b&gt; &amp; &lt;script&gt;alert(&#x27;<mark>eau</mark>&#x27;)&lt;/script&gt;"
    )


def test_the_passage_with_most_terms_is_chosen():
    filler = "mot " * 200
    text = f"eau {filler} eau potable {filler}"

    found = snippet("eau potable", text)

    assert "<mark>eau</mark> <mark>potable</mark>" in found
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert len(re.findall("mot", found)) <= SNIPPET_TOKENS


def test_the_summary_is_preferred_and_the_body_shown_where_only_it_answers():
    assert snippet("eau", "L'eau ici", summary="Résumé de l'eau") == "Résumé de l&#x27;<mark>eau</mark>"
    assert snippet("eau", "L'eau ici", summary="Un résumé") == "L&#x27;<mark>eau</mark> ici"
    assert snippet("feu", "L'eau ici", summary="Un résumé") == "Un résumé"


def test_a_text_without_words_is_shown_as_it_is():
    assert snippet("eau", "*** <***>") == "*** &lt;***&gt;"
    assert snippet("eau", "") == ""
