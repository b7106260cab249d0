"""Searching one generation: matches, filters, counts and the page of hits, in one read transaction."""

import sqlite3
from collections.abc import Mapping, Sequence

from search.analysis import QueryTerms, analyse_query
from search.documents import Variant
from search.engines.base import EngineHit, EngineResults
from search.engines.embedded import facets, matching
from search.engines.embedded.schema import WEIGHTS
from search.query import SearchQuery

_ORDERS = {
    "relevance": "m.score DESC, d.date DESC, d.key",
    "date": "d.date DESC, m.score DESC, d.key",
    "discussion": "d.discussion DESC, m.score DESC, d.date DESC, d.key",
}


def search(connection: sqlite3.Connection, query: SearchQuery) -> EngineResults:
    """Return the page that `query` asks for (the last one where there are fewer), with counts. Raises sqlite3.Error."""
    connection.execute("BEGIN")
    try:
        relaxed = _match_or_relax(connection, query)
        counts = facets.counts(connection, query.filters)
        total = facets.total(connection, query.filters)
        page = min(query.page, max(1, -(-total // query.page_size)))
        return EngineResults(total, page, _hits(connection, query, page), counts, relaxed)
    finally:
        connection.rollback()


def _match_or_relax(connection: sqlite3.Connection, query: SearchQuery) -> bool:
    """Match as asked; if nothing holds the phrases of a question with other words, match their words. Return whether so."""
    terms = analyse_query(query.parsed)
    _match(connection, query, terms)
    if not (terms.words and terms.phrases) or facets.total(connection, {}):
        return False
    _match(connection, query, analyse_query(query.parsed.unquoted()))
    return True


def _match(connection: sqlite3.Connection, query: SearchQuery, terms: QueryTerms) -> None:
    """Fill the temporary table `matched` with what the text and the page's own filters leave."""
    connection.execute("DELETE FROM temp.matched")
    if terms.asks:
        _match_text(connection, terms)
    elif terms.excludes or not query.text:
        connection.execute("INSERT INTO temp.matched SELECT id, 0 FROM documents WHERE type IS NOT NULL")
    if terms.excludes:
        connection.execute(
            "DELETE FROM temp.matched WHERE id IN (SELECT rowid FROM streams WHERE streams MATCH ?)", (matching.negative(terms),)
        )
    for name, values in query.fixed.items():
        facets.keep(connection, name, values)


def _match_text(connection: sqlite3.Connection, terms: QueryTerms) -> None:
    connection.execute(
        "INSERT INTO temp.matched SELECT rowid, -bm25(streams, ?, ?, ?, ?) FROM streams WHERE streams MATCH ?",
        (*WEIGHTS, matching.positive(terms)),
    )
    for weight in sorted({alternative.weight for alternative in terms.alternatives}):
        connection.execute(
            "INSERT INTO temp.matched SELECT rowid, ? * -bm25(streams, ?, ?, ?, ?) FROM streams WHERE streams MATCH ?"
            " ON CONFLICT(id) DO UPDATE SET score = score + excluded.score",
            (weight, *WEIGHTS, matching.alternatives(terms, weight)),
        )


def _hits(connection: sqlite3.Connection, query: SearchQuery, page: int) -> tuple[EngineHit, ...]:
    chosen, values = facets.condition(query.filters)
    rows = connection.execute(
        f"SELECT m.id, d.key, d.type, m.score FROM temp.matched m JOIN documents d ON d.id = m.id WHERE {chosen}"  # noqa: S608
        f" ORDER BY {_ORDERS[query.order]} LIMIT ? OFFSET ?",
        (*values, query.page_size, (page - 1) * query.page_size),
    ).fetchall()
    texts = _texts(connection, [row[0] for row in rows])
    return tuple(EngineHit(key, type_, score, tuple(texts.get(identifier, ()))) for identifier, key, type_, score in rows)


def _texts(connection: sqlite3.Connection, identifiers: Sequence[int]) -> Mapping[int, list[Variant]]:
    texts: dict[int, list[Variant]] = {}
    places = ", ".join("?" * len(identifiers))
    for identifier, language, title, summary, body, cues in connection.execute(
        "SELECT document, language, title, summary, body, cues FROM texts"  # noqa: S608 - places only
        f" WHERE document IN ({places}) ORDER BY document, position",
        identifiers,
    ):
        texts.setdefault(identifier, []).append(Variant(language, title, summary, body, Variant.cues_from_json(cues)))
    return texts
