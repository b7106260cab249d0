"""Arabic: orthographic normalisation, light10 stemming and consonant skeletons."""

import re

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")
_SILENT = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff]+")
_UNIFIED = str.maketrans(
    {
        "آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا",
        "ى": "ي", "ی": "ي", "ې": "ي",
        "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه",
        # Letters that Moroccan and Persian writing adds, under the letter most people type instead: أڭادير, أكادير.
        "ک": "ك", "ڭ": "ك", "گ": "ك", "ݣ": "ك", "ڨ": "ق", "ڤ": "ف", "پ": "ب", "چ": "ش", "ژ": "ز",
    }
)  # fmt: skip

_PREFIXES = ("ال", "وال", "بال", "كال", "فال", "لل", "و")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي")
_WEAK = str.maketrans("", "", "اويىءآأإؤئ")
_SKELETON_LENGTH = 3


def is_arabic(word: str) -> bool:
    """Tell whether a normalised term is written in Arabic letters (a term never mixes scripts)."""
    return bool(word) and _ARABIC.match(word) is not None


def normalise_arabic(text: str) -> str:
    """Return `text` without harakat and tatweel, with the forms of alef, yeh and teh marbuta unified.

    Lucene's ArabicNormalizationFilter, and the letters that Moroccan writing adds.
    """
    return _SILENT.sub("", text).translate(_UNIFIED)


def without_marks(text: str) -> str:
    """Return `text` without harakat and tatweel."""
    return _SILENT.sub("", text)


def light10(word: str) -> str:
    """Return the stem of a normalised Arabic word (Larkey, Ballesteros and Connell's light10, as Lucene applies it)."""
    return _without_suffixes(without_prefix(word))


def skeleton(stem: str) -> str:
    """Return the consonants of a stem, or "" where fewer than three remain.

    Weak letters and hamzas are what broken plurals change: عريضة and عرائض share عرض.
    """
    consonants = stem.translate(_WEAK)
    return consonants if len(consonants) >= _SKELETON_LENGTH else ""


def without_prefix(word: str) -> str:
    """Return a normalised word without its article, or the conjunction before it."""
    for prefix in _PREFIXES:
        least = 4 if len(prefix) == 1 else len(prefix) + 2
        if len(word) >= least and word.startswith(prefix):
            return word[len(prefix) :]
    return word


def _without_suffixes(word: str) -> str:
    for suffix in _SUFFIXES:
        if len(word) >= len(suffix) + 2 and word.endswith(suffix):
            word = word[: -len(suffix)]
    return word
