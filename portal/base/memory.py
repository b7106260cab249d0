"""What a process remembers of the content between two requests: right only for as long as the content is the same.

The page cache's middleware says which version of the content a request reads (`reading`); nothing is remembered where nobody
says it: in commands, in tests, and in what is left of a request that has changed the content itself.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from portal.base.freshness import watch

_Thing = TypeVar("_Thing")
_MOST = 2000
_version: ContextVar[int | None] = ContextVar("content_version", default=None)
_remembered: dict[Hashable, tuple[int, Any]] = {}


@contextmanager
def reading(version: int | None) -> Iterator[None]:
    """Run the block as a reader of `version` of the content; None where it is not known."""
    token = _version.set(version)
    try:
        yield
    finally:
        _version.reset(token)


def content_changed() -> None:
    """Remember nothing for the rest of the block: it has changed the content."""
    _version.set(None)


def remembered(key: Hashable, make: Callable[[], _Thing]) -> _Thing:
    """Return what `make` returned for `key` while the content was as it is now, else make it. Nobody may change it.

    What `make` makes of the clock, or of what people do, is not remembered.
    """
    version = _version.get()
    if version is None:
        return make()
    found = _remembered.get(key)
    if found is not None and found[0] == version:
        return cast(_Thing, found[1])
    with watch() as seen:
        thing = make()
    if not (seen.clock or seen.activity):
        if len(_remembered) >= _MOST:
            _remembered.clear()
        _remembered[key] = (version, thing)
    return thing
