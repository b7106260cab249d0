"""What every engine does. A test class per engine gives the `engine` fixture: a new engine with an empty index."""

import datetime

import pytest

from search.analysis import Alternative, tokenise
from search.documents import Cue, Document, Variant
from search.engines import Change, Completion
from search.query import SearchQuery

BAD_TEXTS = [
    "\x00",
    "\ud800",
    "a\x00b\udfffc",
    '"',
    '""',
    '"""',
    "'",
    '"' * 1000,
    "-",
    "--",
    '-"',
    '-""',
    "*",
    "a*",
    "^a",
    "a AND",
    "AND",
    "OR",
    "NOT",
    "NOT a",
    "NEAR(a b, 2)",
    "a NEAR b",
    "title:a",
    "{title text}:a",
    "-title:a",
    "(",
    ")",
    "((((",
    "a + b",
    "a:b",
    "exact:",
    "%",
    "_",
    "\\",
    "a\\",
    ";",
    "'; DROP TABLE documents; --",
    "[1 TO 2]",
    "a~2",
    "a^9",
    "/re/",
    "<script>",
    "🙂",
    "👩‍👩‍👧‍👦",
    "\u202e\u202d",
    "ﷺ",
    "½",
    "ـــ",
    "َُِ",
    "\u0301",
    "汉字",
    "हिन्दी",
    "ไทย",
    "ⵜⴰⵎⴰⵣⵉⵖⵜ",
    "A" * 10_000,
    "كلمة " * 5_000,
    "x y " * 250_000,
    '"a b" ' * 5_000,
    "-a " * 5_000,
    "«",
    "“”",
    "« »",
]


def document(key, title="", body="", *, language="fr", type_="page", date=None, discussion=0, **facets):
    """A document in one language; facets as lists of values."""
    variants = (Variant(language, title, "", body),)
    return Document(key, type_, variants, {name: tuple(values) for name, values in facets.items()}, date, discussion)


def stems_of(text, language):
    """The stems of an expression, as the glossary gives them."""
    return tuple(token.stem for token in tokenise(text, language) if token.stem)


def keys(results):
    """The keys of the hits, in order."""
    return [hit.key for hit in results.hits]


def script_samples():
    """Every printable letter, mark and digit there is, a few hundred at a time, each a word."""
    printable = [chr(code) for code in range(0x30000) if chr(code).isprintable() and not 0xD800 <= code < 0xE000]
    return [" ".join(printable[start : start + 300]) for start in range(0, len(printable), 300)]


