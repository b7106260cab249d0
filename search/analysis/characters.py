"""What a character is to search: part of a word, an invisible mark, or a separator."""

import re
import unicodedata
from functools import lru_cache

from search.analysis.arabic import normalise_arabic, without_marks

MAX_WORD = 100
"""Longer words are cut: nobody types them, and they are usually data rather than language."""

_SEPARATING_LETTERS = "ʻʼˈ"  # letters by category, apostrophes by use
_SCANNED = range(0x300, 0x10000)  # beyond the Basic Multilingual Plane a class is searched one by one: ten times slower
_MARKS = "".join(re.escape(chr(code)) for code in _SCANNED if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me"))
_INVISIBLE = "\u00ad\u02be\u02bf\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_LETTER = rf"[^\W_\u02be\u02bf{_SEPARATING_LETTERS}]"

WORD = re.compile(rf"{_LETTER}+(?:[{_MARKS}{_INVISIBLE}]+{_LETTER}+)*[{_MARKS}]*")
"""A word in original text: letters and digits with their marks; apostrophes, hyphens and spaces separate."""

APOSTROPHES = frozenset("'’‘ʼʻ`´′＇")

_IGNORED = re.compile(rf"[{_INVISIBLE}]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_ARABIC_RUN = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]+|[^\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "þ": "th"})


@lru_cache(maxsize=8_192)
def normalise(word: str) -> tuple[str, ...]:
    """Return the normalised terms of one word: usually one, several where a ligature or a change of script splits it.

    NFKC and casefold (Unicode Standard Annex 15), accents folded, Arabic unified, every decimal digit a Western one.
    """
    if word.isascii() and word.isalnum():
        return (word.lower()[:MAX_WORD],)
    text = _IGNORED.sub("", unicodedata.normalize("NFKC", word).casefold())
    text = _ACCENTS.sub("", unicodedata.normalize("NFD", normalise_arabic(text)))
    text = _western_digits(unicodedata.normalize("NFC", text).translate(_LIGATURES))
    return tuple(run[:MAX_WORD] for found in WORD.findall(text) for run in _ARABIC_RUN.findall(found))


def readable(word: str) -> str:
    """Return a word in small letters, without vowel marks and invisible characters, its spelling otherwise kept."""
    return without_marks(_IGNORED.sub("", unicodedata.normalize("NFKC", word))).lower()


def _western_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
