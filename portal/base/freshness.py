"""What a page that is being made depends on, besides the content that facilitators write."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Seen:
    """Whether the clock was asked, whether what people do (comments, tags, votes) was read, and the next moment of change."""

    clock: bool = False
    activity: bool = False
    until: datetime.datetime | None = None

    def change_at(self, moment: datetime.datetime) -> None:
        """Note that what is being made is wrong from `moment` on."""
        self.clock = True
        self.until = min(self.until, moment) if self.until else moment

    def add(self, other: Seen) -> None:
        """Note what a part of the page has seen."""
        self.clock, self.activity = self.clock or other.clock, self.activity or other.activity
        if other.until:
            self.change_at(other.until)


_seen: ContextVar[Seen | None] = ContextVar("seen", default=None)


def seen() -> Seen | None:
    """Return where to note what is seen; None where nobody watches."""
    return _seen.get()


@contextmanager
def watch() -> Iterator[Seen]:
    """Note what the block depends on; whoever watches around it is told at the end."""
    inner, outer = Seen(), _seen.get()
    token = _seen.set(inner)
    try:
        yield inner
    finally:
        _seen.reset(token)
        if outer is not None:
            outer.add(inner)
