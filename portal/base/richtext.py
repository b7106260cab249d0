"""Rich text and blocks as the plain text that search and descriptions need."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail.blocks import StreamValue
from wagtail.rich_text import get_text_for_indexing


def plain_text(html: str) -> str:
    """Return Wagtail rich text without its tags, one space between blocks."""
    return " ".join(get_text_for_indexing(html).split())


def stream_text(stream: StreamValue) -> str:
    """Return what a reader reads in a stream of blocks, one line a block."""
    lines: list[Any] = stream.stream_block.get_searchable_content(stream)
    return "\n".join(plain_text(str(line)) for line in lines)


@lru_cache(maxsize=1024)
def stored_text(raw: str) -> str:
    """Return what a reader reads in a stream as the database keeps it (JSON), one line a paragraph.

    It follows from `raw` alone and makes no block: exports of a hundred pages can afford it.
    """
    lines = (" ".join(line.split()) for part in _strings(json.loads(raw or "[]")) for line in _as_lines(part))
    return "\n".join(line for line in lines if line)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for item in [value["value"]] if {"type", "value"} <= value.keys() else value.values():
            yield from _strings(item)


def _as_lines(html: str) -> list[str]:
    return unescape(strip_tags(_ENDS_OF_LINES.sub("\n", html))).splitlines()


_ENDS_OF_LINES = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")
