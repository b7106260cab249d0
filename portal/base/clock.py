"""The one clock of the portal. Every state in time (to come, live, over) reads it, so that tests can drive it."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_moment: ContextVar[datetime.datetime | None] = ContextVar("moment", default=None)


def now() -> datetime.datetime:
    """Return the present moment, aware, in UTC; or the one that `at` has set."""
    return _moment.get() or timezone.now()


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
