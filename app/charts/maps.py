"""Cells of a map to a frame and a figure: circles by number of records, without any map from elsewhere."""

from math import cos, radians, sqrt
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

from app.charts import drawing, outlines
from app.charts.boundaries import Boundaries
from app.charts.theme import (
    BAR_COLOUR,
    EDGE_COLOUR,
    FONT,
    LABEL_SIZE,
    NOTHING_COLOUR,
    TEXT_COLOUR,
    styled,
)
from app.places import Places

HEIGHT_PX = 240
"""At least: the figure keeps its proportions at any width."""
LEAST_PX, MOST_PX = 8.0, 44.0
"""Across: circles of a few places are as large on a phone, to be seen and touched."""

FEW_PLACES = 80
LEAST_SHARE, MOST_SHARE = 0.012, 0.053
"""Across, of the map's width: more places than a few would lie on each other on a phone, so their circles shrink with it.
The smallest are there to be seen; to be touched there are the table and the files."""

MARGIN = 0.08
LITTLE_MORE = 1.5
"""Times what the places reach over: so far a map goes on to show the whole district."""

WIDE = 1.25
"""Width by height of the figure."""
LEAST_SPAN_DEGREES = 0.01
NAME_ABOVE_PX = 10
MOST_NAMES = 12
NAME_WIDE, NAME_HIGH = 0.22, 0.09
"""Of the figure: the room a name takes on a phone."""

EDGE = 0.15
STRAY_SHARE, STRAY_TIMES = 0.01, 1.5


def frame(found: Places) -> pd.DataFrame:
    """Columns ``key`` (str), ``value`` (records), ``lat``, ``lon`` (degrees, WGS84); the fullest cells first."""
    rows = [
        (
            f"{spot.region} 부근" if spot.region else f"{spot.lat:.3f}, {spot.lon:.3f} 부근",
            spot.records,
            spot.lat,
            spot.lon,
        )
        for spot in found.spots
    ]
    return pd.DataFrame(rows, columns=["key", "value", "lat", "lon"])


def far_off(cells: pd.DataFrame) -> "pd.Series[bool]":
    """Cells so far from nearly all records that a map with them would show nothing else."""
    far: npt.NDArray[np.bool_] = np.zeros(len(cells), dtype=np.bool_)
    values = cells["value"].to_numpy(dtype=float)
    for axis in ("lat", "lon"):
        degrees = cells[axis].to_numpy(dtype=float)
        order = np.argsort(degrees, kind="stable")
        weights = values[order] / values.sum()
        share = weights.cumsum()
        inner = degrees[order][(share > STRAY_SHARE) & (share - weights < 1 - STRAY_SHARE)]
        first, last = float(inner[0]), float(inner[-1])
        reach = max(last - first, LEAST_SPAN_DEGREES) * STRAY_TIMES
        far |= (degrees < first - reach) | (degrees > last + reach)
    return pd.Series(far, index=cells.index, dtype=bool)


def draw(cells: pd.DataFrame, boundaries: Boundaries | None) -> Any:
    """North is up, and a step to the east as long as one to the north, at any width of the page."""
    middle = (cells["lat"].min() + cells["lat"].max()) / 2
    narrow = cos(radians(float(middle)))
    x, y = cells["lon"] * narrow, cells["lat"]
    near = ~far_off(cells)
    borders = _borders(boundaries, narrow)
    x_span, y_span = _spans(_extent(x[near], borders.xs), _extent(y[near], borders.ys))
    plot: Any = figure(
        x_range=drawing.between(x_span[0], x_span[1]), y_range=drawing.between(y_span[0], y_span[1])
    )
    if borders.xs:
        plot.patches(borders.xs, borders.ys, fill_color=NOTHING_COLOUR, line_color=EDGE_COLOUR, line_width=1)
    circles = _circles(plot, cells, x, x_span[1] - x_span[0])
    for side in ("left", "center", "right"):
        _name(plot, _names(cells, narrow, x_span, y_span, side), side)
    drawing.hover(plot, [("곳", "@key"), ("레코드", "@told")], [circles])
    plot.axis.visible = False
    plot.grid.visible = False
    styled(plot)
    plot.sizing_mode = "scale_width"
    plot.aspect_ratio = WIDE
    return plot


