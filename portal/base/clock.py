"""The one clock of the portal. Every state in time (to come, live, over) reads it, so that tests can drive it."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

from portal.base.freshness import seen

_moment: ContextVar[datetime.datetime | None] = ContextVar("moment", default=None)


def now() -> datetime.datetime:
    """Return the present moment, aware, in UTC; or the one that `at` has set."""
    watching = seen()
    if watching is not None:
        watching.clock = True
    return _moment.get() or timezone.now()


def changes_at(*moments: datetime.datetime) -> None:
    """Say that what is being made is different after the first of `moments` (aware) that is still to come.

    A page that is kept is then made anew at that very moment (`portal.operations.page_cache`).
    """
    watching = seen()
    if watching is not None:
        present = now()
        for moment in moments:
            if moment > present:
                watching.change_at(moment)


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
