"""Fixtures of real nodes, for every test that asks for them."""

import contextlib
import os
import uuid

import pytest

from search.engines.elasticsearch import ElasticsearchEngine
from tests.elasticsearch.distribution import NodeUnavailableError
from tests.elasticsearch.node import running

REQUIRED = "ELASTICSEARCH_TEST_REQUIRED"


@contextlib.contextmanager
def nodes_of_our_own(number=1):
    """Give the nodes of one cluster. Where none can be had the test is skipped and says why; `.ci/run` does not let it."""
    with contextlib.ExitStack() as stack:
        try:
            nodes = stack.enter_context(running(number))
        except NodeUnavailableError as error:
            if os.environ.get(REQUIRED):
                raise
            pytest.skip(str(error))
        yield nodes


@pytest.fixture(scope="session")
def elasticsearch_urls():
    """The addresses of a cluster: that of ELASTICSEARCH_TEST_URL, else a node started for these tests."""
    named = os.environ.get("ELASTICSEARCH_TEST_URL", "")
    if named:
        yield [url for url in named.split(",") if url]
        return
    with nodes_of_our_own() as nodes:
        yield [node.url for node in nodes]


@pytest.fixture
def elasticsearch_engine(elasticsearch_urls):
    """An engine with an empty index, and names that no other test uses."""
    engine = ElasticsearchEngine(elasticsearch_urls, f"test-{uuid.uuid4().hex}")
    engine.rebuild([])
    yield engine
    engine.remove()
