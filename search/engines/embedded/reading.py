"""Searching one generation: scores, filters, counts and the page of hits, in one read transaction."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np

from search.analysis import QueryTerms, analyse_query
from search.documents import Variant, moment_of
from search.engines.base import EngineHit, EngineResults
from search.engines.embedded import facets
from search.engines.embedded.columns import Columns, Integers
from search.engines.embedded.facets import Selection
from search.engines.embedded.schema import LANGUAGES
from search.engines.embedded.scoring import Scorer, Scores
from search.query import SearchQuery

T = TypeVar("T")


def in_transaction(action: Callable[[sqlite3.Connection], T]) -> Callable[[sqlite3.Connection], T]:
    """Return an action that sees one state of a generation from its beginning to its end."""

    def read(connection: sqlite3.Connection) -> T:
        connection.execute("BEGIN")
        try:
            return action(connection)
        finally:
            connection.rollback()

    return read


def search(connection: sqlite3.Connection, columns: Columns, query: SearchQuery) -> EngineResults:
    """Return the page that `query` asks for (the last one where there are fewer), with counts. Raises sqlite3.Error.

    `columns` are those of the state that the connection's transaction sees.
    """
    selection, scores, relaxed = _match_or_relax(connection, columns, query)
    found = selection.filtered(query.filters)
    page = min(query.page, max(1, -(-len(found) // query.page_size)))
    chosen = facets.page(columns, found, scores, query.order, (page - 1) * query.page_size, query.page_size)
    return EngineResults(len(found), page, _hits(connection, chosen, scores), selection.counts(query.filters), relaxed)


def _match_or_relax(connection: sqlite3.Connection, columns: Columns, query: SearchQuery) -> tuple[Selection, Scores, bool]:
    """Match as asked; if nothing holds the phrases of a question with other words, match their words, and say so."""
    terms = analyse_query(query.parsed)
    selection, scores = _match(connection, columns, query, terms)
    if not (query.parsed.words and terms.phrases) or selection.matched:
        return selection, scores, False
    return *_match(connection, columns, query, analyse_query(query.parsed.unquoted())), True


def _match(connection: sqlite3.Connection, columns: Columns, query: SearchQuery, terms: QueryTerms) -> tuple[Selection, Scores]:
    """Return what the text and the page's own filters leave, and every document's score."""
    scores = Scorer(connection, columns).scores(terms)
    if query.text and not terms.asks and not terms.excludes:  # punctuation alone
        scores[:] = 0
    return Selection(columns, np.flatnonzero(scores), query.fixed), scores


def _hits(connection: sqlite3.Connection, chosen: Integers, scores: Scores) -> tuple[EngineHit, ...]:
    return tuple(_hit(connection, int(document), float(scores[document])) for document in chosen)


def _hit(connection: sqlite3.Connection, document: int, score: float) -> EngineHit:
    row = connection.execute("SELECT key, type, published FROM documents WHERE id = ?", (document,)).fetchone()
    return EngineHit(row[0], row[1], score, tuple(variants(connection, document)), moment_of(row[2]))


def variants(connection: sqlite3.Connection, document: int) -> Iterator[Variant]:
    """Yield the texts that the index keeps of a document."""
    first = document * LANGUAGES
    rows = connection.execute(
        "SELECT language, title, summary, body, cues FROM texts WHERE id >= ? AND id < ? ORDER BY id", (first, first + LANGUAGES)
    )
    return (
        Variant(language, title, summary, body, Variant.cues_from_json(cues)) for language, title, summary, body, cues in rows
    )
