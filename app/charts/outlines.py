"""The borders of the district's dong on a map: which of them, and how they lie on paper."""

from collections.abc import Iterable
from math import cos, radians

from app.charts.boundaries import Area, Boundaries
from search.language.gazetteer import gazetteer

KILOMETRE_DEGREES = 1 / 111.2


def level(boundaries: Boundaries, regions: Iterable[str]) -> tuple[Area, ...]:
    """Areas of one level, dong or districts: that of which more are among the regions."""
    wanted, districts = set(regions), gazetteer().seoul
    levels = [
        tuple(area for area in boundaries.areas if (area.name in districts) is is_district)
        for is_district in (False, True)
    ]
    return max(levels, key=lambda areas: sum(area.name in wanted for area in areas))


def narrow(areas: Iterable[Area]) -> float:
    """How much shorter a degree to the east is than one to the north."""
    latitudes = [area.centre[1] for area in areas]
    return cos(radians(sum(latitudes) / len(latitudes)))


def rings(areas: Iterable[Area], factor: float) -> tuple[list[str], list[list[float]], list[list[float]]]:
    """Names, x and y of every ring; ``factor`` narrows the longitudes."""
    found = [(area.name, ring) for area in areas for ring in area.rings]
    return (
        [name for name, _ in found],
        [[round(lon * factor, 6) for lon, _ in ring] for _, ring in found],
        [[lat for _, lat in ring] for _, ring in found],
    )
