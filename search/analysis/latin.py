"""French and English: Snowball stems of words whose accents are already folded, but for the words of `data/stems.toml`."""

import threading
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import Stemmer

ELISIONS = frozenset({"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu"})
"""What French writes before an apostrophe and search forgets (`l'eau`, `jusqu'à`)."""

_SNOWBALL = {"fr": "french", "en": "english"}
_EXCEPTIONS = Path(__file__).resolve().parents[1] / "data" / "stems.toml"
STEMMED = tuple(_SNOWBALL)
"""The languages that have a stemmer."""
_local = threading.local()


def stemming_language(language: str) -> str:
    """Return the language whose stemmer takes the Latin words of a text: Arabic texts quote French."""
    return language if language in _SNOWBALL else "fr"


@lru_cache(maxsize=8_192)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word in `language` ("fr" or "en"): ours where Snowball would join it with a stranger."""
    ours = exceptions().get(word)
    if ours:
        return ours
    found: str = _stemmer(language).stemWord(word)
    return found or word


@lru_cache(maxsize=1)
def exceptions() -> Mapping[str, str]:
    """Return word -> stem where Snowball's is not taken, in whatever language the word stands."""
    with _EXCEPTIONS.open("rb") as file:
        return {form: ours for ours, entry in tomllib.load(file).items() for form in entry["forms"]}


def _stemmer(language: str) -> Stemmer.Stemmer:
    """Return this thread's stemmer: a Snowball stemmer keeps state while it works."""
    stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(_SNOWBALL[language], 0)
    return stemmers[language]
