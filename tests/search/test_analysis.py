"""Words become the same tokens in documents and in questions."""

from pathlib import Path

import pytest

from search.analysis import analyse_query, tokenise
from search.analysis.arabic import light10, normalise_arabic, skeleton
from search.analysis.characters import normalise
from search.analysis.french_light import light_french
from search.analysis.latin import exceptions, stem
from search.query import parse

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "data" / "search"


def vectors(name):
    """Lucene's own examples, from the shared folder beside the project; a clear skip where it is missing."""
    path = VECTORS / name
    if not path.exists():
        return [pytest.param("", "", marks=pytest.mark.skip(reason=f"{path} is missing: Lucene's vectors are not tested"))]
    lines = path.read_text(encoding="utf-8").split("\n")
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def stems(text, language):
    return [token.stem for token in tokenise(text, language) if token.stem]


@pytest.mark.parametrize(("text", "expected"), vectors("lucene_arabic_norm.tsv"))
def test_arabic_normalisation_is_lucenes(text, expected):
    assert normalise_arabic(text) == expected


@pytest.mark.parametrize(("word", "expected"), vectors("lucene_arabic_stem.tsv"))
def test_light10_is_lucenes(word, expected):
    # Lucene stems what is normalised already, but its examples hold one word with teh marbuta.
    assert light10(word) == expected
    assert light10(normalise_arabic(word)) == expected


@pytest.mark.parametrize(("text", "expected"), vectors("lucene_arabic_analyzer.tsv"))
def test_arabic_analysis_is_lucenes(text, expected):
    assert stems(text, "ar") == expected.split()


@pytest.mark.parametrize(("word", "expected"), vectors("lucene_french_light.tsv"))
def test_the_light_french_stemmer_is_lucenes(word, expected):
    assert light_french(word) == expected


@pytest.mark.parametrize(("text", "expected"), vectors("lucene_french_analyzer.tsv"))
def test_french_words_elisions_and_stop_words_are_lucenes_and_with_its_stemmer_the_whole_analysis(text, expected):
    kept = [text[token.start : token.end].lower() for token in tokenise(text, "fr") if token.stem]

    assert [light_french(word) for word in kept] == expected.split()


@pytest.mark.parametrize(
    "forms",
    [
        ("chevaux", "cheval"),
        ("sécuritaires", "SECURITAIRE"),
        ("pétitions", "petition"),
        ("habitants", "habitante"),
        ("administrative", "administratif"),
    ],
)
def test_what_the_light_stemmer_joins_in_our_field_the_index_joins_too(forms):
    assert len({stem for form in forms for stem in stems(form, "fr")}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("عريضة", "عرائض"),
        ("مدرسة", "مدارس"),
        ("طريق", "طرق"),
        ("مشروع", "مشاريع"),
        ("مجلس", "مجالس"),
        ("جمعية", "جمعيات"),
        ("ملتمس", "ملتمسات"),
    ],
)
def test_singular_and_plural_share_their_skeleton(one, other):
    first, second = (light10(normalise_arabic(word)) for word in (one, other))

    assert skeleton(first) == skeleton(second) != ""


@pytest.mark.parametrize("word", ["ماء", "رأي", "دار", "يوم"])
def test_a_skeleton_of_two_letters_would_join_anything_and_is_none(word):
    assert skeleton(light10(normalise_arabic(word))) == ""


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("l'eau d’Agadir jusqu'à demain", "fr", ["eau", "agad", "demain"]),
        ("aujourd'hui", "fr", ["aujourd"]),
        ("the citizens' petitions", "en", ["citizen", "petiti"]),
        ("covid19 et ٢٠٢٠م", "ar", ["covid19", "2020", "م"]),
        ("كتابbook", "ar", ["كتاب", "book"]),
        ("ﻻﺷﻲء", "ar", ["لاشيء"]),
        ("STRASSE Straße", "en", ["strass", "strass"]),
        ("ﬁnance", "en", ["financ"]),
    ],
)
def test_words_by_script(text, language, expected):
    assert stems(text, language) == expected


def test_a_token_knows_its_place_in_the_original():
    text = "‏قالَ: «المَدْرَسَة» L’ÉCOLE"

    assert [text[token.start : token.end] for token in tokenise(text, "ar")] == ["قالَ", "المَدْرَسَة", "L", "ÉCOLE"]


def test_a_vocalised_word_is_one_word():
    (token,) = tokenise("مُشَارَكَةٌ", "ar")

    assert (token.exact, token.stem) == ("مشاركه", "مشارك")


def test_a_latin_word_of_a_question_is_looked_up_in_french_and_in_english():
    (word,) = analyse_query(parse("nationalities")).words

    assert word.stems == ("nationalit", "nation")


@pytest.mark.parametrize(
    ("ours", "stranger"),
    [
        ("pétition", "petite"),
        ("pétitions", "petits"),
        ("communes", "commun"),
        ("environnement", "environ"),
        ("petition", "petit"),
    ],
)
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_word_of_the_field_does_not_share_its_stem_with_a_stranger(ours, stranger, language):
    assert stems(ours, language) != stems(stranger, language)
    asked, strange = ({*analyse_query(parse(word)).words[0].stems} for word in (ours, stranger))
    assert not asked & strange


@pytest.mark.parametrize(
    "forms",
    [
        ("pétition", "PETITIONS", "petition", "petitioning"),
        ("commune", "Communes"),
        ("environnement", "Environnements", "environment"),
    ],
)
def test_forms_of_a_word_of_the_field_share_its_stem_in_every_language(forms):
    assert len({stem for form in forms for language in ("ar", "fr", "en") for stem in stems(form, language)}) == 1


def test_stems_of_ours_are_written_as_words_reach_the_stemmer_and_are_nobody_elses():
    for form in exceptions():
        assert normalise(form) == (form,)
    relatives = (
        "petitioner petitionnaire petitionner communer communal commun community environner environmental environnementale"
    )
    strangers = {stem(word, language) for word in relatives.split() for language in ("fr", "en")}
    assert not strangers & set(exceptions().values())


def test_a_word_common_in_one_language_is_no_question_in_the_other():
    assert [word.exact for word in analyse_query(parse("the rights of the child")).words] == ["rights", "child"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("un deux", (("un", "deux"), (), (), ())),
        ('"un deux" trois', (("trois",), ("un deux",), (), ())),
        ('-un -"deux trois" quatre', (("quatre",), (), ("un",), ("deux trois",))),
        ("porte-parole", (("porte-parole",), (), (), ())),
        ('sans "fin', (("sans", "fin"), (), (), ())),
        ("\u200f-كلمة", ((), (), ("كلمة",), ())),
        ("-", (("-",), (), (), ())),
    ],
)
def test_a_question_is_cut_into_its_parts(text, parts):
    parsed = parse(text)

    assert (parsed.words, parsed.phrases, parsed.excluded_words, parsed.excluded_phrases) == parts
