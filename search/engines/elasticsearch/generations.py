"""The indices: one per generation, an alias for the current one, an alias for the one being built, a lease to build."""

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, BadRequestError, ConflictError, Elasticsearch, NotFoundError

from search.engines.base import EngineUnavailableError, RebuildRunningError
from search.engines.elasticsearch.schema import VERSION, StoredSubject

LEASE_SECONDS = 120.0
"""How long the right to rebuild lasts without being renewed: what a killed rebuild keeps the next one waiting."""
_LEASE = "rebuild"


class Generations:
    """The names that belong to one portal: all begin with its prefix, so that portals can share nodes."""

    def __init__(self, prefix: str) -> None:
        self.current = f"{prefix}-current-{VERSION}"
        self.building = f"{prefix}-building-{VERSION}"
        self._all = f"{prefix}-generation-*"
        self._new = f"{prefix}-generation-{VERSION}"
        self._locks = f"{prefix}-lock"

    def writable(self, client: Elasticsearch) -> tuple[bool, bool]:
        """Return whether there is a current generation, and one being built."""
        found = client.indices.get_alias(index=self._all, allow_no_indices=True)
        aliases = {alias for index in found.values() for alias in index["aliases"]}
        return self.current in aliases, self.building in aliases

    def start(self, client: Elasticsearch) -> str:
        """Make a new generation that updates are written to from now on. Leftovers of rebuilds that were killed are removed."""
        self._remove_all_but(client, self._pointed(client, self.current))
        name = f"{self._new}-{time.time_ns()}-{os.getpid()}"
        index = StoredSubject._index.clone(name=name)
        index.aliases(**{self.building: {}})
        index.settings(refresh_interval=-1)
        index.create(using=client)
        return name

    def promote(self, client: Elasticsearch, name: str) -> None:
        """From now on searches read `name`, in one step."""
        client.indices.put_settings(index=name, settings={"refresh_interval": "1s"})
        actions: list[dict[str, Any]] = [
            {"remove": {"index": self._all, "alias": self.current, "must_exist": False}},
            {"remove": {"index": name, "alias": self.building}},
            {"add": {"index": name, "alias": self.current}},
        ]
        client.indices.update_aliases(actions=actions)

    def tidy(self, client: Elasticsearch) -> None:
        """Remove every generation but the current one; what cannot be removed now is at the next rebuild."""
        with contextlib.suppress(ApiError, TransportError):
            self._remove_all_but(client, self._pointed(client, self.current))

    def discard(self, client: Elasticsearch, name: str) -> None:
        """Remove a generation that will not be used, as far as the nodes still answer.

        An answer that was lost may have been that of the swap: what searches read is never removed.
        """
        with contextlib.suppress(ApiError, TransportError):
            if name not in self._pointed(client, self.current):
                client.indices.delete(index=name, ignore_unavailable=True)

    def remove(self, client: Elasticsearch) -> None:
        """Remove everything of this portal."""
        self._remove_all_but(client, [])
        client.indices.delete(index=self._locks, ignore_unavailable=True)

    def lease(self, client: Elasticsearch) -> "Lease":
        """Return the right to rebuild, not yet taken."""
        return Lease(client, self._locks)

    def _pointed(self, client: Elasticsearch, alias: str) -> list[str]:
        try:
            return list(client.indices.get_alias(name=alias))
        except NotFoundError:
            return []

    def _remove_all_but(self, client: Elasticsearch, kept: list[str]) -> None:
        names = [name for name in client.indices.get(index=self._all, allow_no_indices=True) if name not in kept]
        for name in names:
            client.indices.delete(index=name, ignore_unavailable=True)


class Lease:
    """The right to rebuild, for all machines: a document with an end, which only its holder can prolong."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client, self._index = client, index
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{time.time_ns()}"
        self._place: dict[str, Any] = {}

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the right while the block runs. Raises RebuildRunningError if another has it."""
        self._take()
        try:
            yield
        finally:
            with contextlib.suppress(ApiError, TransportError):  # then it ends by itself
                self._client.delete(index=self._index, id=_LEASE, **self._place)

    def renew(self) -> None:
        """Prolong the right. Raises RebuildRunningError if it was lost meanwhile."""
        try:
            self._write(**self._place)
        except ConflictError as error:
            raise RebuildRunningError("This rebuild paused for too long: another one has taken over.") from error

    def is_held(self) -> bool:
        """Tell whether anyone holds the right."""
        try:
            return float(self._client.get(index=self._index, id=_LEASE)["_source"]["until"]) > time.time()
        except NotFoundError:
            return False

    def _take(self) -> None:
        with contextlib.suppress(BadRequestError):  # it is there already
            settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
            mappings = {"properties": {"holder": {"type": "keyword"}, "until": {"type": "double"}}}
            self._client.indices.create(index=self._index, settings=settings, mappings=mappings)
        try:
            place = self._expired()
            self._write(**place) if place else self._write(op_type="create")
        except ConflictError as error:
            raise RebuildRunningError("Another rebuild of the search index is running.") from error

    def _expired(self) -> dict[str, int]:
        """Return the place of a lease that nobody prolonged, {} where there is none. Raises RebuildRunningError if it is held."""
        try:
            found = self._client.get(index=self._index, id=_LEASE)
        except NotFoundError:
            return {}
        if float(found["_source"]["until"]) > time.time():
            raise RebuildRunningError("Another rebuild of the search index is running, or was killed a moment ago.")
        return {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}

    def _write(self, **options: object) -> None:
        document = {"holder": self._holder, "until": time.time() + LEASE_SECONDS}
        answer = self._client.index(index=self._index, id=_LEASE, document=document, **options)  # type: ignore[arg-type]
        self._place = {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}


def check_prefix(prefix: str) -> str:
    """Return a prefix that names of indices may begin with. Raises EngineUnavailableError for another."""
    if not prefix.replace("-", "").replace("_", "").isalnum() or not prefix.islower():
        raise EngineUnavailableError(f"ELASTICSEARCH_INDEX may hold small letters, digits and hyphens only: {prefix!r}.")
    return prefix
