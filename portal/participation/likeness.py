"""Whether two texts say the same: without case, accents, vowel signs, punctuation and repeated letters."""

from __future__ import annotations

import re
import unicodedata

SHINGLE = 4
ALIKE = 0.8
"""From this share of common pieces (Jaccard) on, two texts are the same one with a few words changed."""

_TATWEEL = "\u0640"
_DOMAINS = "com|net|org|info|biz|ma|fr|io|ru|cn|xyz|top|shop|site|online|club|me|ly"
_LINK = re.compile(rf"(?:https?|hxxps?|ftp)://\S*|\bwww\.\S+|\b[\w-]+(?:\.|\[\.\])(?:{_DOMAINS})\b(?:/\S*)?", re.IGNORECASE)


def core_of(text: str) -> str:
    """Return the letters and digits of `text` alone, in one form, a repeated letter once; `text` itself where it has none."""
    letters = [char for char in unicodedata.normalize("NFKD", text.casefold()) if char.isalnum() and char != _TATWEEL]
    return "".join(char for place, char in enumerate(letters) if not place or char != letters[place - 1]) or text


def alike(one: str, other: str) -> bool:
    """Tell whether two cores (`core_of`) are of the same text."""
    if one == other:
        return True
    short, long = sorted((len(one), len(other)))
    if short < SHINGLE or short < ALIKE * long:
        return False
    left, right = _shingles(one), _shingles(other)
    return len(left & right) >= ALIKE * len(left | right)


def links_in(text: str) -> int:
    """Return how many links stand in `text`, those that only look like one too."""
    return len(_LINK.findall(text))


def _shingles(core: str) -> set[str]:
    return {core[place : place + SHINGLE] for place in range(len(core) - SHINGLE + 1)}
