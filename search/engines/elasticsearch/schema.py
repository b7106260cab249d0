"""What one generation of the index holds: readable texts, and beside them the token streams that are searched."""

from typing import Any

from elasticsearch_dsl import Date, Document, Integer, Keyword, Long, MetaField, Object, Text

from search.analysis import VERSION as ANALYSIS_VERSION

SCHEMA_VERSION = 3
VERSION = SCHEMA_VERSION * 1000 + ANALYSIS_VERSION
"""Part of every name: an index written by other code is never read, it is as if there were none."""

MAX_VALUE = 1_000
"""Characters of a facet's value; Lucene takes no term of more than 32,766 bytes."""

TITLE_WEIGHT = 2.0
SKELETON_WEIGHT = 0.2
"""Skeletons join broken plurals, and strangers too."""

_TOKENS = "whitespace"
"""The streams are finished tokens: they are only cut at spaces."""
_COMPLETION = {"type": "text", "analyzer": _TOKENS, "norms": False, "index_prefixes": {"min_chars": 1, "max_chars": 15}}
_STREAMS = ("title", "text", "exact", "skeleton", "completion", "facets")


class StoredSubject(Document):
    """A subject as a node keeps it. One without `type` was deleted: its version keeps older changes from bringing it back."""

    key = Keyword()
    type = Keyword()
    date = Date(format="strict_date")
    discussion = Integer()
    published = Long()
    variants = Object(enabled=False)
    facets = Object(dynamic=True)
    title = Text(analyzer=_TOKENS)
    text = Text(analyzer=_TOKENS)
    exact = Text(analyzer=_TOKENS, norms=False)
    skeleton = Text(analyzer=_TOKENS)
    completion = Object(dynamic=True)
    title_length = Integer()

    class Index:
        name = "portal"
        settings: dict[str, Any] = {
            "number_of_shards": 1,  # so that counts and scores are exact; a second node holds a copy of it
            "auto_expand_replicas": "0-1",
            "max_result_window": 1_000_000,
        }

    class Meta:
        dynamic = MetaField("strict")
        source = MetaField(excludes=list(_STREAMS))  # what is only searched is not kept a second time
        dynamic_templates = MetaField(
            [
                {"facets": {"path_match": "facets.*", "mapping": {"type": "keyword"}}},
                {"completion": {"path_match": "completion.*", "mapping": _COMPLETION}},
            ]
        )
