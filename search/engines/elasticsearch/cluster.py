"""The nodes, and how long anyone waits for them."""

import os
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from elastic_transport import TransportError
from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, NotFoundError

from search.engines.base import EngineUnavailableError
from search.engines.elasticsearch.addresses import client_arguments

T = TypeVar("T")
SECONDS = 1.8
"""What a search may take, however many requests it makes, so that its page is there within two seconds."""
BULK_SECONDS = 60.0
"""What one request of a rebuild may take: nobody waits for it."""
_REST = 1.0
"""Seconds in which nobody asks again after a node did not answer at all: readers and publishers do not queue up for it."""


class Budget:
    """The seconds left for a piece of work, and among how many attempts one request of it shares them."""

    def __init__(self, seconds: float, attempts: int) -> None:
        self._until = time.monotonic() + seconds
        self._attempts = attempts

    def left(self) -> float:
        """Return the seconds that are left. Raises EngineUnavailableError where there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise EngineUnavailableError("Elasticsearch did not answer in time.")
        return left

    def limit(self, client: Elasticsearch) -> Elasticsearch:
        """Return the client with what is left as the limit of its next request, other nodes included."""
        return client.options(request_timeout=self.left() / self._attempts, max_retries=1, retry_on_timeout=self._attempts > 1)


class Cluster:
    """The client of the nodes at some addresses; each process has connections of its own.

    Raises EngineUnavailableError for addresses that are none.
    """

    def __init__(self, urls: Sequence[str]) -> None:
        self._arguments = client_arguments(urls)
        self._pid = 0
        self._client: Elasticsearch | None = None
        self._resting_until = 0.0

    def budget(self, seconds: float = SECONDS) -> Budget:
        """Return a budget that leaves time for a second node where there is one."""
        return Budget(seconds, attempts=2 if len(self._arguments["hosts"]) > 1 else 1)

    def ask(self, action: Callable[[Elasticsearch], T], budget: Budget) -> T:
        """Return what `action` makes of a client that waits no longer than `budget` allows.

        A node that is down is passed over for the next. Raises NotFoundError for an index that is not there, and
        EngineUnavailableError for all else.
        """
        if time.monotonic() < self._resting_until:
            raise EngineUnavailableError("Elasticsearch did not answer a moment ago.")
        try:
            return action(budget.limit(self._connected()))
        except NotFoundError:
            raise
        except ConnectionTimeout as error:
            self._resting_until = time.monotonic() + _REST
            raise EngineUnavailableError("Elasticsearch did not answer in time.") from error
        except (ApiError, TransportError) as error:
            raise EngineUnavailableError(f"Elasticsearch failed: {_reason(error)}.") from error

    def _connected(self) -> Elasticsearch:
        if self._client is None or self._pid != os.getpid():
            self._client = Elasticsearch(**self._arguments, http_compress=False)
            self._pid = os.getpid()
        return self._client


def _reason(error: Exception) -> str:
    body: Any = getattr(error, "body", None)
    cause = body.get("error") if isinstance(body, dict) else None
    reason = cause.get("reason") if isinstance(cause, dict) else None
    return str(reason or error)[:300].rstrip(".")
