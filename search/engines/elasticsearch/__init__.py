"""The Elasticsearch engine: the embedded engine's token streams on one or several nodes."""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
