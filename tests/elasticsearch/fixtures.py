"""Fixtures of real nodes: `pytest_plugins` of the tests that ask them."""

import os
import uuid

import pytest

from search.engines.elasticsearch import ElasticsearchEngine
from tests.elasticsearch.node import running


@pytest.fixture(scope="session")
def elasticsearch_urls():
    """The addresses of a cluster: that of ELASTICSEARCH_TEST_URL, else a node started for these tests."""
    named = os.environ.get("ELASTICSEARCH_TEST_URL", "")
    if named:
        yield [url for url in named.split(",") if url]
        return
    with running() as nodes:
        yield [node.url for node in nodes]


@pytest.fixture
def elasticsearch_engine(elasticsearch_urls):
    """An engine with an empty index, and names that no other test uses."""
    engine = ElasticsearchEngine(elasticsearch_urls, f"test-{uuid.uuid4().hex}")
    engine.rebuild([])
    yield engine
    engine.remove()
