"""Drawings of our own: line icons, and the zellige tile computed from the geometry of its stars.

The SVG files beside the style sheets are made here: `python -m portal.base.icons` writes them again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from PIL import Image, ImageDraw

Point = tuple[float, float]
Strap = tuple[Point, Point]

IMAGES = Path(__file__).resolve().parent.parent / "static" / "portal" / "img"

ICONS: dict[str, str] = {
    "arrow": '<path d="M4 12h15m-6-6 6 6-6 6"/>',
    "back": '<path d="M20 12H5m6-6-6 6 6 6"/>',
    "bell": '<path d="M6 17V11a6 6 0 0 1 12 0v6l2 1H4zM10 21h4"/>',
    "building": '<path d="M4 20V9l8-5 8 5v11M3 20h18M9 20v-6h6v6"/>',
    "calendar": '<rect x="4" y="5" width="16" height="15" rx="2"/><path d="M4 10h16M8 3v4m8-4v4"/>',
    "check": '<path d="m5 13 4.5 4.5L19 7"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "comment": '<path d="M4 5h16v11h-8l-5 4v-4H4z"/>',
    "device": '<rect x="3" y="5" width="18" height="11" rx="1.5"/><path d="M8 20h8m-4-4v4"/>',
    "document": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6m-6 4h6"/>',
    "filter": '<path d="M4 6h16M7 12h10m-7 6h4"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6m0-9.5v.01"/>',
    "instrument": '<path d="m4 20 1-4L16 5l3 3L8 19zM14 7l3 3M4 20h16"/>',
    "key": '<circle cx="8" cy="15" r="4"/><path d="m11 12 9-9m-4 4 3 3m-6 0 2 2"/>',
    "language": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9S9 6 12 3"/>',
    "lesson": '<path d="M9 18h6m-5 3h4M8 14.5A6 6 0 1 1 16 14.5c-.7.7-1 1.5-1 2.5H9c0-1-.3-1.8-1-2.5"/>',
    "link": '<path d="M14 4h6v6M20 4l-9 9M18 14v6H4V6h6"/>',
    "people": (
        '<circle cx="9" cy="8" r="3.5"/><path d="M3 20c0-4 2.5-6 6-6s6 2 6 6"/>'
        '<path d="M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.5c2 .9 3 2.8 3 5.5"/>'
    ),
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 21c0-4.5 3-7 7.5-7s7.5 2.5 7.5 7"/>',
    "phone": '<rect x="7" y="3" width="10" height="18" rx="2"/><path d="M11 18h2"/>',
    "place": '<path d="M12 21s-7-6-7-11.5a7 7 0 0 1 14 0C19 15 12 21 12 21"/><circle cx="12" cy="9.5" r="2.5"/>',
    "play": '<path d="M8 5v14l11-7z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "star": '<path d="m12 3 2.7 5.6 6.1.8-4.5 4.2 1.1 6.1-5.4-3-5.4 3 1.1-6.1-4.5-4.2 6.1-.8z"/>',
    "tag": '<path d="M4 4h8l8.5 8.5-8 8L4 12z"/><circle cx="8.5" cy="8.5" r="1.3"/>',
    "warning": '<path d="M12 4 2.5 20h19zM12 10v5m0 2.5v.01"/>',
}
"""The inside of each icon, drawn with a line on a square of 24."""

MIRRORED = {"arrow", "back", "comment", "instrument", "link", "search"}
"""Icons that point along the line of reading, and turn with it. A play sign never does: it is a tape's, not a text's."""


@lru_cache(maxsize=64)
def icon_svg(name: str) -> SafeString:
    """Return an icon as inline SVG, hidden from screen readers: the words beside it say what it means.

    Raises KeyError for a name that is not in `ICONS`.
    """
    turned = " icon--turned" if name in MIRRORED else ""
    inside = ICONS[name]
    return mark_safe(f'<svg class="icon{turned}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{inside}</svg>')


def khatam(outer: float, centre: float) -> list[Point]:
    """Return the sixteen corners of the star that two crossed squares make; `outer` is the distance of its tips from `centre`."""
    inner = outer * math.cos(math.pi / 4) / math.cos(math.pi / 8)
    return [_polar(centre, (outer, inner)[index % 2], index * math.pi / 8) for index in range(16)]


def zellige_tile(side: float = 20.0, gap: float = 2.1) -> str:
    """Return a tile of eight-pointed stars in woven straps, as SVG; it repeats without a seam in both directions.

    The ground is the tiling of octagons and squares. From the middle of every edge two straps leave at 45 degrees; in an
    octagon they cross as two squares, the khatam. A strap passes over one strap and under the next: it is cut, `gap` on
    either side, where it passes under. `side` is the length of an octagon's edge.
    """
    width = side * (1 + math.sqrt(2))
    straps = [*_star_straps(width, gap), *_corner_straps(width, side, gap)]
    path = "".join(f"M{_place(start)}L{_place(end)}" for start, end in straps)
    heart = " ".join(_place(point) for point in khatam(side * 0.3, width / 2))
    size = f"{width:.2f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}">'
        f'<path d="{path}" fill="none" stroke="#000" stroke-width="1.5"/><polygon points="{heart}"/></svg>\n'
    )


def favicon() -> str:
    """Return the portal's mark: a khatam of two crossed squares on a tile of Fes blue-green."""
    outline = " ".join(_place(point) for point in khatam(25, 32))
    heart = " ".join(_place(point) for point in khatam(10, 32))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="12" fill="#0b4a50"/>'
        f'<polygon points="{outline}" fill="none" stroke="#f2c14e" stroke-width="3.5" stroke-linejoin="round"/>'
        f'<polygon points="{heart}" fill="#f2c14e"/></svg>\n'
    )


