"""Engines: which one runs is only a setting. With `ELASTICSEARCH_URL` it is Elasticsearch, else the embedded one."""

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from search.engines.base import (
    Change,
    Completion,
    Engine,
    EngineHit,
    EngineMissingError,
    EngineResults,
    EngineUnavailableError,
    RebuildRunningError,
)

EMBEDDED = "search.engines.embedded.engine.from_settings"
ELASTICSEARCH = "search.engines.elasticsearch.engine.from_settings"

__all__ = [
    "Change",
    "Completion",
    "Engine",
    "EngineHit",
    "EngineMissingError",
    "EngineResults",
    "EngineUnavailableError",
    "RebuildRunningError",
    "get_engine",
]


def get_engine() -> Engine:
    """Return the engine of `ELASTICSEARCH_URL`, or the embedded one in `SEARCH_INDEX_DIR` where no node is named.

    `SEARCH_ENGINE`, where it is set, names another: the dotted path of a factory without arguments.
    """
    urls = tuple(getattr(settings, "ELASTICSEARCH_URL", ()))
    factory = getattr(settings, "SEARCH_ENGINE", "") or (ELASTICSEARCH if urls else EMBEDDED)
    place = (*urls, getattr(settings, "ELASTICSEARCH_INDEX", "")) if urls else (str(getattr(settings, "SEARCH_INDEX_DIR", "")),)
    return _engine(factory, place)


@lru_cache(maxsize=8)
def _engine(factory: str, _place: tuple[str, ...]) -> Engine:
    """Keep one engine per setting; where its index is belongs to what an engine is."""
    engine: Engine = import_string(factory)()
    return engine
