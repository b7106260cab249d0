"""What the vocabulary and the titles of a generation suggest: a simple version, by looking through them."""

import sqlite3
from collections.abc import Collection, Mapping

from search.analysis import WordTerms, analyse_query, tokenise
from search.analysis.arabic import is_arabic
from search.engines.base import Completion
from search.query import ParsedText

_SHORTEST = 4
_LONG = 8


def correct(connection: sqlite3.Connection, words: Collection[str]) -> Mapping[str, str]:
    """Return the most likely word for each that no document holds, in any form."""
    unknown = [word for word in words if len(word) >= _SHORTEST and word.isalpha() and not _known(connection, word)]
    if not unknown:
        return {}
    connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'streams', 'col')")
    rows = connection.execute("SELECT term, doc FROM temp.vocabulary WHERE col = 'exact'").fetchall()
    return {word: best for word in unknown if (best := _nearest(word, rows))}


def _known(connection: sqlite3.Connection, word: str) -> bool:
    terms = analyse_query(ParsedText(words=(word,))).words or (WordTerms(word, ()),)
    forms = [*terms[0].stems, terms[0].exact]
    match = " OR ".join(f'"{form}"' for form in forms)
    return connection.execute("SELECT 1 FROM streams WHERE streams MATCH ? LIMIT 1", (match,)).fetchone() is not None


def _nearest(word: str, rows: Collection[tuple[str, int]]) -> str:
    allowed = 2 if len(word) >= _LONG else 1
    near = [
        (distance, -frequency, term)
        for term, frequency in rows
        if abs(len(term) - len(word)) <= allowed
        and is_arabic(term) == is_arabic(word)
        and (distance := _distance(word, term)) <= allowed
    ]
    return min(near)[2] if near else ""


def _distance(one: str, other: str) -> int:
    """Return the number of letters to insert, delete, replace or swap with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, target in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != target))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == target:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


def complete(connection: sqlite3.Connection, text: str, language: str, limit: int) -> tuple[Completion, ...]:
    """Return subjects whose title has words beginning with the words of `text`, those in `language` first."""
    starts = [token.exact for token in tokenise(text, language)]
    if sum(map(len, starts)) < 2:
        return ()
    rows = connection.execute(
        "SELECT d.key, d.type, t.title, t.language FROM texts t JOIN documents d ON d.id = t.document"
        " ORDER BY t.language != ?, t.title",
        (language,),
    )
    found: dict[str, Completion] = {}
    for key, *fields in rows:
        words = [token.exact for token in tokenise(fields[1], fields[2])]
        if key not in found and all(any(word.startswith(start) for word in words) for start in starts):
            found[key] = Completion(key, *fields)
    return tuple(found.values())[:limit]
