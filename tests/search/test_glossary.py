"""The glossary joins the three languages, and a change of it applies to the next question."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from search import curation, domain, glossary
from search.analysis import tokenise
from search.models import Curation, SynonymSet
from search.query import SearchQuery, parse
from search.service import search
from tests.search.sources import make_page

SCHOOL = {"ar": ["نقل مدرسي"], "fr": ["transport scolaire"], "en": ["school transport"]}
PETITION = {"ar": ["عريضة", "عرائض"], "fr": ["pétition"], "en": ["petition"]}


def added(text, *sets):
    return {" ".join(one.stems): one.weight for one in glossary.Glossary(sets).alternatives(parse(text))}


def stems(text, language):
    return " ".join(token.stem for token in tokenise(text, language) if token.stem)


def test_a_word_brings_those_of_the_other_languages_and_its_synonyms_less():
    assert added("العريضة", PETITION) == {
        stems("عرائض", "ar"): glossary.SAME_LANGUAGE,
        stems("petition", "en"): glossary.OTHER_LANGUAGE,
    }


@pytest.mark.parametrize("text", ["transports scolaires", "le transport scolaire rural", "Transport SCOLAIRE"])
def test_an_expression_is_met_as_a_whole_in_any_form(text):
    assert set(added(text, SCHOOL)) == {stems("نقل مدرسي", "ar"), stems("school transport", "en")}


@pytest.mark.parametrize("text", ["transport", "scolaire transport", '"transport scolaire"', "-transport scolaire", ""])
def test_a_part_another_order_a_phrase_or_an_exclusion_brings_nothing(text):
    assert added(text, SCHOOL) == {}


def test_the_longest_expression_wins():
    council = {"fr": ["conseil"], "en": ["council"]}
    communal = {"fr": ["conseil communal"], "ar": ["مجلس جماعي"]}

    assert set(added("conseils communaux", council, communal)) == {stems("مجلس جماعي", "ar")}
    assert set(added("conseil", council, communal)) == {"council"}


def test_words_that_only_share_a_stem_are_not_one_word():
    assert stems("publique", "fr") == stems("publication", "fr")
    assert added("publique", {"fr": ["publication"], "en": ["release"]}) == {}
    assert added("petite", PETITION) == {}


def test_the_shipped_glossary_is_large_trilingual_and_every_term_can_be_met():
    shipped = glossary.shipped()

    assert len(shipped) >= 80
    for code, terms in shipped.items():
        assert set(terms) == {"ar", "fr", "en"}, code
        SynonymSet(**{language: "\n".join(texts) for language, texts in terms.items()}).clean()
        for language, texts in terms.items():
            for text in texts:
                assert text == text.strip()
                assert stems(text, language), (code, text)
                assert ("\u0600" <= text[0] <= "\u06ff") == (language == "ar"), (code, text)


@pytest.mark.django_db
def test_loading_happens_once_and_leaves_what_facilitators_changed(monkeypatch):
    number = domain.load_glossary()
    SynonymSet.objects.get(code="petition").delete()
    SynonymSet.objects.filter(code="commune").update(fr="bourg")

    assert number == len(glossary.shipped())
    assert domain.load_glossary() == 0
    assert not SynonymSet.objects.filter(code="petition").exists()
    assert SynonymSet.objects.get(code="commune").fr == "bourg"

    monkeypatch.setattr(glossary, "shipped", lambda: {"new": SCHOOL, "petition": PETITION})
    assert domain.load_glossary() == 1
    assert SynonymSet.objects.get(code="new").terms()["fr"] == ("transport scolaire",)


@pytest.mark.django_db
def test_a_french_question_finds_an_arabic_page_as_soon_as_a_set_says_so_and_the_hit_says_its_language(
    index, site_root, committed
):
    domain.load_glossary()
    with committed():
        make_page(site_root, "الزليج في الساحة")
    assert search(SearchQuery("carrelages", "fr")).total == 0

    words = SynonymSet.objects.create(ar="زليج", fr="carrelage")
    (hit,) = search(SearchQuery("carrelages", "fr")).hits
    assert (hit.language, str(hit.title_html)) == ("ar", "<mark>الزليج</mark> في الساحة")

    words.ar = "فسيفساء"
    words.save()
    assert search(SearchQuery("carrelages", "fr")).total == 0
    words.delete()
    assert "carrelages" not in str(search(SearchQuery("carrelages", "fr")).hits)


@pytest.mark.django_db
def test_the_readers_own_words_come_before_those_of_the_glossary(index, site_root, committed):
    with committed():
        make_page(site_root, "عريضة")
        make_page(site_root, "Pétition", language="fr")

    assert [hit.title for hit in search(SearchQuery("pétition", "fr")).hits] == ["Pétition", "عريضة"]
    assert [hit.title for hit in search(SearchQuery("عريضة", "ar")).hits] == ["عريضة", "Pétition"]


@pytest.mark.django_db
def test_an_expression_of_the_glossary_is_marked_where_it_stands(index, site_root, committed):
    with committed():
        make_page(site_root, "تعميم النقل المدرسي بالدواوير")

    (hit,) = search(SearchQuery("transport scolaire", "fr")).hits
    assert hit.title_html == "تعميم <mark>النقل</mark> <mark>المدرسي</mark> بالدواوير"


@pytest.mark.django_db
def test_what_a_transaction_took_back_is_not_remembered():
    domain.load_glossary()
    try:
        with transaction.atomic():
            SynonymSet.objects.create(ar="زليج", fr="carrelage")
            assert glossary.current(curation.token()).alternatives(parse("carrelage"))
            raise RuntimeError
    except RuntimeError:
        pass

    assert not glossary.current(curation.token()).alternatives(parse("carrelage"))


@pytest.mark.parametrize("fields", [{}, {"fr": "seul"}, {"fr": " \n"}, {"fr": "\n".join(map(str, range(50)))}])
def test_a_set_that_joins_nothing_or_too_much_is_refused(fields):
    with pytest.raises(ValidationError):
        SynonymSet(**fields).clean()


@pytest.mark.django_db
def test_the_token_is_one_row():
    curation.touch()
    first = curation.token()
    curation.touch()

    assert Curation.objects.count() == 1
    assert curation.token() not in ("", first)
