"""Language analysis: the same tokens for indexing, searching and highlighting, whatever the engine.

Text is cut into words, each word is normalised, and the stemmer is chosen by the script of the word, so that a French
name inside an Arabic sentence is still found. `VERSION` changes when tokens change: an index of another version is refused.
"""

from search.analysis.folding import FOLDED_LENGTH, fold, fold_beginnings
from search.analysis.terms import Alternative, QueryTerms, WordTerms, analyse_query
from search.analysis.tokens import Token, columns, completion_terms, tokenise, words_with_terms, written

VERSION = 3

__all__ = [
    "FOLDED_LENGTH",
    "VERSION",
    "Alternative",
    "QueryTerms",
    "Token",
    "WordTerms",
    "analyse_query",
    "columns",
    "completion_terms",
    "fold",
    "fold_beginnings",
    "tokenise",
    "words_with_terms",
    "written",
]
