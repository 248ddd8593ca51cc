"""Borders of the district's dong from a file the operator supplies, light enough to send with a page."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from app.charts.boundary_file import Feature, read
from app.charts.boundary_names import BoundariesError
from search.language.gazetteer import gazetteer

__all__ = ["Area", "Boundaries", "BoundariesError", "opened"]

MOST_POINTS = 1200
"""Of all areas together; a phone draws them at once, and the JSON stays under 30 kB."""
FINEST_DEGREES, COARSEST_DEGREES, STEP = 0.00005, 0.02, 1.3
"""Tolerances of simplification, about 5 m to 2 km: from one to the next until the points are few enough."""
TINY_SHARE = 1 / 5000
"""Of the area of all: a part or a hole that would be a few pixels."""
DECIMALS = 5
"""Of degrees, about 1 m."""

Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True)
class Area:
    """``name`` as records have it; ``rings``: outer rings without the first point repeated; ``centre``: within.

    Points are lon, lat in degrees (WGS84). A large hole is part of its ring, which runs to it and back.
    """

    name: str
    rings: tuple[Ring, ...]
    centre: Point


@dataclass(frozen=True)
class Boundaries:
    """Neighbours share the points of their border. ``source`` is empty where the file does not name it.

    ``schematic``: they are not the real borders, and wherever they are shown it must be said.
    """

    areas: tuple[Area, ...]
    source: str
    schematic: bool

    @classmethod
    def load(cls, path: Path) -> "Boundaries":
        """From a GeoJSON file. Raises BoundariesError, also where there is none."""
        found = read(path)
        shapes = _simplified(_levels(found.features))
        areas = (_area(name, shape) for level in shapes for name, shape in level.items())
        return cls(tuple(areas), found.source, found.schematic)


def opened(path: Path) -> Boundaries | None:
    """None without a file, which is the normal case. Raises BoundariesError for one that cannot be used."""
    return Boundaries.load(path) if path.exists() else None


def _levels(features: tuple[Feature, ...]) -> list[dict[str, Any]]:
    """Dong and districts apart, as one lies over the other; shapes by name, without what is too small to see."""
    levels: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    for feature in features:
        level = levels[feature.name in gazetteer().seoul]
        known = level.get(feature.name)
        level[feature.name] = known.union(feature.shape) if known else feature.shape
    return [_without_tiny(level) for level in levels if level]


def _without_tiny(level: dict[str, Any]) -> dict[str, Any]:
    least = sum(shape.area for shape in level.values()) * TINY_SHARE
    return {name: _large_parts(shape, least) for name, shape in level.items()}


def _large_parts(shape: Any, least: float) -> Any:
    """The largest part always stays."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -float(part.area))
    large = parts[:1] + [part for part in parts[1:] if part.area >= least]
    return shapely.MultiPolygon([_with_large_holes(part, least) for part in large])


def _with_large_holes(part: Any, least: float) -> Any:
    return shapely.Polygon(
        part.exterior, [hole for hole in part.interiors if shapely.Polygon(hole).area >= least]
    )


def _simplified(levels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As fine as the number of points allows, borders between neighbours alike on both sides."""
    found, tolerance = levels, FINEST_DEGREES
    while _points(found) > MOST_POINTS and tolerance < COARSEST_DEGREES:
        found = [
            dict(zip(level, shapely.coverage_simplify(list(level.values()), tolerance), strict=True))
            for level in levels
        ]
        tolerance *= STEP
    return found


def _points(levels: list[dict[str, Any]]) -> int:
    return sum(int(shapely.get_num_coordinates(shape)) for level in levels for shape in level.values())


def _area(name: str, shape: Any) -> Area:
    parts = shapely.get_parts(shapely.orient_polygons(shape))
    inner = shapely.maximum_inscribed_circle(max(parts, key=lambda part: float(part.area)))
    return Area(name, tuple(map(_ring, parts)), _rounded(inner.coords[0]))


def _ring(part: Any) -> Ring:
    """The outer ring, its holes cut open to it: filled, they stay empty."""
    ring = list(part.exterior.coords)[:-1]
    for hole in part.interiors:
        ring = _joined(ring, list(hole.coords)[:-1])
    rounded = list(map(_rounded, ring))
    return tuple(point for at, point in enumerate(rounded) if point != rounded[at - 1])


def _joined(ring: list[Point], hole: list[Point]) -> list[Point]:
    """Once round the hole from where the ring comes nearest to it. The hole runs the other way round."""
    pairs = ((at, to) for at in range(len(ring)) for to in range(len(hole)))
    at, to = min(pairs, key=lambda pair: _distance(ring[pair[0]], hole[pair[1]]))
    return [*ring[: at + 1], *hole[to:], *hole[: to + 1], *ring[at:]]


def _distance(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _rounded(point: Point) -> Point:
    return round(point[0], DECIMALS), round(point[1], DECIMALS)
