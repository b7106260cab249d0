"""What facilitators arrange in the CMS: a token in the database tells every process when to read it again."""

import uuid
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import DatabaseError
from django.db.models.signals import post_delete, post_save

from search.models import Curation, PromotedResult, SynonymSet

T = TypeVar("T")
ROW = 1


def token() -> str:
    """Return the token of what is arranged now; "" where nobody arranged or loaded anything, or no database answers."""
    try:
        return Curation.objects.filter(pk=ROW).values_list("token", flat=True).first() or ""
    except DatabaseError:
        return ""


def touch() -> None:
    """Tell every process, once the current transaction commits, that something was arranged."""
    changed = {"token": uuid.uuid4().hex}
    Curation.objects.update_or_create(pk=ROW, defaults=changed)


def connect() -> None:
    """Listen to what facilitators save and delete."""
    for model in (SynonymSet, PromotedResult):
        for signal in (post_save, post_delete):
            signal.connect(_arranged, sender=model, dispatch_uid=f"search-curation-{model.__name__}")


def _arranged(**_kwargs: Any) -> None:
    touch()


class Remembered(Generic[T]):
    """A value read from the database and kept until the token changes. Two threads may both read it: the last one stays.

    A token is random, so one that a transaction took back with what it stood for is never met again.
    """

    def __init__(self, read: Callable[[str], T]) -> None:
        self._read = read
        self._kept: tuple[str, T] | None = None

    def get(self, now: str) -> T:
        """Return the value as of the token `now`."""
        kept = self._kept
        if kept is None or kept[0] != now:
            kept = self._kept = (now, self._read(now))
        return kept[1]
