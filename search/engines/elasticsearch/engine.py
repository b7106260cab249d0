"""The Elasticsearch engine: for portals of several machines."""

import contextlib
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from django.conf import settings
from elasticsearch import Elasticsearch, NotFoundError

from search.engines.base import Change, Completion, EngineMissingError, EngineResults, EngineUnavailableError
from search.engines.elasticsearch import completing, correcting, reading, writing
from search.engines.elasticsearch.cluster import BULK_SECONDS, Budget, Cluster
from search.engines.elasticsearch.generations import Generations, Lease, check_prefix
from search.query import SearchQuery

T = TypeVar("T")
_BATCH = 200
_CHUNK_BYTES = 10 * 1024 * 1024
_ATTEMPTS = 2
"""A search that meets the very moment of a swap finds its index gone, and asks the new one."""


def from_settings() -> "ElasticsearchEngine":
    """Return the engine on the nodes of `ELASTICSEARCH_URL`."""
    return ElasticsearchEngine(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_INDEX)


class ElasticsearchEngine:
    """One or several nodes. Follows `search.engines.base.Engine`."""

    def __init__(self, urls: Sequence[str], prefix: str) -> None:
        self._cluster = Cluster(urls)
        self._generations = Generations(check_prefix(prefix))

    def search(self, query: SearchQuery) -> EngineResults:
        """Return the page that `query` asks for. Raises EngineUnavailableError within two seconds if no node answers."""
        budget = self._cluster.budget()
        return self._read(lambda client: reading.search(client, self._generations.current, query, budget), budget)

    def correct(self, words: Collection[str]) -> Mapping[str, str]:
        """Return the most likely word for each that is unknown. Raises EngineUnavailableError if no node answers."""
        budget = self._cluster.budget()
        return self._read(lambda client: correcting.correct(client, self._generations.current, words, budget), budget)

    def complete(self, text: str, language: str, limit: int = 8) -> tuple[Completion, ...]:
        """Return subjects whose title goes on from `text`. Raises EngineUnavailableError if no node answers."""
        return self._read(lambda client: completing.complete(client, self._generations.current, text, language, limit))

    def count(self) -> int:
        """Return the number of subjects in the index. Raises EngineUnavailableError if no node answers."""
        return self._read(lambda client: _count(client, self._generations.current))

    def index_bytes(self) -> int:
        """Return what the current generation takes on the disks of the nodes."""
        return self._read(lambda client: _bytes(client, self._generations.current))

    def apply(self, changes: Iterable[Change]) -> None:
        """Write changes to the generation being built and to the current one, and let searches see them.

        Raises EngineUnavailableError within two seconds if no node answers, EngineMissingError without an index.
        """
        current, building = self._cluster.ask(self._generations.writable, self._cluster.budget())
        if not current:  # before any work; what is only in a generation being built is not visible: the outbox keeps it
            raise EngineMissingError()
        iterator = iter(changes)
        while batch := [writing.action(change) for change in itertools.islice(iterator, _BATCH)]:
            if building:
                self._write_to_building(batch)
            self._write(self._generations.current, batch, refresh=True)

    def rebuild(self, changes: Iterable[Change]) -> int:
        """Build a new generation and swap it in. Raises RebuildRunningError if another runs, and what `changes` raises."""
        return self._patiently(lambda client: self._build(client, changes))

    def remove(self) -> None:
        """Remove every index of this portal."""
        self._patiently(self._generations.remove)

    def _build(self, client: Elasticsearch, changes: Iterable[Change]) -> int:
        lease = self._generations.lease(client)
        with lease.held():
            name = self._generations.start(client)
            try:
                self._fill(client, changes, lease)
                client.indices.forcemerge(index=name, max_num_segments=1)
                client.indices.refresh(index=name)
                number = _count(client, name)
                lease.renew()
                self._generations.promote(client, name)
            except BaseException:
                self._generations.discard(client, name)
                raise
            self._generations.tidy(client)
        return number

    def _fill(self, client: Elasticsearch, changes: Iterable[Change], lease: Lease) -> None:
        """Send all changes in order; while one batch is sent, the next one is analysed."""
        iterator = iter(changes)
        options = {"chunk_size": _BATCH, "max_chunk_bytes": _CHUNK_BYTES}
        with ThreadPoolExecutor(1) as sender:
            sending: Future[None] | None = None
            while batch := [writing.action(change) for change in itertools.islice(iterator, _BATCH)]:
                if sending:
                    sending.result()
                    lease.renew()
                sending = sender.submit(writing.send, client, self._generations.building, batch, **options)
            if sending:
                sending.result()

    def _write(self, alias: str, actions: list[dict[str, object]], *, refresh: bool = False) -> None:
        with _missing_index():
            self._cluster.ask(
                lambda client: writing.send(client, alias, actions, chunk_size=_BATCH, refresh=refresh), self._cluster.budget()
            )

    def _write_to_building(self, actions: list[dict[str, object]]) -> None:
        """Write to the generation being built; one that a killed rebuild left behind does not count."""
        try:
            self._write(self._generations.building, actions)
        except EngineUnavailableError:
            if self._cluster.ask(lambda client: self._generations.lease(client).is_held(), self._cluster.budget()):
                raise

    def _read(self, action: Callable[[Elasticsearch], T], budget: Budget | None = None) -> T:
        budget = budget or self._cluster.budget()
        for _attempt in range(_ATTEMPTS):
            with contextlib.suppress(NotFoundError):
                return self._cluster.ask(action, budget)
        raise EngineMissingError()

    def _patiently(self, action: Callable[[Elasticsearch], T]) -> T:
        with _missing_index():
            return self._cluster.ask(action, self._cluster.budget(BULK_SECONDS))


@contextlib.contextmanager
def _missing_index() -> Iterator[None]:
    try:
        yield
    except NotFoundError as error:
        raise EngineMissingError() from error


def _count(client: Elasticsearch, index: str) -> int:
    number: int = client.count(index=index, query={"exists": {"field": "type"}})["count"]
    return number


def _bytes(client: Elasticsearch, index: str) -> int:
    size: int = client.indices.stats(index=index, metric="store")["_all"]["primaries"]["store"]["size_in_bytes"]
    return size
