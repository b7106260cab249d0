"""A throw-away index on real nodes, for `search_evaluate`."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from search.engines.base import EngineUnavailableError
from search.engines.elasticsearch.engine import ElasticsearchEngine


@contextmanager
def throw_away(_directory: Path) -> Iterator[ElasticsearchEngine]:
    """Give an engine with names of its own, removed afterwards, on the nodes of the settings or of `ELASTICSEARCH_TEST_URL`."""
    named = os.environ.get("ELASTICSEARCH_TEST_URL", "")
    urls = settings.ELASTICSEARCH_URL or [url for url in named.split(",") if url]
    if not urls:
        raise EngineUnavailableError("Name a node with ELASTICSEARCH_URL.")
    engine = ElasticsearchEngine(urls, f"evaluation-{uuid.uuid4().hex}")
    try:
        yield engine
    finally:
        engine.remove()
