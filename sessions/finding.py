"""Finding words in a transcript as a reader writes them: without vowel marks, whatever the alef, without accents.

`js/player.js` folds the same way while one types.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_UNIFIED = {"آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ڭ": "ك", "گ": "ك"}


@lru_cache(maxsize=4_096)
def _folded(char: str) -> str:
    """Return a character as it is compared; "" for marks, the tatweel and what is invisible."""
    if char in _UNIFIED:
        return _UNIFIED[char]
    kept = (part for part in unicodedata.normalize("NFKD", char) if unicodedata.category(part) not in ("Mn", "Cf"))
    return "".join(kept).replace("ـ", "").casefold()


def found_places(text: str, wanted: str) -> list[tuple[int, int]]:
    """Return where `wanted` stands in `text` (start and end of each place, not overlapping), compared without marks and case."""
    needle = "".join(map(_folded, " ".join(wanted.split())))
    if not needle:
        return []
    folded, origin = [], []
    for place, char in enumerate(text):
        piece = " " if char.isspace() else _folded(char)
        folded.append(piece)
        origin += [place] * len(piece)
    return _places("".join(folded), needle, origin, text)


def _places(haystack: str, needle: str, origin: list[int], text: str) -> list[tuple[int, int]]:
    found, start = [], haystack.find(needle)
    while start >= 0:
        end = origin[start + len(needle) - 1] + 1
        while end < len(text) and not _folded(text[end]):  # the marks of the last letter belong to it
            end += 1
        found.append((origin[start], end))
        start = haystack.find(needle, start + len(needle))
    return found
