"""What happens to a question before an engine sees it: unknown words are corrected, the glossary adds others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from search import curation, glossary
from search.analysis import tokenise
from search.analysis.terms import plain_words
from search.engines import Engine
from search.query import SearchQuery, rewritten


@dataclass(frozen=True, slots=True)
class Prepared:
    """The query to ask an engine, its text if that was corrected, and the token of what facilitators arranged."""

    query: SearchQuery
    corrected: str
    token: str


def prepare(query: SearchQuery, engine: Engine) -> Prepared:
    """Return what to ask `engine` for `query`. Raises EngineUnavailableError where the engine cannot say what it knows.

    A word of the glossary is never a typing error, whether a document has it or not.
    """
    if not query.text:
        return Prepared(query, "", "")
    token = curation.token()
    words = glossary.current(token)
    corrected = ""
    if not query.exact:
        corrected = _corrected(query, engine, words)
    asked = replace(query, text=corrected) if corrected else query
    return Prepared(replace(asked, alternatives=words.alternatives(asked.parsed)), corrected, token)


def _corrected(query: SearchQuery, engine: Engine, words: glossary.Glossary) -> str:
    """Return the text with its unknown words corrected; "" where there are none."""
    parsed = query.parsed
    known = words.known(parsed)
    asked = tuple(dict.fromkeys(word.exact for word in plain_words(parsed) if word.exact not in known))
    better = engine.correct(asked) if asked else {}
    return rewritten(query.text, lambda piece: _replaced(piece, better)) if better else ""


def _replaced(piece: str, better: Mapping[str, str]) -> str:
    """Return a piece of text with the words that `better` knows replaced where they stand."""
    parts, place = [], 0
    for token in tokenise(piece, "fr"):
        if token.exact in better and token.start >= place:
            parts += [piece[place : token.start], better[token.exact]]
            place = token.end
    return "".join([*parts, piece[place:]])
