"""Schematic borders of the sample's dong: who lives nearer to which centre, within a round outline."""

import json
from datetime import date
from math import cos, radians
from pathlib import Path
from typing import Any

import shapely

from indexer.sample.kind import LAST_YEAR
from indexer.sample.places import CENTRES, Dong, dongs_on

SOURCE = "자동으로 만든 모식 경계(실제 행정 경계가 아닙니다)"
REACH_DEGREES = 0.008
"""Of latitude, about 900 m from a centre to the outline: no place of the sample lies farther off."""
GAP_DEGREES = 0.006
"""Bays of the outline narrower than twice this are filled."""
ROUND_SEGMENTS = 6
"""Of a quarter of a circle: round to the eye, few points."""
NARROW = cos(radians(37.55))
"""A degree of longitude here, in degrees of latitude."""
DECIMALS = 5


def write_boundaries(path: Path) -> Path:
    """Write the borders as GeoJSON, always the same bytes. Raises OSError where it cannot be written."""
    text = json.dumps(boundaries(), ensure_ascii=False, separators=(",", ":"))
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")  # half a file would be an error on every page with a map
    beside.write_text(text + "\n", encoding="utf-8")
    return beside.replace(path)


def boundaries() -> dict[str, Any]:
    """A FeatureCollection: the dong of today with ``name`` and ``code`` (10 digits); lon, lat in WGS84."""
    where = dongs_on(date(LAST_YEAR, 12, 31))
    points = shapely.MultiPoint([_plane(dong) for dong in where])
    outline = points.buffer(REACH_DEGREES + GAP_DEGREES, ROUND_SEGMENTS).buffer(-GAP_DEGREES, ROUND_SEGMENTS)
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=outline, ordered=True))
    features = [_feature(dong, cell & outline) for dong, cell in zip(where, cells, strict=True)]
    return {"type": "FeatureCollection", "source": SOURCE, "schematic": True, "features": features}


def _plane(dong: Dong) -> tuple[float, float]:
    """East and north, one as long as the other."""
    latitude, longitude = CENTRES[dong.name]
    return longitude * NARROW, latitude


def _feature(dong: Dong, cell: Any) -> dict[str, Any]:
    drawn = shapely.orient_polygons(cell)
    ring = [[round(x / NARROW, DECIMALS), round(y, DECIMALS)] for x, y in drawn.exterior.coords]
    return {
        "type": "Feature",
        "properties": {"name": dong.name, "code": dong.code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
