"""Bars as inline SVG, drawn by the server: geometry in attributes, colours in the style sheet, mirrored from right to left."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 200, 16
_LEAST = 1.5
"""What there is of something is seen, however little."""


def bar(share: float, mirrored: bool) -> SafeString:
    """Return a bar of `share` (0 to 1) of the width, hidden from screen readers: the table beside it says the number."""
    width = max(_LEAST, min(share, 1.0) * WIDTH) if share else 0
    return _svg("chart", format_html('<rect class="chart__bar" {}/>', _span(0, width, mirrored)))


def span(shortest: int, longest: int, median: int | None, limit: int | None, most: int, mirrored: bool) -> SafeString:
    """Return a line from `shortest` to `longest`, marks at the median and at the law's limit; the axis goes from 0 to `most`."""
    scale = WIDTH / max(most, 1)
    start, width = shortest * scale, max(_LEAST, (longest - shortest) * scale)
    parts = [format_html('<rect class="chart__range" {}/>', _span(min(start, WIDTH - width), width, mirrored, 4))]
    if limit is not None and limit <= most:
        parts.append(_mark("chart__limit", limit * scale, mirrored))
    if median is not None:
        parts.append(_mark("chart__median", median * scale, mirrored))
    return _svg("chart", format_html("{}" * len(parts), *parts))


def _mark(name: str, place: float, mirrored: bool) -> SafeString:
    return format_html('<rect class="{}" {}/>', name, _span(max(0, min(place, WIDTH) - 2), 2, mirrored))


def _span(start: float, width: float, mirrored: bool, inset: float = 0) -> SafeString:
    x = WIDTH - start - width if mirrored else start
    places = map(_figure, (x, inset, width, HEIGHT - 2 * inset))
    return format_html('x="{}" y="{}" width="{}" height="{}"', *places)


def _svg(name: str, content: SafeString) -> SafeString:
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true" focusable="false">{}</svg>',
        name,
        WIDTH,
        HEIGHT,
        content,
    )


def _figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