def podcast_cover(width: int = 1500) -> Image.Image:
    """Return the cover of the podcasts: the portal's mark on a ground of stars, square and large as their directories ask."""
    size = 2 * width  # drawn at twice the size, for smooth edges
    cover = Image.new("RGB", (size, size), "#0b4a50")
    draw = ImageDraw.Draw(cover)

    def star(outer: float, across: float, down: float, colour: str) -> None:
        draw.polygon([(x + across, y + down) for x, y in khatam(outer, 0)], fill=colour)

    for place in range(36):
        across, down = (number * size / 5 for number in divmod(place, 6))
        star(size * 0.066, across, down, "#14616a")
        star(size * 0.059, across, down, "#0b4a50")
    for share, colour in ((0.37, "#0b4a50"), (0.35, "#f2c14e"), (0.3, "#0b4a50"), (0.14, "#f2c14e")):
        star(size * share, size / 2, size / 2, colour)
    return cover.resize((width, width), Image.Resampling.LANCZOS).quantize(32)


def _star_straps(width: float, gap: float) -> Iterator[Strap]:
    """Yield the pieces of the eight chords of a tile's octagon, each from the middle of an edge to that of the next but one.

    A chord goes over at its start, under the first chord it meets, over the second, and under at its end.
    """
    middles = [_polar(width / 2, width / 2, index * math.pi / 4) for index in range(8)]
    for index, start in enumerate(middles):
        end = middles[(index + 2) % 8]
        length = math.dist(start, end)
        crossing, slant = length * (1 - 1 / math.sqrt(2)), gap * math.sqrt(2)
        for begin, finish in ((0.0, crossing - slant), (crossing + slant, length - gap)):
            yield _along(start, end, begin / length), _along(start, end, finish / length)


def _corner_straps(width: float, side: float, gap: float) -> Iterator[Strap]:
    """Yield what the tile holds of the squares between octagons: in each corner two straps that go on to the tile's edges."""
    reach = (width - side) / 4
    for across, down in ((1, 1), (-1, 1), (-1, -1), (1, -1)):
        x, y = (width - reach if across > 0 else reach), (width - reach if down > 0 else reach)
        level_gap, upright_gap = (0.0, gap) if across == down else (gap, 0.0)
        yield (x + across * level_gap, y), (x + across * reach, y)
        yield (x, y + down * upright_gap), (x, y + down * reach)


def _polar(centre: float, radius: float, angle: float) -> Point:
    return centre + radius * math.cos(angle), centre + radius * math.sin(angle)


def _along(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _place(point: Point) -> str:
    return " ".join(f"{value:.2f}".rstrip("0").rstrip(".") for value in point)


def write_images() -> None:
    """Write the drawings that style sheets, the head of every page and the podcasts use."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    (IMAGES / "zellige.svg").write_text(zellige_tile(), encoding="utf-8")
    podcast_cover().save(IMAGES / "podcast.png", optimize=True)
    (IMAGES / "favicon.svg").write_text(favicon(), encoding="utf-8")


if __name__ == "__main__":
    write_images()
