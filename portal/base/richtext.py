"""Rich text and blocks as the plain text that search and descriptions need."""

from typing import Any

from wagtail.blocks import StreamValue
from wagtail.rich_text import get_text_for_indexing


def plain_text(html: str) -> str:
    """Return Wagtail rich text without its tags, one space between blocks."""
    return " ".join(get_text_for_indexing(html).split())


def stream_text(stream: StreamValue) -> str:
    """Return what a reader reads in a stream of blocks, one line a block."""
    lines: list[Any] = stream.stream_block.get_searchable_content(stream)
    return "\n".join(plain_text(str(line)) for line in lines)
