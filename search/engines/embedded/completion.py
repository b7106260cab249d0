"""Titles that begin as somebody types."""

import sqlite3

from search.analysis import tokenise
from search.analysis.arabic import is_arabic, without_prefix
from search.engines.base import Completion
from search.engines.embedded.schema import LANGUAGES

MIN_LENGTH = 2
"""Letters from which a title is looked for."""
_MAX_TEXT = 200
_MAX_WORDS = 8


def complete(connection: sqlite3.Connection, text: str, language: str, limit: int) -> tuple[Completion, ...]:
    """Return subjects with a title that has words beginning with every word of `text`. Raises sqlite3.Error.

    First those in the reader's language, those that begin as `text` does, and short ones; each subject once.
    """
    words = [token.exact for token in tokenise(text[:_MAX_TEXT], language)][:_MAX_WORDS]
    if sum(map(len, words)) < MIN_LENGTH or limit < 1:
        return ()
    rows = connection.execute(
        "SELECT d.key, d.type, t.title, t.language FROM titles JOIN texts t ON t.id = titles.rowid"  # noqa: S608 - a number of ours
        f" JOIN documents d ON d.id = t.id / {LANGUAGES} WHERE titles MATCH ?"
        " ORDER BY t.language = ? DESC, length(t.title), d.key LIMIT ?",
        (" AND ".join(map(_beginning, words)), language, limit * LANGUAGES),
    )
    found: dict[str, Completion] = {}
    for row in rows:
        found.setdefault(row[0], Completion(*row))
    ranked = sorted(found.values(), key=lambda one: (one.language != language, not _begins(one.title, words[0])))
    return tuple(ranked[:limit])


def _beginning(word: str) -> str:
    """Return FTS5's question for words that begin so, an Arabic article of the question left out or not."""
    rest = without_prefix(word) if is_arabic(word) else word
    return " OR ".join(f'"{form}"*' for form in dict.fromkeys((word, rest))).join("()")


def _begins(title: str, word: str) -> bool:
    first = next((token.exact for token in tokenise(title, "fr")), "")
    return first.startswith(word) or first.removeprefix("ال").startswith(word)
