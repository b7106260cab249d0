"""The published versions of a practice, readable by everyone."""

from good_practices.history.reading import History, Version, changes_between, history_of

__all__ = ["History", "Version", "changes_between", "history_of"]
