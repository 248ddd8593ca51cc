"""Cells of a map to a frame and a figure: circles by number of records, without any map from elsewhere."""

from math import cos, radians, sqrt
from typing import Any

import pandas as pd
from bokeh.core.properties import value
from bokeh.embed import json_item
from bokeh.models import ColumnDataSource, HoverTool, Range1d
from bokeh.plotting import figure

from app.answers.places import Places
from app.charts.theme import BAR_COLOUR, FONT, LABEL_SIZE, TEXT_COLOUR, styled
from app.wording import number

HEIGHT_PX = 440
LEAST_PX, MOST_PX = 8.0, 44.0
MARGIN = 0.12
LEAST_SPAN_DEGREES = 0.01
NAME_ABOVE_PX = 10
MOST_NAMES = 24
TABLE_ROWS = 100


def frame(found: Places) -> pd.DataFrame:
    """Columns ``name`` (str), ``records`` (int), ``lat``, ``lon`` (degrees, WGS84); the fullest cells first."""
    rows = [
        (
            f"{spot.region} 부근" if spot.region else f"{spot.lat:.3f}, {spot.lon:.3f} 부근",
            spot.records,
            spot.lat,
            spot.lon,
        )
        for spot in found.spots
    ]
    return pd.DataFrame(rows, columns=["name", "records", "lat", "lon"])


def item(cells: pd.DataFrame) -> dict[str, Any]:
    """The figure as JSON for ``Bokeh.embed.embed_item``."""
    return dict(json_item(draw(cells)))


def draw(cells: pd.DataFrame) -> Any:
    """North is up, and a step to the east as long as one to the north."""
    middle = (cells["lat"].min() + cells["lat"].max()) / 2
    narrow = cos(radians(float(middle)))
    most = float(cells["records"].max())
    x, y = cells["lon"] * narrow, cells["lat"]
    source = ColumnDataSource(
        {
            "x": x.tolist(),
            "y": y.tolist(),
            "size": [max(LEAST_PX, MOST_PX * sqrt(records / most)) for records in cells["records"]],
            "name": cells["name"].tolist(),
            "text": [number(records) for records in cells["records"]],
            "told": [f"{number(records)}건" for records in cells["records"]],
        }
    )
    plot: Any = figure(x_range=_span(x), y_range=_span(y), height=HEIGHT_PX, match_aspect=True)
    circles = plot.scatter(
        "x", "y", size="size", source=source, color=BAR_COLOUR, fill_alpha=0.45, line_color=BAR_COLOUR
    )
    _name(plot, _names(cells, narrow))
    plot.add_tools(HoverTool(tooltips=[("곳", "@name"), ("레코드", "@told")], renderers=[circles]))
    plot.axis.visible = False
    plot.grid.visible = False
    return styled(plot)


def _name(plot: Any, names: dict[str, list[Any]]) -> None:
    plot.text(
        "x",
        "y",
        text="name",
        source=ColumnDataSource(dict(names)),
        text_align="center",
        text_baseline="bottom",
        y_offset=-NAME_ABOVE_PX,
        text_font=value(FONT),
        text_font_size=LABEL_SIZE,
        text_font_style="bold",
        text_color=TEXT_COLOUR,
    )


def _span(values: "pd.Series[float]") -> Range1d:
    first, last = float(values.min()), float(values.max())
    margin = max((last - first) * MARGIN, LEAST_SPAN_DEGREES / 2)
    return Range1d(start=first - margin, end=last + margin)


def _names(cells: pd.DataFrame, narrow: float) -> dict[str, list[Any]]:
    """Where the regions lie: the mean of their cells, the fullest regions first."""
    named = cells[~cells["name"].str.contains(",")]
    regions = named.groupby("name").agg(records=("records", "sum"), lat=("lat", "mean"), lon=("lon", "mean"))
    shown = regions.sort_values("records", ascending=False).head(MOST_NAMES)
    return {
        "x": [lon * narrow for lon in shown["lon"]],
        "y": shown["lat"].tolist(),
        "name": [name.removesuffix(" 부근") for name in shown.index],
    }
