"""From the terms of a question to FTS5's own query language, of which no character comes from the reader unquoted."""

from collections.abc import Iterable

from search.analysis import QueryTerms, WordTerms


def positive(terms: QueryTerms) -> str:
    """Return what a document must match: every phrase, and any word unless a phrase already decides; "" for nothing."""
    phrases = [_phrase(phrase) for phrase in terms.phrases]
    words = [_any_form(word) for word in terms.words]
    if not phrases:
        return _or(words)
    required = " AND ".join(f"({phrase})" for phrase in phrases)
    # Words beside a phrase only rank: the phrase stands in the alternative too, so that they are not required.
    return f"{required} AND ({_or([phrases[0], *words])})" if words else required


def alternatives(terms: QueryTerms, weight: float) -> str:
    """Return what the glossary adds with a weight: beside phrases it only ranks what they find."""
    chosen = [alternative.stems for alternative in terms.alternatives if alternative.weight == weight]
    found = _or(f"{{title text}} : ({' + '.join(map(_quoted, stems))})" for stems in chosen)
    return " AND ".join([*(f"({_phrase(phrase)})" for phrase in terms.phrases), f"({found})"])


def negative(terms: QueryTerms) -> str:
    """Return what a document must not match; "" for nothing. Skeletons exclude nothing: they join strangers too."""
    return _or([*map(_inflected_form, terms.excluded_words), *map(_phrase, terms.excluded_phrases)])


def _any_form(word: WordTerms) -> str:
    if not word.stems:
        return f"exact : {_quoted(word.exact)}"
    return _or([_in_stems(word), *(f"skeleton : {_quoted(skeleton)}" for skeleton in word.skeletons)])


def _inflected_form(word: WordTerms) -> str:
    return _or([*([_in_stems(word)] if word.stems else []), f"exact : {_quoted(word.exact)}"])


def _in_stems(word: WordTerms) -> str:
    return f"{{title text}} : ({_or(_quoted(stem) for stem in word.stems)})"


def _phrase(terms: Iterable[str]) -> str:
    return f"exact : ({' + '.join(_quoted(term) for term in terms)})"


def _or(parts: Iterable[str]) -> str:
    return " OR ".join(f"({part})" for part in parts)


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
