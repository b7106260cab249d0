"""The alphabetical order of names, whatever their case, accents and vowel marks."""

from functools import lru_cache

from search.analysis import tokenise


@lru_cache(maxsize=8_192)
def alphabetical(name: str, language: str) -> tuple[str, ...]:
    """Return what a name is sorted by: its words without case, accents and vowel marks."""
    return tuple(token.exact for token in tokenise(name, language))
