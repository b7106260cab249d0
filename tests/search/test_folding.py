"""Labels that differ by case, accents, hamza, article or plural are one; those of another meaning are not."""

import pytest

from search.analysis import FOLDED_LENGTH, fold, fold_beginnings

SAME = [
    ["ماء", "الماء", "مَاءٌ", "مـــاء"],
    ["أمن", "امن", "الأمن"],
    ["مسؤول", "مسئول", "المسؤولين"],
    ["جمعية", "جمعيات", "الجمعيات", "جمعيه"],
    ["قرار", "قرارات", "القرارات"],
    ["ملتمس", "ملتمسات"],
    ["مشاركة", "المشاركات"],
    ["مدرسة", "المدرسة", "مدرسات"],
    ["مواطن", "مواطنون", "المواطنين"],
    ["النقل المدرسي", "نقل مدرسي", "  نقل   مدرسي "],
    ["Pétition", "petitions", "PÉTITIONS", "pe\u0301tition"],
    ["eau", "Eaux", "l'eau", "L’eau"],
    ["journal", "journaux"],
    ["les écoles", "école", "une école"],
    ["énergie", "énergies", "energy"],
    ["city", "cities"],
    ["5G", "٥G"],
    ["cœur", "coeurs"],
]
DIFFERENT = [
    ["مدرسة", "مدرس"],
    ["جامعة", "جامع"],
    ["مكتبة", "مكتب"],
    ["مشاركة", "مشارك"],
    ["مواطنة", "مواطن"],
    ["مدن", "مدني"],
    ["public", "publication"],
    ["commune", "communication"],
    ["eau potable", "eau"],
    ["avec eau", "sans eau"],
]


@pytest.mark.parametrize("labels", SAME, ids=lambda labels: labels[0])
def test_forms_of_one_label_are_one(labels):
    assert len({fold(label) for label in labels}) == 1


@pytest.mark.parametrize("labels", DIFFERENT, ids=lambda labels: labels[0])
def test_other_labels_stay_apart(labels):
    assert len({fold(label) for label in labels}) == len(labels)


@pytest.mark.parametrize("text", ["", " ", "🙂", "\x00", "\ud800", "--", "'"])
def test_what_has_no_word_is_nothing(text):
    assert fold(text) == ""
    assert fold_beginnings(text) == ()


@pytest.mark.parametrize("text", ["ﷺ" * 50, "œ" * 99, "eau " * 9000, "x" * 100_000])
def test_a_folded_label_is_short(text):
    assert 0 < len(fold(text)) <= FOLDED_LENGTH


@pytest.mark.parametrize("label", ["pétitions", "mairies", "جمعيات", "القرارات", "eau potable", "l'énergie", "مشاركات"])
def test_a_label_is_found_while_it_is_written(label):
    for length in range(2, len(label) + 1):
        beginnings = fold_beginnings(label[:length])
        if not (label.startswith("ال") and length < 4) and beginnings:
            assert any(fold(label).startswith(one) for one in beginnings), label[:length]
