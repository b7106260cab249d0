"""The one clock of the portal. Every state in time (to come, live, over) reads it, so that tests can drive it."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils import timezone


@dataclass(slots=True)
class Watch:
    """Whether the clock was read, and the first moment at which what was made of it is known to be wrong."""

    read: bool = False
    until: datetime.datetime | None = None


_moment: ContextVar[datetime.datetime | None] = ContextVar("moment", default=None)
_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


def now() -> datetime.datetime:
    """Return the present moment, aware, in UTC; or the one that `at` has set."""
    watching = _watch.get()
    if watching is not None:
        watching.read = True
    return _moment.get() or timezone.now()


def changes_at(*moments: datetime.datetime) -> None:
    """Tell whoever watches that what is being made now is different after the first of `moments` (aware) that is still to come."""
    watching = _watch.get()
    if watching is None:
        return
    present = now()
    for moment in moments:
        if moment > present and (watching.until is None or moment < watching.until):
            watching.until = moment


@contextmanager
def watch() -> Iterator[Watch]:
    """Note what the block asks of the clock: a page that is kept holds no longer than that (`portal.operations.page_cache`)."""
    seen = Watch()
    token = _watch.set(seen)
    try:
        yield seen
    finally:
        _watch.reset(token)


@contextmanager
def at(moment: datetime.datetime) -> Iterator[None]:
    """Run the block as if it were `moment` (aware).

    Raises ValueError if `moment` is naive.
    """
    if timezone.is_naive(moment):
        raise ValueError("the clock takes an aware moment")
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
