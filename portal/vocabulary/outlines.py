"""The outlines of regions, prefectures and provinces, as `tools/outlines.py` drew them.

© OpenStreetMap contributors, ODbL 1.0: whoever shows them says so.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "outlines.json"

Point = tuple[int, int]
Box = tuple[int, int, int, int]
"""The least x and y, the width and the height."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The drawing of a place in units of its layer: SVG path data, the box around it, and where a number may stand."""

    path: str
    box: Box
    label: Point


@dataclass(frozen=True, slots=True)
class Outlines:
    """All outlines by ISO 3166-2 code, and how a point of the earth comes to lie on those of provinces."""

    regions: Mapping[str, Outline]
    provinces: Mapping[str, Outline]
    west: float
    north: float
    parallel: float
    grid: int

    def point(self, longitude: float, latitude: float) -> Point:
        """Return where a place (degrees, WGS 84) lies on the drawing of its province: equirectangular projection."""
        across = (longitude - self.west) * math.cos(math.radians(self.parallel))
        return round(across * self.grid), round((self.north - latitude) * self.grid)


@lru_cache(maxsize=1)
def outlines() -> Outlines:
    """Return the outlines, read once."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    return Outlines(
        regions=_layer(data["regions"]["places"]),
        provinces=_layer(data["provinces"]["places"]),
        west=data["west"],
        north=data["north"],
        parallel=data["parallel"],
        grid=data["provinces"]["grid"],
    )


def _layer(places: Mapping[str, Any]) -> Mapping[str, Outline]:
    return {iso: _outline(place) for iso, place in places.items()}


def _outline(place: Mapping[str, Any]) -> Outline:
    x, y, width, height = place["box"]
    return Outline(place["d"], (x, y, width, height), (place["label"][0], place["label"][1]))


def around(boxes: Iterable[Box]) -> Box:
    """Return the box around some, at least one, with a margin of a twenty-fifth of its longer side."""
    known = list(boxes)
    west, north = min(box[0] for box in known), min(box[1] for box in known)
    east, south = max(box[0] + box[2] for box in known), max(box[1] + box[3] for box in known)
    margin = max(east - west, south - north) // 25 + 1
    return west - margin, north - margin, east - west + 2 * margin, south - north + 2 * margin
