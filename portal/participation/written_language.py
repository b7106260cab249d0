"""In which of the portal's languages somebody has written: by the letters, then by the words."""

from __future__ import annotations

from functools import lru_cache

from portal.base.text import direction_of, without_addresses
from search.analysis import tokenise
from search.analysis.stopwords import ENGLISH, FRENCH

LOOKED_AT = 1000
"""Characters that tell enough."""

_LATIN = ("fr", "en")
_ACCENTS = frozenset("éèêëàâçùûôœîïÉÈÊÀÇ")


def language_of(text: str, reader: str) -> str:
    """Return "ar", "fr" or "en": the language of `text`; what its words leave open is decided by the language of the `reader`.

    Letters read from right to left are Arabic. Others are French or English by their commonest words; where neither has more, the
    reader's language, and French for readers of Arabic.
    """
    words = without_addresses(text[:LOOKED_AT])
    direction = direction_of(words)
    if direction == "rtl":
        return "ar"
    if direction == "auto":
        return reader
    french, english = _counts(words)
    if french != english:
        return "fr" if french > english else "en"
    return reader if reader in _LATIN else "fr"


def _counts(text: str) -> tuple[int, int]:
    """Return how many words are common in French only (an accent tells it, too), and in English only."""
    only_french, only_english = _telling_words()
    words = [token.exact for token in tokenise(text, "fr")]
    accents = sum(char in _ACCENTS for char in text)
    return sum(word in only_french for word in words) + accents, sum(word in only_english for word in words)


@lru_cache(maxsize=1)
def _telling_words() -> tuple[frozenset[str], frozenset[str]]:
    return FRENCH - ENGLISH, ENGLISH - FRENCH
