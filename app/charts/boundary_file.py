"""A GeoJSON file of borders to the shapes that are ours, or the reason why it cannot be drawn."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from app.charts.boundary_names import NAMES, BoundariesError, region_of, written_names
from search.language.gazetteer import gazetteer

MOST_BYTES = 100_000_000
"""All dong of the country take a third of this."""
WEST, SOUTH, EAST, NORTH = 124.0, 33.0, 132.0, 39.0
"""Of the country, islands included, in degrees."""
DECIMALS = 6
"""Of degrees, 0.1 m: corners that neighbours share are the same then, whatever their last digits were."""
LEAST_AREA = 1e-8
"""In square degrees, about 100 m²: less is a slip of the pen."""
FEWEST_CORNERS = 3
MOST_TOLD = 5
REMEDY = "save it as GeoJSON in degrees: ogr2ogr -t_srs EPSG:4326 boundaries.geojson FILE"
REDRAW = "draw it anew or leave the feature out"


@dataclass(frozen=True)
class Feature:
    """``shape``: a valid (Multi)Polygon of shapely; lon, lat in degrees (WGS84)."""

    name: str
    shape: Any


@dataclass(frozen=True)
class BoundaryFile:
    """``source``: who drew the borders, empty where the file does not say."""

    features: tuple[Feature, ...]
    source: str
    schematic: bool


def read(path: Path) -> BoundaryFile:
    """The features of the district as the file orders them; others are passed over. Raises BoundariesError."""
    try:
        document = _document(_text(path))
        features = tuple(_ours(document["features"]))
    except BoundariesError as error:
        raise BoundariesError(f"{path}: {error}") from error
    # members beside the standard's: RFC 7946 §6.1 lets everyone have their own
    source = document.get("source")
    told = source.strip() if isinstance(source, str) else ""
    return BoundaryFile(features, told, schematic=document.get("schematic") is True)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BoundariesError(f"larger than {MOST_BYTES:,} bytes: keep only the features of the district")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BoundariesError("no such file: put it there, or name another in GBP_BOUNDARIES") from None
    except OSError as error:
        raise BoundariesError(f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise BoundariesError(f"not UTF-8: {REMEDY}") from None


def _document(text: str) -> dict[str, Any]:
    """A FeatureCollection whose features are a list of objects."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BoundariesError(f"not JSON ({error}): {REMEDY}") from None
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise BoundariesError(f"not a FeatureCollection: {REMEDY}")
    features = document.get("features")
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise BoundariesError(f"its features are not a list of objects: {REMEDY}")
    return document


def _ours(features: list[dict[str, Any]]) -> Iterator[Feature]:
    district, names = gazetteer().district, set()
    for at, feature in enumerate(features, 1):
        found = _feature(at, feature)
        if found:
            names.add(found.name)
            yield found
    if names <= gazetteer().seoul - {district}:
        there = [name for feature in features for name in written_names(_properties(feature))]
        told = ", ".join([*there[:MOST_TOLD], *("…" for _ in there[MOST_TOLD : MOST_TOLD + 1])])
        raise BoundariesError(
            f"no feature of {len(features):,} is a dong of {district} or {district} itself ({told or 'no names'}): "
            f"take a file of {district} with the names of the dong in {NAMES[0]} or {NAMES[1]}"
        )


def _feature(at: int, feature: dict[str, Any]) -> Feature | None:
    """None for one elsewhere, however it is drawn. Raises BoundariesError."""
    name = None
    try:
        name = region_of(_properties(feature))
        return Feature(name, _shape(feature.get("geometry"))) if name else None
    except BoundariesError as error:
        raise BoundariesError(f"feature {at}{f' ({name})' if name else ''}: {error}") from error


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _shape(geometry: Any) -> Any:
    known = geometry if isinstance(geometry, dict) else {}
    kind, parts = known.get("type"), known.get("coordinates")
    polygons = [parts] if kind == "Polygon" else parts if kind == "MultiPolygon" else None
    if not isinstance(polygons, list) or not polygons:
        raise BoundariesError(
            f"no polygon but {kind or 'nothing'}: take a file of areas, not of points or lines"
        )
    drawn = shapely.MultiPolygon([_rings(polygon) for polygon in polygons])
    if (
        not drawn.is_valid
    ):  # rings that cross themselves; a valid shape stays as it is, for its neighbours' sake
        drawn = shapely.make_valid(drawn, method="structure", keep_collapsed=False)
    if drawn.area < LEAST_AREA:
        raise BoundariesError(f"an area of nothing: {REDRAW}")
    return drawn


def _rings(polygon: Any) -> tuple[Any, list[Any]]:
    """The outer ring and the holes."""
    if not isinstance(polygon, list) or not polygon:
        raise BoundariesError(f"a polygon without rings: {REDRAW}")
    outer, *holes = map(_ring, polygon)
    return outer, holes


def _ring(ring: Any) -> list[tuple[float, float]]:
    positions = [_position(position) for position in ring] if isinstance(ring, list) else []
    if len(set(positions)) < FEWEST_CORNERS:
        raise BoundariesError(f"a ring of fewer than {FEWEST_CORNERS} corners: {REDRAW}")
    return positions


def _position(position: Any) -> tuple[float, float]:
    match position:
        case [int() | float() as lon, int() | float() as lat, *_]:
            told = f"[{lon}, {lat}]"
        case _:
            raise BoundariesError(f"{position!r:.60} is no position [longitude, latitude]: {REDRAW}")
    if WEST <= lon <= EAST and SOUTH <= lat <= NORTH:
        return round(float(lon), DECIMALS), round(float(lat), DECIMALS)
    if WEST <= lat <= EAST and SOUTH <= lon <= NORTH:
        raise BoundariesError(f"{told} is latitude before longitude: swap them in the whole file")
    raise BoundariesError(f"{told} is no longitude and latitude (WGS84) in Korea, metres perhaps: {REMEDY}")
