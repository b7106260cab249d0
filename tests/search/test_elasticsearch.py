"""The Elasticsearch engine keeps the contract on a real node."""

import pytest

from tests.search.contract import EngineContract


@pytest.fixture
def engine(elasticsearch_engine):
    return elasticsearch_engine


class TestElasticsearchEngine(EngineContract):
    """The contract, on a node."""
