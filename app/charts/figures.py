"""Frames to Bokeh figures. No CustomJS, no raw HTML: figures run under the strict policy of the site."""

from typing import Any

import pandas as pd
from bokeh.embed import json_item
from bokeh.models import ColumnDataSource, DataRange1d, FactorRange, HoverTool, NumeralTickFormatter
from bokeh.plotting import figure

from app.charts.entries import Chart
from app.charts.theme import BAR_COLOUR, LINE_COLOUR, styled
from app.wording import number, scale

LINE_HEIGHT_PX = 320
BAR_HEIGHT_PX = 28
BARS_MARGIN_PX = 90


def height_px(chart: Chart, rows: int) -> int:
    """Height of the figure: bars need room for each label."""
    return LINE_HEIGHT_PX if chart.form == "line" else BARS_MARGIN_PX + BAR_HEIGHT_PX * rows


def unit_label(chart: Chart, frame: pd.DataFrame) -> str:
    """Unit of the axis: the column's, with 만 or 억 where the axis is divided by it."""
    _, word = scale(frame["value"].dropna().tolist())
    return f"{word} {chart.column.unit or ''}".strip()


def draw(chart: Chart, frame: pd.DataFrame) -> Any:
    """A figure of the frame (columns key, value, records, period)."""
    divisor, _ = scale(frame["value"].dropna().tolist())
    source = ColumnDataSource(
        {
            "key": frame["key"].tolist(),
            "value": (frame["value"] / divisor).tolist(),
            "text": ["" if pd.isna(value) else number(value) for value in frame["value"]],
        }
    )
    return _line(chart, frame, source) if chart.form == "line" else _bars(chart, frame, source)


def item(chart: Chart, frame: pd.DataFrame) -> dict[str, Any]:
    """The figure as JSON for ``Bokeh.embed.embed_item``."""
    return dict(json_item(draw(chart, frame)))


def _line(chart: Chart, frame: pd.DataFrame, source: ColumnDataSource) -> Any:
    plot = figure(x_range=FactorRange(*frame["key"]), y_range=_from_zero(frame), height=LINE_HEIGHT_PX)
    plot.line("key", "value", source=source, line_width=3, color=LINE_COLOUR)
    plot.scatter("key", "value", source=source, size=9, color=LINE_COLOUR)
    plot.yaxis.axis_label = unit_label(chart, frame)
    plot.yaxis.formatter = NumeralTickFormatter(format="0,0.[00]")
    if len(frame) > 8:
        plot.xaxis.major_label_orientation = 0.9
    return _finished(plot, chart)


def _bars(chart: Chart, frame: pd.DataFrame, source: ColumnDataSource) -> Any:
    room = _from_zero(frame)
    if frame["value"].min() >= 0:
        # room for the number behind the longest bar
        room.end = max(float(source.data["value"][0]), 1e-9) * 1.25
    plot = figure(
        x_range=room,
        y_range=FactorRange(*reversed(frame["key"].tolist())),
        height=height_px(chart, len(frame)),
    )
    plot.hbar(y="key", right="value", source=source, height=0.7, color=BAR_COLOUR)
    plot.text(
        x="value",
        y="key",
        text="text",
        source=source,
        x_offset=4,
        text_baseline="middle",
        text_font_size="12px",
    )
    plot.xaxis.axis_label = unit_label(chart, frame)
    plot.xaxis.formatter = NumeralTickFormatter(format="0,0.[00]")
    return _finished(plot, chart)


def _from_zero(frame: pd.DataFrame) -> DataRange1d:
    """A range that starts at zero where nothing is below it: a cut axis makes small changes look large."""
    return DataRange1d(start=0) if frame["value"].min() >= 0 else DataRange1d()


def _finished(plot: Any, chart: Chart) -> Any:
    plot.add_tools(HoverTool(tooltips=[(chart.by, "@key"), (chart.column.name[:40], "@text")]))
    return styled(plot)
