"""Maps of places: circles that can be told apart on a phone, within borders that are shown whole."""

from math import sqrt
from typing import Any

import pytest
from bokeh.models import Circle, Scatter

from app.charts import maps
from app.charts.boundaries import Area, Boundaries
from app.places import FINE, Places, Spot

LAT, LON, STEP = 37.53, 127.12, 0.002
PHONE_PX = 280
"""What is left for a map of a screen of 360 pixels."""


def drawn(side: int, boundaries: Boundaries | None = None) -> Any:
    """A square of places, the further to the north-east the more records."""
    spots = [
        Spot(LAT + y * STEP, LON + x * STEP, "길동", 1 + x * y) for x in range(side) for y in range(side)
    ]
    ordered = sorted(spots, key=lambda spot: -spot.records)
    return maps.draw(maps.frame(Places(tuple(ordered), FINE, cut=False)), boundaries)


def circles(plot: Any) -> tuple[Any, dict[str, list[float]]]:
    found = next(one for one in plot.renderers if isinstance(one.glyph, Circle | Scatter))
    return found.glyph, found.data_source.data


def test_circles_of_a_few_places_are_as_large_on_a_phone() -> None:
    glyph, data = circles(drawn(5))
    assert isinstance(glyph, Scatter)
    assert max(data["size"]) == maps.MOST_PX
    assert min(data["size"]) == pytest.approx(sqrt(1 / 17) * maps.MOST_PX, abs=0.1)


@pytest.mark.parametrize("side", [10, 24])
def test_circles_of_many_places_leave_most_of_a_phone_free(side: int) -> None:
    plot = drawn(side)
    glyph, data = circles(plot)
    assert isinstance(glyph, Circle)
    pixels = [2 * one / (plot.x_range.end - plot.x_range.start) * PHONE_PX for one in data["radius"]]
    assert pytest.approx(min(pixels), rel=0.01) == maps.LEAST_SHARE * PHONE_PX
    assert pytest.approx(max(pixels), rel=0.01) == maps.MOST_SHARE * PHONE_PX


def test_areas_of_circles_go_by_the_records() -> None:
    _, data = circles(drawn(10))
    (most, some) = ((data["radius"][at], data["value"][at]) for at in (0, 20))
    assert (most[0] / some[0]) ** 2 == pytest.approx(most[1] / some[1], rel=0.01)


def district(reach: float) -> Boundaries:
    """One dong around the places, that reaches so far beyond them."""
    west, south, east, north = LON - reach, LAT - reach, LON + 9 * STEP + reach, LAT + 9 * STEP + reach
    ring = ((west, south), (east, south), (east, north), (west, north))
    return Boundaries((Area("길동", (ring,), (LON, LAT)),), "", schematic=True)


@pytest.mark.parametrize(("reach", "whole"), [(0.003, True), (0.05, False)])
def test_borders_are_shown_whole_where_little_is_lacking(reach: float, whole: bool) -> None:
    plot = drawn(10, district(reach))
    south, north = plot.y_range.start, plot.y_range.end
    assert (south < LAT - reach and north > LAT + 9 * STEP + reach) is whole
    assert south < LAT
    assert north > LAT + 9 * STEP
