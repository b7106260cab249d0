"""The glossary, speech, corrections and completions."""

import pytest

from search.analysis import Alternative
from search.documents import Cue, Document, Variant
from search.engines import Change, Completion
from search.query import SearchQuery
from tests.search.contract.making import document, stems_of


class HelpingContract:
    """What helps those who do not write the words of the text."""

    def test_what_the_glossary_adds_is_found_and_ranks_below_the_readers_words(self, indexed, found):
        indexed(
            document("own", body="une pétition"),
            document("other", body="عريضة المواطنين", language="ar"),
            document("none", "rien"),
        )
        added = (Alternative(stems_of("عريضة", "ar")),)

        assert found("pétition", alternatives=added) == ["own", "other"]
        assert found("pétition") == ["own"]

    def test_an_expression_of_the_glossary_is_its_words_one_after_the_other(self, indexed, found):
        indexed(
            document("right", body="le transport scolaire rural"),
            document("turned", body="une année scolaire, un transport"),
            document("half", body="le transport"),
        )

        assert found("bus", alternatives=(Alternative(stems_of("transport scolaire", "fr")),)) == ["right"]

    def test_the_glossary_does_not_widen_a_phrase_nor_an_exclusion(self, indexed, found):
        indexed(document("a", body="le bus scolaire"), document("b", body="transport"), document("c", body="bus transport privé"))
        added = (Alternative(stems_of("transport", "fr")),)

        assert found('bus "bus scolaire"', alternatives=added) == ["a"]
        assert sorted(found("bus -privé", alternatives=added)) == ["a", "b"]

    def test_what_is_said_is_found_and_comes_back_with_its_moments(self, indexed, engine, found):
        cues = (Cue(12.5, "on parle d'irrigation", "/s/#t=12"), Cue(40.0, "puis de budget", "/s/#t=40"))
        indexed(Document("a", "session", (Variant("fr", "Jour deux", cues=cues),)))

        (hit,) = engine.search(SearchQuery("irrigations")).hits

        assert hit.variants[0].cues == cues
        indexed(Document("a", "session", (Variant("fr", "Jour deux"),)))
        assert found("irrigation") == []

    @pytest.mark.parametrize(
        ("text", "language", "asked", "meant"),
        [
            ("les pétitions citoyennes", "fr", "petitoins", "pétitions"),  # two letters exchanged
            ("le règlement intérieur", "fr", "reglment", "règlement"),  # one left out
            ("la commune", "fr", "comnune", "commune"),  # one replaced
            ("accountability of councils", "en", "accuontabilityy", "accountability"),  # two errors in a long word
            ("الديمقراطية التشاركية", "ar", "الديمفراطيه", "الديمقراطية"),
            ("عَرِيضَة المواطنين", "ar", "عرضضه", "عريضة"),
            ("مدرسة القرية", "ar", "مدرصه", "مدرسة"),
        ],
    )
    def test_an_unknown_word_is_corrected_to_one_of_the_index_as_it_is_written(
        self, indexed, engine, text, language, asked, meant
    ):
        indexed(document("a", text, language=language))

        assert engine.correct([asked]) == {asked: meant}

    def test_known_words_and_their_forms_are_left_alone(self, indexed, engine):
        indexed(document("a", "pétitions citoyennes des communes"), document("b", "petitions", language="en"))

        assert engine.correct(["petition", "petitions", "citoyenne", "communes"]) == {}

    @pytest.mark.parametrize("asked", ["maire", "port", "xyzzyx", "2021", "", "\ud800", "a" * 5_000, "commo", "كممونة"])
    def test_a_word_is_not_corrected_to_a_stranger(self, indexed, engine, asked):
        indexed(document("a", "faire du sport dans la commune en 2020"))

        assert engine.correct([asked]) == {}

    def test_the_nearest_word_wins_then_the_most_frequent(self, indexed, engine):
        indexed(document("a", "formation"), document("b", "fondation"), document("c", "fondation, formations"))

        assert engine.correct(["foldation", "forrations"]) == {"foldation": "fondation", "forrations": "formations"}

    def test_corrections_follow_the_index(self, indexed, engine):
        indexed(document("a", "irrigation"))
        assert engine.correct(["irrigetion"]) == {"irrigetion": "irrigation"}

        indexed(document("a", "navigation"))
        assert engine.correct(["irrigetion"]) == {}
        assert engine.correct(["navigetion"]) == {"navigetion": "navigation"}

        engine.rebuild([Change("b", 10_000, document("b", "médiation"))])
        assert engine.correct(["navigetion", "mediatoin"]) == {"mediatoin": "médiation"}

    def test_titles_complete_from_the_second_letter_by_all_their_words(self, indexed, engine):
        indexed(document("a", "Le transport scolaire", "bus"), document("b", "Transports ruraux"), document("c", "Le budget"))

        def completed(text):
            return {one.key for one in engine.complete(text, "fr")}

        assert completed("tr") == completed("TRANSP") == {"a", "b"}
        assert completed("transport sco") == completed("sco tran") == {"a"}
        assert completed("t") == completed("bus") == completed("") == completed("ransport") == set()

    @pytest.mark.parametrize("text", ["العر", "عر", "عَرِ", "عريضه", "المواط عري", "مواطنين"])
    def test_arabic_titles_complete_with_or_without_article_and_marks(self, indexed, engine, text):
        indexed(document("a", "العَريضة والمواطنين", language="ar"), document("b", "التقرير", language="ar"))

        assert engine.complete(text, "ar") == (Completion("a", "page", "العَريضة والمواطنين", "ar"),)

    def test_the_readers_language_comes_first_and_each_subject_once(self, indexed, engine):
        both = (Variant("fr", "Mobilité"), Variant("en", "Mobility for all"))
        indexed(Document("a", "practice", both), document("b", "Mobilisation"), document("c", "Mob", language="en"))

        assert [(one.key, one.language) for one in engine.complete("mob", "en")] == [("c", "en"), ("a", "en"), ("b", "fr")]
        assert len(engine.complete("mob", "en", limit=2)) == 2
        assert engine.complete("mob", "en", limit=0) == ()

    def test_completions_follow_the_index(self, indexed, engine):
        indexed(document("a", "Ancien titre"))
        indexed(document("a", "Nouveau titre"))

        assert (engine.complete("anc", "fr"), len(engine.complete("nouv", "fr"))) == ((), 1)
        engine.apply([Change("a", 9_999, None)])
        assert engine.complete("nouv", "fr") == ()
