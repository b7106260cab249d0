"""The embedded engine: SQLite FTS5 over token streams that we analyse ourselves, one file per generation of the index."""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
