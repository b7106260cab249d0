"""What a question asks for, in the tokens that the index holds: for the engines and for the highlighter."""

from collections.abc import Iterable
from dataclasses import dataclass

from search.analysis import arabic, latin, stopwords
from search.analysis.tokens import Token, analyse_term, tokenise
from search.query import ParsedText

MAX_WORDS = 48
"""Words of one question that are looked up; the rest of a longer one changes little and costs much."""


@dataclass(frozen=True, slots=True)
class WordTerms:
    """One word of a question: its exact form, every stem it may have been indexed under, and its skeletons."""

    exact: str
    stems: tuple[str, ...]
    skeletons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """What the glossary says may stand for words of the question: adjacent stems, and their weight beside the reader's words."""

    stems: tuple[str, ...]
    weight: float = 0.5


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """An analysed question: any of `words` and `alternatives` (ranked), all of `phrases`, none of the excluded."""

    words: tuple[WordTerms, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded_words: tuple[WordTerms, ...] = ()
    excluded_phrases: tuple[tuple[str, ...], ...] = ()
    alternatives: tuple[Alternative, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether there is anything to find (a question may be made of exclusions or punctuation alone)."""
        return bool(self.words or self.phrases)

    @property
    def excludes(self) -> bool:
        """Whether there is anything to leave out."""
        return bool(self.excluded_words or self.excluded_phrases)


def analyse_query(parsed: ParsedText) -> QueryTerms:
    """Return the terms of a parsed question. Stop words are dropped, unless the question is made of them alone."""
    tokens = _tokens(parsed.words)
    phrases = _phrases(parsed.phrases)
    words = _words(token for token in tokens if _tells(token))
    if not words and not phrases:
        words = _unique(WordTerms(token.exact, ()) for token in tokens)
    excluded = [[token.exact for token in tokenise(word, "fr")] for word in parsed.excluded_words]
    return QueryTerms(
        words=words[:MAX_WORDS],
        phrases=phrases,
        excluded_words=_unique(_word(terms[0]) for terms in excluded if len(terms) == 1)[:MAX_WORDS],
        excluded_phrases=(_phrases(parsed.excluded_phrases) + tuple(tuple(terms) for terms in excluded if len(terms) > 1))[
            :MAX_WORDS
        ],
        alternatives=parsed.alternatives if words else (),
    )


def plain_words(parsed: ParsedText) -> tuple[WordTerms, ...]:
    """Return the words outside phrases as they follow each other, repeated ones too, without stop words."""
    return tuple(_word(token.exact) for token in _tokens(parsed.words) if _tells(token))


def _tokens(words: Iterable[str]) -> list[Token]:
    return [token for word in words for token in tokenise(word, "fr")]


def _tells(token: Token) -> bool:
    """Whether a word of a question is worth looking up; an elision (no stem, no stop word) is not."""
    if arabic.is_arabic(token.exact):
        return bool(token.stem)
    if token.exact in stopwords.LATIN_QUERY:
        return False
    return bool(token.stem) or token.exact in stopwords.FRENCH


def _words(tokens: Iterable[Token]) -> tuple[WordTerms, ...]:
    return _unique(_word(token.exact) for token in tokens)


def _word(term: str) -> WordTerms:
    """Return the lookups of one term: an Arabic stem with its skeleton, or the French and the English stem."""
    if arabic.is_arabic(term):
        stem, skeleton = analyse_term(term, "fr")
        return WordTerms(term, (stem,) if stem else (), (skeleton,) if skeleton else ())
    stems = (latin.stem(term, language) for language in ("fr", "en") if term not in stopwords.LATIN[language])
    return WordTerms(term, tuple(dict.fromkeys(stems)))


def _unique(words: Iterable[WordTerms]) -> tuple[WordTerms, ...]:
    return tuple(dict.fromkeys(words))


def _phrases(phrases: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    analysed = (tuple(token.exact for token in tokenise(phrase, "fr"))[:MAX_WORDS] for phrase in phrases)
    return tuple(dict.fromkeys(terms for terms in analysed if terms))[:MAX_WORDS]
