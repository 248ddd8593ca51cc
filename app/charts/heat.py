"""Two fields crossed as a field of shades: light for little, dark for much."""

from typing import Any

import pandas as pd
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

from app.charts import drawing
from app.charts.chart import Told
from app.charts.theme import NOTHING_COLOUR, SHADES, TEXT_COLOUR, styled
from app.wording import plain_name, short

CELL_PX = 26
MARGIN_PX = 60
FEW_COLUMNS = 7
"""Beyond so many their names are written at a slant."""

FEW_LETTERS = 32
"""In a row: so many have room on a phone, and the numbers themselves are written."""

_DARK_FROM = 4
"""Shades from here on are written on in white."""


def height_px(rows: int) -> int:
    return MARGIN_PX + CELL_PX * rows


def shades(values: "pd.Series[float]") -> list[int]:
    """Place of each value among the shades, in equal steps from the least to the greatest; -1 for a gap."""
    low, high = float(values.min()), float(values.max())
    step = (high - low) / len(SHADES) or 1.0
    return [-1 if pd.isna(one) else min(len(SHADES) - 1, int((one - low) / step)) for one in values]


def draw(told: Told) -> Any:
    """Rows of ``key`` from top to bottom, columns of ``column`` from left to right."""
    frame, chart = told.frame, told.chart
    rows, columns = frame["key"].unique().tolist(), frame["column"].unique().tolist()
    data = _data(told, len(columns))
    plot: Any = figure(
        x_range=drawing.named(columns),
        y_range=drawing.named(reversed(rows)),
        height=told.height_px,
        x_axis_location="above",
    )
    look = {"fill_color": "colour", "line_color": "#ffffff", "line_width": 1}
    cells = plot.rect("column", "key", width=1, height=1, source=data, **look)
    style = {"text_align": "center", "text_baseline": "middle", "text_color": "ink"}
    drawing.write(plot, data, "column", "key", "text", size="11px", **style)
    tips = [(told.names["key"], "@key"), (chart.by[-1].label, "@column")]
    drawing.hover(plot, [*tips, (plain_name(chart.column), "@told")], [cells])
    plot.grid.visible = False
    styled(plot)
    if len(columns) > FEW_COLUMNS:
        plot.xaxis.major_label_orientation = 0.9
    return plot


def _data(told: Told, columns: int) -> ColumnDataSource:
    """Each cell with its shade, and its number where there is room for all of them."""
    values = told.frame["value"]
    found = shades(values)
    texts = ["" if pd.isna(one) else short(float(one)) for one in values]
    few = columns * max(map(len, texts)) <= FEW_LETTERS
    return drawing.source(
        told.frame,
        told.chart.column.unit,
        colour=[SHADES[at] if at >= 0 else NOTHING_COLOUR for at in found],
        ink=["#ffffff" if at >= _DARK_FROM else TEXT_COLOUR for at in found],
        text=texts if few else [""] * len(texts),
    )
