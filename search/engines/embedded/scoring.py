"""How well each document answers a question: BM25 over stems, a word counting once whichever of its forms stands there."""

import math
import sqlite3
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from search.analysis import QueryTerms, WordTerms, analyse_query
from search.engines.embedded import matching, postings
from search.engines.embedded.columns import K1, Columns
from search.query import ParsedText

Scores = npt.NDArray[np.float32]

SKELETON_WEIGHT = 0.2
"""What an Arabic word counts that only shares its consonants with the one asked for."""

_PRESENT = 0.001
"""What matching counts by itself: a match is what scores more than nothing."""


class Scorer:
    """Scores all documents of one state of a generation."""

    def __init__(self, connection: sqlite3.Connection, columns: Columns) -> None:
        self._connection = connection
        self._columns = columns

    def scores(self, terms: QueryTerms) -> Scores:
        """Return a score for every document, 0 for those that do not match. Raises sqlite3.Error."""
        scores = self._nothing() if terms.asks else np.full(len(self._columns.documents), _PRESENT, np.float32)
        for word in (*terms.words, *_words_of(terms.phrases)):
            scores += self._word(word)
        for alternative in terms.alternatives:
            scores += self._sequence(alternative.stems) * np.float32(alternative.weight)
        for phrase in terms.phrases:
            scores = self._required(phrase, scores)
        if terms.excludes:
            scores[matching.documents(self._connection, matching.excluded(terms))] = 0
        scores[~self._columns.documents["alive"]] = 0
        return scores

    def _nothing(self) -> Scores:
        return np.zeros(len(self._columns.documents), np.float32)

    def _word(self, word: WordTerms) -> Scores:
        """Return what one word of the question counts in each document: the best of its forms."""
        scores = self._nothing()
        if not word.stems:
            found = matching.documents(self._connection, matching.phrase([word.exact]))
            self._best(scores, found, np.ones(len(found), np.float32), 1.0)
        for stem in word.stems:
            self._best(scores, *postings.of(self._connection, stem), 1.0)
        for skeleton in word.skeletons:
            self._best(scores, *postings.of(self._connection, postings.SKELETON + skeleton), SKELETON_WEIGHT)
        return scores

    def _best(self, scores: Scores, documents: npt.NDArray[np.integer], frequencies: Scores, weight: float) -> None:
        """Raise `scores` to BM25 where it is more."""
        if not len(documents):
            return
        rarity = math.log(1 + (self._columns.alive - len(documents) + 0.5) / (len(documents) + 0.5))
        weighed = frequencies * np.float32(weight)
        found = weighed * np.float32((K1 + 1) * max(rarity, _PRESENT)) / (weighed + self._columns.norms[documents])
        scores[documents] = np.maximum(scores[documents], found)

    def _sequence(self, stems: Sequence[str]) -> Scores:
        """Return what stems one after the other count together."""
        scores = self._nothing()
        for stem in stems:
            scores += self._word(WordTerms(stem, (stem,)))
        if len(stems) > 1:
            self._keep(scores, matching.documents(self._connection, matching.stems(stems)))
        return scores

    def _required(self, phrase: Sequence[str], scores: Scores) -> Scores:
        """Return the scores of the documents that hold a phrase, whose words may be too common to score."""
        scores = scores + np.float32(_PRESENT)
        self._keep(scores, matching.documents(self._connection, matching.phrase(phrase)))
        return scores

    def _keep(self, scores: Scores, documents: npt.NDArray[np.integer]) -> None:
        outside = np.ones(len(scores), bool)
        outside[documents] = False
        scores[outside] = 0


def _words_of(phrases: Iterable[tuple[str, ...]]) -> Sequence[WordTerms]:
    """Return the words of phrases: a document that holds a phrase is the better the more it is about its words."""
    words = tuple(dict.fromkeys(term for phrase in phrases for term in phrase))
    return [word for word in analyse_query(ParsedText(words=words)).words if word.stems] if words else []
