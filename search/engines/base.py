"""The protocol that every engine follows, and the values that cross it."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from search.documents import Document, Variant
from search.query import SearchQuery


class EngineUnavailableError(Exception):
    """The engine cannot answer now: no index, a broken one, or no node. Nothing is lost; the message says what to do."""


class EngineMissingError(EngineUnavailableError):
    """There is no index yet, as before the first rebuild."""

    def __init__(self) -> None:
        super().__init__("There is no search index yet: run `manage.py search_rebuild`.")


class RebuildRunningError(EngineUnavailableError):
    """Another process is rebuilding the index."""


@dataclass(frozen=True, slots=True)
class Change:
    """The state of a subject as read after `version` was claimed; no document means that nothing of it is public."""

    key: str
    version: int
    document: Document | None


@dataclass(frozen=True, slots=True)
class EngineHit:
    """A subject found, with the texts that the index keeps of it."""

    key: str
    type: str
    score: float
    variants: tuple[Variant, ...]
    published_at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class EngineResults:
    """One page of hits, the number of all, and for every facet of `query.FACETS` the number of subjects by value."""

    total: int
    page: int
    hits: tuple[EngineHit, ...]
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    relaxed: bool = False
    """Nothing holds the phrases of a question that has other words too, so that their words were searched one by one."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A subject whose title goes on from what was typed, in the language of that title."""

    key: str
    type: str
    title: str
    language: str


class Engine(Protocol):
    """Where documents are indexed and found. Every method raises `EngineUnavailableError` and nothing else of its own."""

    def search(self, query: SearchQuery) -> EngineResults:
        """Return the page that `query` asks for, or the last one where there are fewer pages."""

    def correct(self, words: Collection[str]) -> Mapping[str, str]:
        """Return, for each normalised term that is in no document, the most likely word of the index's own vocabulary.

        Edit distance 1, 2 for longer words; same script; frequent first; nothing for words that are known.
        """

    def complete(self, text: str, language: str, limit: int = 8) -> tuple[Completion, ...]:
        """Return subjects whose title has words beginning with the words of `text`; none before the second letter."""

    def apply(self, changes: Iterable[Change]) -> None:
        """Make changes visible to every later search. A change older than what the index knows of its key is ignored."""

    def rebuild(self, changes: Iterable[Change]) -> int:
        """Build a new index from `changes`, swap it in at once and return its number of documents.

        `changes` is read only after the new index also receives what `apply` is given meanwhile, so that no update is lost.
        If it raises, the old index stays.
        """

    def count(self) -> int:
        """Return the number of subjects in the index: what a readiness check asks."""