def _circles(plot: Any, cells: pd.DataFrame, x: "pd.Series[float]", width: float) -> Any:
    """Their areas go by the records; ``width``: of the map, in degrees."""
    most = float(cells["value"].max())
    shares = [sqrt(records / most) for records in cells["value"]]
    at = [round(one, 5) for one in x]
    look = {"color": BAR_COLOUR, "fill_alpha": 0.45, "line_color": BAR_COLOUR}
    if len(cells) <= FEW_PLACES:
        sizes = [round(max(LEAST_PX, MOST_PX * share), 1) for share in shares]
        return plot.scatter(
            "x", "lat", size="size", source=drawing.source(cells, "건", x=at, size=sizes), **look
        )
    radii = [round(max(LEAST_SHARE, MOST_SHARE * share) * width / 2, 6) for share in shares]
    return plot.circle(
        "x", "lat", radius="radius", source=drawing.source(cells, "건", x=at, radius=radii), **look
    )


class _Borders(NamedTuple):
    """Rings of the dong: degrees to the east, narrowed, and to the north."""

    xs: list[list[float]]
    ys: list[list[float]]


def _borders(boundaries: Boundaries | None, narrow: float) -> _Borders:
    if boundaries is None:
        return _Borders([], [])
    _, xs, ys = outlines.rings(outlines.level(boundaries, ()), narrow)
    return _Borders(xs, ys)


def _extent(places: "pd.Series[float]", rings: list[list[float]]) -> tuple[float, float]:
    """From the first place to the last, and on to the borders where little is lacking: they are not cut then."""
    low, high = float(places.min()), float(places.max())
    ends = [one for ring in rings for one in ring]
    whole = min([low, *ends]), max([high, *ends])
    return whole if whole[1] - whole[0] <= LITTLE_MORE * max(high - low, LEAST_SPAN_DEGREES) else (low, high)


def _spans(x: tuple[float, float], y: tuple[float, float]) -> tuple[tuple[float, float], tuple[float, float]]:
    """What is shown from west to east and from south to north: everything, in the proportions of the figure."""
    height = max(y[1] - y[0], LEAST_SPAN_DEGREES) * (1 + 2 * MARGIN)
    width = max(x[1] - x[0], LEAST_SPAN_DEGREES) * (1 + 2 * MARGIN)
    height, width = max(height, width / WIDE), max(width, height * WIDE)
    east, north = (x[1] + x[0]) / 2, (y[1] + y[0]) / 2
    return (east - width / 2, east + width / 2), (north - height / 2, north + height / 2)


def _name(plot: Any, names: dict[str, list[Any]], side: str) -> None:
    plot.text(
        "x",
        "y",
        text="name",
        source=ColumnDataSource(dict(names)),
        text_align=side,
        text_baseline="bottom",
        y_offset=-NAME_ABOVE_PX,
        text_font=value(FONT),
        text_font_size=LABEL_SIZE,
        text_font_style="bold",
        text_color=TEXT_COLOUR,
    )


def _names(
    cells: pd.DataFrame,
    narrow: float,
    x_span: tuple[float, float],
    y_span: tuple[float, float],
    side: str,
) -> dict[str, list[Any]]:
    """Where the regions lie: the mean of their cells, the fullest first, none over another.

    Those near an edge (``side``) are written away from it.
    """
    named = cells[~cells["key"].str.contains(",")]
    regions = named.groupby("key").agg(records=("value", "sum"), lat=("lat", "mean"), lon=("lon", "mean"))
    kept: list[tuple[str, float, float]] = []
    wide, high = x_span[1] - x_span[0], y_span[1] - y_span[0]
    for name, row in regions.sort_values("records", ascending=False).iterrows():
        x, y = float(row["lon"]) * narrow, float(row["lat"])
        free = all(abs(x - a) > NAME_WIDE * wide or abs(y - b) > NAME_HIGH * high for _, a, b in kept)
        if free and len(kept) < MOST_NAMES:
            kept.append((str(name).removesuffix(" 부근"), x, y))
    shown = [one for one in kept if _side((one[1] - x_span[0]) / wide) == side]
    return {
        "x": [x for _, x, _ in shown],
        "y": [y for _, _, y in shown],
        "name": [name.split()[-1] for name, _, _ in shown],
    }


def _side(place: float) -> str:
    """How a name is aligned that lies so far from west (0) to east (1)."""
    return "left" if place < EDGE else "right" if place > 1 - EDGE else "center"
