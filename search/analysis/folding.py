"""When two short texts say the same: labels that differ by case, accents, hamza, article or plural are one.

The stems of the index would join more than that: "public" with "publication", مدن (cities) with مدني (civil). A label is shown
alone, so it is folded by the same letters and words as the index, but only its number is taken away.
"""

import re

from search.analysis import latin
from search.analysis.arabic import is_arabic
from search.analysis.characters import APOSTROPHES, WORD, normalise
from search.analysis.french_light import without_plural

FOLDED_LENGTH = 100
"""Characters of a folded label that are kept."""

_HAMZA = str.maketrans("ؤئ", "ءء")
_LATIN_ARTICLES = frozenset({"le", "la", "les", "un", "une", "des", "the", "a", "an"})
_ARTICLE, _LEAST_AFTER_ARTICLE = "ال", 2
_FEMININE, _FEMININE_PLURAL = "ه", "ات"
_MASCULINE_PLURALS = ("ون", "ين")
_LEAST_STEM = 3
_SHORT_LATIN = 3
_BEGUN_PLURAL = re.compile("ie?$")  # of mairie, cities

# A feminine ending makes another thing of these, not the same in another number: مشاركة (participation) and مشارك (who takes
# part), as all nouns of the form مفاعلة; school and teacher, library and office, university and mosque.
_VERBAL_NOUN = re.compile("م.ا..(?:ه|ات)")
_OTHER_THINGS = frozenset({"مدرس", "مكتب", "جامع"})


def fold(text: str) -> str:
    """Return what a label is compared by; "" where it has no word. Two labels are one when this is the same."""
    terms = _without_articles(_terms(text))
    return " ".join(map(_singular, terms))[:FOLDED_LENGTH].rstrip()


def fold_beginnings(text: str) -> tuple[str, ...]:
    """Return what the folded form of a label may begin with whose first letters are `text`: its last word may go on."""
    terms = _without_articles(_terms(text))
    if not terms:
        return ()
    before = "".join(f"{_singular(term)} " for term in terms[:-1])
    last = _bare(terms[-1])
    begun = (last, _singular(terms[-1]), _BEGUN_PLURAL.sub("y", last) if last.isascii() else last.removesuffix("ا"))
    return tuple(dict.fromkeys(f"{before}{one}"[:FOLDED_LENGTH] for one in begun))


def _terms(text: str) -> list[str]:
    """Return the normalised words of `text`, those that French elides left out."""
    terms: list[str] = []
    for found in WORD.finditer(text):
        words = normalise(found[0])
        if text[found.end() : found.end() + 1] in APOSTROPHES and len(words) == 1 and words[0] in latin.ELISIONS:
            continue
        terms += words
    return terms


def _without_articles(terms: list[str]) -> list[str]:
    return [term for term in terms if term not in _LATIN_ARTICLES] or terms


def _bare(term: str) -> str:
    """Return a term without its Arabic article, its hamzas on one seat."""
    if not is_arabic(term):
        return term
    bare = term.translate(_HAMZA)
    return bare[len(_ARTICLE) :] if bare.startswith(_ARTICLE) and len(bare) >= len(_ARTICLE) + _LEAST_AFTER_ARTICLE else bare


def _singular(term: str) -> str:
    bare = _bare(term)
    return _arabic_singular(bare) if is_arabic(bare) else _latin_singular(bare)


def _latin_singular(word: str) -> str:
    """Return a word without the plural of French or English: écoles, journaux, mairies and cities lose it."""
    if len(word) <= _SHORT_LATIN or word.endswith("ss"):
        return word
    word = without_plural(word)
    return f"{word.removesuffix('ie')}y" if word.endswith("ie") else word


def _arabic_singular(word: str) -> str:
    if _VERBAL_NOUN.fullmatch(word):
        return word.removesuffix(_FEMININE_PLURAL).removesuffix(_FEMININE) + _FEMININE
    stem = _without(word, (_FEMININE_PLURAL,))
    if stem == word:
        stem = _without(word, (_FEMININE,))
    if stem != word and stem in _OTHER_THINGS:
        return stem + _FEMININE
    return _without(_without(stem, _MASCULINE_PLURALS), (_FEMININE,))


def _without(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) >= len(ending) + _LEAST_STEM:
            return word[: -len(ending)]
    return word
