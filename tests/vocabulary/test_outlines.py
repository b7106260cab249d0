"""The outlines: every region and province has one, neighbours meet, and points lie where they should."""

import json
import re

import pytest

from portal.vocabulary.domain import DATA
from portal.vocabulary.outlines import around, outlines

ROWS = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


def points(outline):
    """Return the corners of an outline, read from its relative path."""
    found = []
    for part in outline.path.split("z")[:-1]:
        start, steps = part[1:].split("l")
        x, y = map(int, start.split())
        numbers = list(map(int, re.findall(r"-?\d+", steps)))
        found.append((x, y))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def test_every_region_and_province_is_drawn():
    assert set(outlines().regions) == {row["iso"] for row in ROWS if row["level"] == "region"}
    assert set(outlines().provinces) == {row["iso"] for row in ROWS if row["level"] in ("province", "prefecture")}


@pytest.mark.parametrize("layer", ["regions", "provinces"])
def test_an_outline_fills_its_box_and_its_label_lies_within(layer):
    for iso, one in getattr(outlines(), layer).items():
        xs, ys = zip(*points(one), strict=True)
        assert one.box == (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)), iso
        assert 0 <= one.label[0] - one.box[0] <= one.box[2], iso
        assert 0 <= one.label[1] - one.box[1] <= one.box[3], iso


@pytest.mark.parametrize(("layer", "share"), [("regions", 0.4), ("provinces", 0.6)])
def test_neighbours_have_their_corners_in_common(layer, share):
    corners = [set(points(one)) for one in getattr(outlines(), layer).values()]
    every = set().union(*corners)
    shared = {corner for corner in every if sum(corner in ring for ring in corners) > 1}
    assert len(shared) / len(every) > share


def test_communes_with_a_point_of_their_own_lie_in_or_at_their_province():
    provinces = {row["code"]: outlines().provinces[row["iso"]] for row in ROWS if row["level"] in ("province", "prefecture")}
    placed = [row for row in ROWS if row["level"] == "commune" and "lon" in row]
    near = 0
    for row in placed:
        x, y = outlines().point(row["lon"], row["lat"])
        left, top, width, height = provinces[row["parent"]].box
        near += left - 15 <= x <= left + width + 15 and top - 15 <= y <= top + height + 15
    assert len(placed) == 369
    assert near / len(placed) > 0.97


def test_the_country_is_drawn_small():
    drawn = sum(len(one.path) for one in outlines().regions.values())
    assert drawn < 10_000
    assert drawn + sum(len(one.path) for one in outlines().provinces.values()) < 60_000


def test_around():
    assert around([(0, 0, 50, 10), (50, 40, 50, 10)]) == (-5, -5, 110, 60)
