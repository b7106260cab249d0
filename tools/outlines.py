"""Draws the outlines of Morocco's regions and provinces as SVG paths, from GeoJSON in degrees (WGS 84).

    python tools/outlines.py REGIONS.geojson PROVINCES.geojson REGIONS.json PROVINCES.json > portal/vocabulary/data/outlines.json

The two others hold a label point (`label_lon`, `label_lat`) by `iso`. All points of a layer go to the crossings of one grid, so
that neighbours that shared a line share it still: the drawing has neither gaps nor overlaps. A point on a straight line between
two others is left out where it is so for both neighbours.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

WEST, NORTH = -17.3, 36.1
PARALLEL = 29.0
"""Where a degree of longitude is drawn in its true proportion to one of latitude (equirectangular projection)."""
REGION_GRID, PROVINCE_GRID = 60, 250
"""Units of drawing to a degree of latitude."""

Point = tuple[int, int]


def project(longitude: float, latitude: float, grid: int) -> Point:
    """Return the crossing of the grid that is nearest to a place."""
    across = (longitude - WEST) * math.cos(math.radians(PARALLEL))
    return round(across * grid), round((NORTH - latitude) * grid)


def rings_of(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    """Yield every ring of a polygon or of several."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon


def on_grid(ring: Iterable[Iterable[float]], grid: int) -> list[Point]:
    """Return a ring on the grid without points that fell together; the last point is not the first again."""
    points: list[Point] = []
    for longitude, latitude in ring:
        point = project(longitude, latitude, grid)
        if not points or points[-1] != point:
            points.append(point)
    return points[:-1] if len(points) > 1 and points[0] == points[-1] else points


def straight(before: Point, point: Point, after: Point) -> bool:
    """Tell whether a point lies on the line between its neighbours."""
    (x0, y0), (x, y), (x1, y1) = before, point, after
    return (x - x0) * (y1 - y) == (x1 - x) * (y - y0) and (x - x0) * (x1 - x) + (y - y0) * (y1 - y) > 0


def needed(layer: Iterable[list[Point]]) -> set[Point]:
    """Return the points of a layer that cannot be left out: corners of some ring, and where more than two lines meet."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    corners: set[Point] = set()
    for ring in layer:
        for place, point in enumerate(ring):
            before, after = ring[place - 1], ring[(place + 1) % len(ring)]
            neighbours[point] |= {before, after}
            if not straight(before, point, after):
                corners.add(point)
    return corners | {point for point, others in neighbours.items() if len(others) > 2}


def path(rings: Iterable[list[Point]]) -> str:
    """Return rings as the shortest SVG path data: relative lines."""
    parts = []
    for ring in rings:
        (x, y), steps = ring[0], []
        for nx, ny in ring[1:]:
            steps.append(f"{nx - x}{'' if ny < y else ' '}{ny - y}")
            x, y = nx, ny
        parts.append(f"M{ring[0][0]} {ring[0][1]}l{''.join(step if step[0] == '-' else f' {step}' for step in steps).strip()}z")
    return "".join(parts)


def outlines(geojson: Path, labels: Path, grid: int) -> dict[str, Any]:
    """Return iso -> its path (`d`), box (`x`, `y`, `width`, `height`) and label point, in units of the grid."""
    features = json.loads(geojson.read_text(encoding="utf-8"))["features"]
    points = {row["iso"]: (row["label_lon"], row["label_lat"]) for row in json.loads(labels.read_text(encoding="utf-8"))}
    drawn = {one["properties"]["iso"]: [on_grid(ring, grid) for ring in rings_of(one["geometry"])] for one in features}
    kept = needed(ring for rings in drawn.values() for ring in rings if len(ring) > 2)
    found = {}
    for iso, rings in sorted(drawn.items()):
        rings = [[point for point in ring if point in kept] for ring in rings if len(ring) > 2]
        xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
        box = [min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)]
        found[iso] = {"d": path(rings), "box": box, "label": project(*points[iso], grid)}
    return found


def main(arguments: list[str]) -> None:
    regions, provinces, region_rows, province_rows = map(Path, arguments)
    layers = {
        "west": WEST,
        "north": NORTH,
        "parallel": PARALLEL,
        "regions": {"grid": REGION_GRID, "places": outlines(regions, region_rows, REGION_GRID)},
        "provinces": {"grid": PROVINCE_GRID, "places": outlines(provinces, province_rows, PROVINCE_GRID)},
    }
    sys.stdout.write(json.dumps(layers, separators=(",", ":")).replace('},"MA-', '},\n"MA-') + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
