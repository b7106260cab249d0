"""Words, phrases and exclusions find what they should."""

import pytest

from search.documents import Document, Variant
from search.query import SearchQuery
from tests.search.contract.making import document, keys


class WordsContract:
    """What matches, and what ranks above what."""

    def test_any_word_matches_and_more_words_rank_higher(self, indexed, found):
        indexed(document("one", body="pétition des jeunes"), document("both", body="pétition pour le transport"))

        assert found("pétition transport") == ["both", "one"]

    def test_a_word_in_the_title_ranks_above_the_same_word_in_the_text(self, indexed, found):
        indexed(document("text", "Autre chose ici", "le budget"), document("title", "Le budget", "autre chose ici"))

        assert found("budget") == ["title", "text"]

    @pytest.mark.parametrize(
        ("text", "language", "question"),
        [
            ("عريضة حول النقل", "ar", "عرائض"),
            ("عرائض المواطنين", "ar", "عريضة"),
            ("مدارس القرية", "ar", "مدرسة"),
            ("إصلاح الطريق", "ar", "طرق"),
            ("الجماعة الترابية", "ar", "والجماعات"),
            ("النَّقْلُ المَدْرَسِيّ", "ar", "النقل"),
            ("النقل المدرسي", "ar", "النَّقْل"),
            ("أكادير", "ar", "اڭادير"),
            ("سنة ٢٠٢٠", "ar", "2020"),
            ("Les pétitions déposées", "fr", "petition"),
            ("Les petitions deposees", "fr", "pétition déposée"),
            ("L’école rurale", "fr", "ecoles"),
            ("écoles rurales", "fr", "l'école"),
            ("ŒUVRE collective", "fr", "oeuvres"),
            ("Petitions of citizens", "en", "petition"),
            ("Accountable councils", "en", "COUNCIL"),
            ("جمعية Amal للتنمية", "ar", "amal"),
            ("ورشة communes رقمية", "ar", "commune"),
        ],
    )
    def test_spellings_and_forms_meet(self, indexed, found, text, language, question):
        indexed(document("right", text, language=language), document("wrong", "صفحة", language="ar"))

        assert found(question) == ["right"]

    def test_a_question_of_stop_words_alone_still_finds_them(self, indexed, found):
        indexed(
            document("right", body="to be or not to be", language="en"), document("wrong", body="something else", language="en")
        )

        assert found("to be") == ["right"]

    def test_stop_words_beside_others_find_nothing_of_their_own(self, indexed, found):
        indexed(document("right", body="budget de la commune"), document("wrong", body="la vie de la ville"))

        assert found("le budget de la commune") == ["right"]

    def test_all_languages_of_a_subject_lead_to_one_hit(self, indexed, found, engine):
        variants = (Variant("ar", "النقل المدرسي"), Variant("fr", "Transport scolaire"), Variant("en", "School transport"))
        indexed(Document("one", "practice", variants))

        assert found("النقل") == found("scolaires") == found("schools") == ["one"]
        assert engine.search(SearchQuery("transport")).total == 1

    def test_a_phrase_is_exact_and_in_order(self, indexed, found):
        indexed(
            document("right", body="le conseil communal vote"),
            document("turned", body="communal, le conseil"),
            document("plural", body="les conseils communaux"),
        )

        assert found('"conseil communal"') == ["right"]
        assert found("«conseil communal»") == ["right"]
        assert found('"Conseil  COMMUNAL!"') == ["right"]

    def test_a_phrase_does_not_run_from_one_field_into_the_next(self, indexed, found):
        indexed(document("one", "Conseil", "communal"))

        assert found('"conseil communal"') == []

    def test_words_beside_a_phrase_rank_and_the_phrase_is_required(self, indexed, found):
        indexed(
            document("a", body="conseil communal"), document("b", body="conseil communal budget"), document("c", body="budget")
        )

        assert found('budget "conseil communal"') == ["b", "a"]

    def test_where_nothing_holds_the_phrase_its_words_are_searched_and_it_is_said(self, indexed, engine):
        indexed(document("a", body="le conseil de la commune"), document("b", body="rien"))

        results = engine.search(SearchQuery('qui dirige "conseil commune"'))

        assert (keys(results), results.relaxed) == (["a"], True)
        assert keys(engine.search(SearchQuery('qu’est-ce que le "conseil commune"'))) == ["a"]
        assert not engine.search(SearchQuery('"conseil commune"')).hits

    def test_minus_leaves_out_a_word_in_all_its_forms(self, indexed, found):
        indexed(document("kept", body="budget de la ville"), document("out", body="budget des communes"))

        assert found("budget -commune") == ["kept"]
        assert found("budget -de") == ["out"]

    def test_minus_alone_lists_all_the_rest(self, indexed, found):
        indexed(document("kept", body="ville"), document("out", body="commune"))

        assert found("-commune") == ["kept"]

    def test_minus_leaves_out_a_phrase(self, indexed, found):
        indexed(document("kept", body="budget participatif voté"), document("out", body="budget de l'État"))

        assert found('budget -"budget de l’etat"') == ["kept"]

    def test_an_arabic_exclusion_does_not_reach_what_only_its_consonants_join(self, indexed, found):
        indexed(document("kept", "عريض", "شارع", language="ar"), document("out", "عرض", "شارع", language="ar"))

        assert found("شارع -عرض") == ["kept"]

    def test_a_hyphen_inside_a_word_excludes_nothing(self, indexed, found):
        indexed(document("one", body="un porte-parole"))

        assert found("porte-parole") == ["one"]
