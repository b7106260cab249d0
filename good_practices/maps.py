"""Maps of counts, ready to be drawn as inline SVG: the country by regions, a region by provinces, a province by communes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.vocabulary.enums import Level
from portal.vocabulary.models import Territory
from portal.vocabulary.outlines import Box, Outline, Point, around, outlines

CLASSES = 4
"""Shades for numbers above zero."""


@dataclass(frozen=True, slots=True)
class Area:
    """A place drawn as an area; `shade` goes from 0 (none) to `CLASSES`."""

    place: Territory
    outline: Outline
    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A commune drawn as a point, where its own is known."""

    place: Territory
    point: Point
    count: int
    here: bool = False


@dataclass(frozen=True, slots=True)
class Shade:
    """A line of the legend: the least and the greatest number of a shade."""

    shade: int
    least: int
    greatest: int


@dataclass(frozen=True, slots=True)
class Map:
    """What is drawn: areas that lead to their places, or the ground of one province with spots on it."""

    box: Box
    areas: tuple[Area, ...] = ()
    ground: Outline | None = None
    spots: tuple[Spot, ...] = ()
    legend: tuple[Shade, ...] = ()

    @property
    def view_box(self) -> str:
        """The `viewBox` of the drawing."""
        return " ".join(map(str, self.box))

    @property
    def unit(self) -> int:
        """The height of a number on the drawing, in its units; a spot is a third as wide."""
        return max(1, max(self.box[2:]) // 22)

    @property
    def radius(self) -> int:
        """The radius of a spot, in units of the drawing."""
        return max(1, self.unit // 3)


def country_map(regions: Iterable[Territory], counts: Mapping[int, int]) -> Map:
    """Return the map of all regions that have an outline."""
    return _areas(
        [(place, outlines().regions[place.iso_code]) for place in regions if place.iso_code in outlines().regions], counts
    )


def place_map(place: Territory, children: Sequence[Territory], counts: Mapping[int, int]) -> Map | None:
    """Return the map of a region by its provinces, of a province by its communes, or of where a commune lies in its province.

    None where nothing of it is known: a commune without a point of its own, a place that is not drawn.
    """
    provinces = outlines().provinces
    if place.level == Level.REGION:
        drawn = [(child, provinces[child.iso_code]) for child in children if child.iso_code in provinces]
        return _areas(drawn, counts) if drawn else None
    province = place.parent if place.level == Level.COMMUNE else place
    ground = provinces.get(province.iso_code) if province else None
    spots = _spots([place] if place.level == Level.COMMUNE else children, counts, here=place)
    if ground is None or (place.level == Level.COMMUNE and not spots):
        return None
    return Map(around([ground.box, *((*spot.point, 0, 0) for spot in spots)]), ground=ground, spots=spots)


def shades(greatest: int) -> tuple[Shade, ...]:
    """Return equal steps from 1 to a number, `CLASSES` at most; none for 0."""
    step = -(-greatest // CLASSES)
    least = range(1, greatest + 1, step) if greatest else ()
    return tuple(Shade(number, one, min(one + step - 1, greatest)) for number, one in enumerate(least, start=1))


def _areas(drawn: Sequence[tuple[Territory, Outline]], counts: Mapping[int, int]) -> Map:
    numbers = {place.pk: counts.get(place.pk, 0) for place, _outline in drawn}
    legend = shades(max(numbers.values(), default=0))
    areas = tuple(Area(place, outline, numbers[place.pk], _shade(numbers[place.pk], legend)) for place, outline in drawn)
    box = around([outline.box for _place, outline in drawn] or [(0, 0, 1, 1)])
    return Map(box, areas=areas, legend=legend)


def _shade(number: int, legend: Sequence[Shade]) -> int:
    return next((one.shade for one in legend if one.least <= number <= one.greatest), 0)


def _spots(communes: Iterable[Territory], counts: Mapping[int, int], here: Territory) -> tuple[Spot, ...]:
    """Return the communes whose own point is known."""
    return tuple(
        Spot(one, outlines().point(one.longitude, one.latitude), counts.get(one.pk, 0), one.pk == here.pk)
        for one in communes
        if one.longitude is not None and one.latitude is not None
    )
