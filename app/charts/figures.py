"""Frames to Bokeh figures. No CustomJS, no raw HTML: figures run under the strict policy of the site."""

from typing import Any

import pandas as pd
from bokeh.core.properties import value
from bokeh.embed import json_item
from bokeh.models import ColumnDataSource, DataRange1d, FactorRange, HoverTool, NumeralTickFormatter, Range1d
from bokeh.plotting import figure

from app.charts.entries import Chart
from app.charts.theme import BAR_COLOUR, FONT, LABEL_SIZE, LINE_COLOUR, TEXT_COLOUR, styled
from app.wording import measured, number, plain_name, scale, shortened

LINE_HEIGHT_PX = 320
BAR_HEIGHT_PX = 28
BARS_MARGIN_PX = 90
MAX_LABEL = 24
SLANT_FROM = 5
"""Years beyond this many are written at a slant, or they would run into each other on a phone."""


def height_px(chart: Chart, rows: int) -> int:
    """Height of the figure: bars need room for each label."""
    return LINE_HEIGHT_PX if chart.form == "line" else BARS_MARGIN_PX + BAR_HEIGHT_PX * rows


def draw(chart: Chart, frame: pd.DataFrame) -> Any:
    """A figure of the frame (columns key, value, records, period)."""
    known = [float(value) for value in frame["value"].dropna()]
    divisor, word = scale(known)
    drawn = [value / divisor for value in known]
    unit = chart.column.unit
    source = ColumnDataSource(
        {
            "key": _labels(frame["key"].tolist()),
            "name": frame["key"].tolist(),
            "value": [float(value) / divisor for value in frame["value"]],
            "text": ["" if pd.isna(value) else number(value) for value in frame["value"]],
            "told": ["자료 없음" if pd.isna(value) else measured(value, unit) for value in frame["value"]],
        }
    )
    label = f"{word} {unit or ''}".strip()
    plot = _line(source, drawn, label) if chart.form == "line" else _bars(source, drawn, label)
    tips = [(chart.by.label, "@name"), (plain_name(chart.column), "@told")]
    plot.add_tools(HoverTool(tooltips=[(_plain(name), text) for name, text in tips]))
    return styled(plot)


def item(chart: Chart, frame: pd.DataFrame) -> dict[str, Any]:
    """The figure as JSON for ``Bokeh.embed.embed_item``."""
    return dict(json_item(draw(chart, frame)))


def _labels(keys: list[str]) -> list[str]:
    """Short labels for an axis, each a different one."""
    found: list[str] = []
    for key in keys:
        label = shortened(key, MAX_LABEL)
        found.append(label if label not in found else f"{shortened(key, MAX_LABEL - 4)} ({len(found) + 1})")
    return found


def _plain(name: str) -> str:
    """A label of a tooltip without what Bokeh would read as a field."""
    return (
        shortened(name, MAX_LABEL).replace("@", "＠").replace("$", "＄").replace("{", "(").replace("}", ")")
    )


def _line(source: ColumnDataSource, drawn: list[float], label: str) -> Any:
    span = DataRange1d() if min(drawn) < 0 else DataRange1d(start=0)
    labels = list(source.data["key"])
    plot = figure(x_range=FactorRange(*labels), y_range=span, height=LINE_HEIGHT_PX)
    plot.line("key", "value", source=source, line_width=3, color=LINE_COLOUR)
    plot.scatter("key", "value", source=source, size=9, color=LINE_COLOUR)
    plot.yaxis.axis_label = label
    plot.yaxis.formatter = _ticks(drawn)
    if len(labels) > SLANT_FROM:
        plot.xaxis.major_label_orientation = 0.9
    return plot


def _bars(source: ColumnDataSource, drawn: list[float], label: str) -> Any:
    labels = list(source.data["key"])
    # room for the number behind the longest bar
    span = DataRange1d() if min(drawn) < 0 else Range1d(start=0, end=(max(drawn) or 1) * 1.3)
    height = BARS_MARGIN_PX + BAR_HEIGHT_PX * len(labels)
    plot = figure(y_range=FactorRange(*reversed(labels)), x_range=span, height=height)
    plot.hbar(y="key", right="value", source=source, height=0.7, color=BAR_COLOUR)
    plot.text(
        x="value",
        y="key",
        text="text",
        source=source,
        x_offset=4,
        text_baseline="middle",
        text_font_size=LABEL_SIZE,
        text_font=value(FONT),
        text_color=TEXT_COLOUR,
    )
    plot.xaxis.axis_label = label
    plot.xaxis.formatter = _ticks(drawn)
    return plot


def _ticks(drawn: list[float]) -> NumeralTickFormatter:
    """Thousands parted; decimals only where the values are small."""
    most = max(map(abs, drawn))
    return NumeralTickFormatter(format="0,0.[00]" if most >= 1 else "0,0.[00000]")
