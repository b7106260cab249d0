"""Engines: which one runs is only a setting (`SEARCH_ENGINE`, the embedded one by default)."""

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
    """Return the engine that the settings name: `SEARCH_ENGINE` is the dotted path of a factory without arguments."""
    return _engine(getattr(settings, "SEARCH_ENGINE", EMBEDDED), str(getattr(settings, "SEARCH_INDEX_DIR", "")))


@lru_cache(maxsize=8)
def _engine(factory: str, directory: str) -> Engine:
    """Keep one engine per setting; the directory is part of what an engine is."""
    engine: Engine = import_string(factory)()
    return engine