class EngineContract:
    """Tests of an engine through its protocol alone."""

    @pytest.fixture
    def indexed(self, engine):
        """A function that indexes documents as one update."""
        versions = iter(range(100, 10_000))

        def index(*documents):
            version = next(versions)
            engine.apply([Change(document.key, version, document) for document in documents])

        return index

    @pytest.fixture
    def found(self, engine):
        """A function that returns the keys found for a text."""
        return lambda text, **options: keys(engine.search(SearchQuery(text, **options)))

    # --- words ---

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

    # --- phrases and exclusions ---

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

    # --- filters and facets ---

    def test_values_of_a_facet_are_alternatives_and_facets_are_conditions(self, indexed, found):
        indexed(
            document("a", "x", theme=["water"], region=["MA-09"]),
            document("b", "x", theme=["roads"], region=["MA-09"]),
            document("c", "x", theme=["water"], region=["MA-08"]),
            document("d", "x", theme=["culture"], region=["MA-09"]),
        )

        assert sorted(found("x", filters={"theme": ("water", "roads"), "region": ("MA-09",)})) == ["a", "b"]

    def test_counts_are_of_subjects_and_their_own_choice_does_not_shrink_them(self, indexed, engine):
        date = datetime.date(2020, 11, 23)
        indexed(
            Document("a", "practice", (Variant("ar", "x"), Variant("fr", "x")), {"theme": ("water", "water", "roads")}, date),
            document("b", "x", type_="practice", theme=["water"]),
            document("c", "x", type_="session", theme=["roads"]),
        )

        counts = engine.search(SearchQuery("x", filters={"theme": ("water",), "type": ("practice",)})).counts

        assert counts["theme"] == {"water": 2, "roads": 1}  # of practices
        assert counts["type"] == {"practice": 2}  # of those about water
        assert counts["language"] == {"ar": 1, "fr": 2}
        assert counts["year"] == {"2020": 1}

    def test_what_the_page_fixes_shrinks_every_count(self, indexed, engine):
        indexed(document("a", "x", type_="practice", theme=["water"]), document("b", "x", type_="session", theme=["water"]))

        results = engine.search(SearchQuery("x", fixed={"type": ("practice",)}))

        assert (keys(results), results.counts["theme"], results.counts["type"]) == (["a"], {"water": 1}, {"practice": 1})

    def test_an_unknown_value_finds_nothing(self, indexed, found):
        indexed(document("a", "x", theme=["water"]))

        assert found("x", filters={"theme": ("'; --",)}) == []

    # --- order and pages ---

    def test_without_text_everything_is_listed_newest_first(self, indexed, found):
        indexed(
            document("old", date=datetime.date(2019, 1, 1)), document("none"), document("new", date=datetime.date(2021, 1, 1))
        )

        assert found("") == ["new", "old", "none"]

    def test_orders(self, indexed, found):
        indexed(
            document("a", body="x x x", date=datetime.date(2019, 1, 1)),
            document("b", body="x and much more than that alone", date=datetime.date(2020, 1, 1), discussion=7),
            document("c", body="x and much more than that", date=datetime.date(2021, 1, 1), discussion=1),
        )

        assert found("x") == ["a", "c", "b"]
        assert found("x", sort="date") == ["c", "b", "a"]
        assert found("x", sort="discussion") == ["b", "c", "a"]

    def test_pages_hold_each_hit_once_and_the_last_page_answers_for_those_after(self, indexed, engine):
        indexed(*(document(f"{number:02}", "x") for number in range(25)))

        pages = [engine.search(SearchQuery("x", page=page, page_size=10)) for page in (1, 2, 3)]
        beyond = engine.search(SearchQuery("x", page=10**9, page_size=10))

        assert sorted(key for page in pages for key in keys(page)) == [f"{number:02}" for number in range(25)]
        assert (beyond.page, keys(beyond), beyond.total) == (3, keys(pages[2]), 25)

    # --- updates ---

    def test_an_update_replaces_the_words_and_facets_of_before(self, indexed, found, engine):
        indexed(document("a", "ancien", theme=["water"]))
        indexed(document("a", "nouveau", theme=["roads"]))

        assert (found("ancien"), found("nouveau")) == ([], ["a"])
        assert engine.search(SearchQuery()).counts["theme"] == {"roads": 1}
        assert engine.count() == 1

    def test_a_deleted_subject_is_gone_from_hits_and_counts(self, indexed, found, engine):
        indexed(document("a", "x", theme=["water"]))

        engine.apply([Change("a", 9_999, None)])

        assert (found("x"), found(""), engine.count()) == ([], [], 0)
        assert engine.search(SearchQuery()).counts["theme"] == {}

    def test_an_update_applied_twice_changes_nothing(self, engine, found):
        change = Change("a", 5, document("a", "x", theme=["water"]))

        engine.apply([change, change])
        engine.apply([change])

        assert found("x") == ["a"]
        assert engine.search(SearchQuery()).counts["theme"] == {"water": 1}

    def test_a_late_update_does_not_undo_a_newer_one_nor_a_deletion(self, engine, found):
        engine.apply([Change("a", 7, document("a", "nouveau")), Change("b", 7, None)])
        engine.apply([Change("a", 6, document("a", "ancien")), Change("b", 6, document("b", "retiré"))])

        assert (found("ancien"), found("nouveau"), found("retiré")) == ([], ["a"], [])

    def test_a_hit_brings_every_language_of_its_text(self, indexed, engine):
        variants = (Variant("fr", "Eau", "Résumé", "Texte"), Variant("ar", "ماء", "ملخص", "نص"))
        indexed(Document("a", "practice", variants))

        (hit,) = engine.search(SearchQuery("eau")).hits

        assert (hit.key, hit.type, hit.variants) == ("a", "practice", variants)
        assert hit.score > 0

    # --- rebuild ---

    def test_a_rebuild_replaces_everything(self, engine, indexed, found):
        indexed(document("old", "x"))

        assert engine.rebuild([Change("new", 10_000, document("new", "x"))]) == 1
        assert found("x") == ["new"]

    def test_an_update_during_a_rebuild_is_seen_at_once_and_kept(self, engine, indexed, found):
        indexed(document("a", "ancien"), document("gone", "retiré"))

        def reading():
            yield Change("a", 10_000, document("a", "ancien"))
            engine.apply([Change("a", 10_001, document("a", "nouveau")), Change("gone", 10_001, None)])
            assert found("nouveau") == ["a"]
            yield Change("gone", 10_000, document("gone", "retiré"))

        engine.rebuild(reading())

        assert (found("ancien"), found("nouveau"), found("retiré")) == ([], ["a"], [])

    def test_a_rebuild_that_fails_leaves_the_index_as_it_was(self, engine, indexed, found):
        indexed(document("old", "x"))

        def failing():
            yield Change("new", 10_000, document("new", "x"))
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            engine.rebuild(failing())

        assert found("x") == ["old"]
        indexed(document("old", "y"))
        assert found("y") == ["old"]

    # --- glossary ---

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

    # --- speech ---

    def test_what_is_said_is_found_and_comes_back_with_its_moments(self, indexed, engine, found):
        cues = (Cue(12.5, "on parle d'irrigation", "/s/#t=12"), Cue(40.0, "puis de budget", "/s/#t=40"))
        indexed(Document("a", "session", (Variant("fr", "Jour deux", cues=cues),)))

        (hit,) = engine.search(SearchQuery("irrigations")).hits

        assert hit.variants[0].cues == cues
        indexed(Document("a", "session", (Variant("fr", "Jour deux"),)))
        assert found("irrigation") == []

    # --- did you mean ---

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

    # --- titles as they are typed ---

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

    # --- anything may be typed ---

    def test_every_printable_character_can_be_indexed_asked_and_found(self, indexed, engine):
        samples = script_samples()
        indexed(*(document(str(number), sample[:200], sample) for number, sample in enumerate(samples)))

        for number, sample in enumerate(samples):
            for text in (sample[:500], f'"{sample[:40]}"', f"-{sample[:9]}"):
                results = engine.search(SearchQuery(text, page_size=200))
                assert results.total <= len(samples)
            word = next((token.exact for token in tokenise(sample, "fr") if token.stem), "")
            assert not word or str(number) in keys(engine.search(SearchQuery(word, page_size=200)))

    @pytest.mark.parametrize("text", BAD_TEXTS, ids=lambda text: ascii(text[:12]))
    def test_any_text_can_be_corrected_and_completed(self, indexed, engine, text):
        indexed(document("a", "quelque chose"))

        assert engine.correct([text, *text[:200].split()]) == {}
        assert engine.complete(text, "ar") in ((), engine.complete("quelque", "fr"))

    @pytest.mark.parametrize("page", [-(10**9), 0, 10**9, 2**63, 10**30])
    @pytest.mark.parametrize("facet", ["theme", "nonsense", "'; --", "\ud800"])
    def test_any_page_and_facet_may_be_asked(self, indexed, engine, page, facet):
        indexed(document("a", "quelque chose", theme=["water"]))

        results = engine.search(SearchQuery("chose", filters={facet: ("water",)}, page=page, page_size=page))

        assert (keys(results), results.page) == (["a"], 1)

    @pytest.mark.parametrize("text", BAD_TEXTS, ids=lambda text: ascii(text[:12]))
    def test_any_text_is_a_valid_question(self, indexed, engine, text):
        indexed(document("a", "quelque chose"))

        results = engine.search(SearchQuery(text, filters={"theme": (text,), "nonsense": ("x",)}, page=-3, page_size=0))

        assert results.total in (0, 1)

    @pytest.mark.parametrize("text", BAD_TEXTS, ids=lambda text: ascii(text[:12]))
    def test_any_text_can_be_indexed(self, indexed, found, text):
        indexed(document("a", text, f"{text} témoin", theme=[text]))

        assert found("témoin") == ["a"]
