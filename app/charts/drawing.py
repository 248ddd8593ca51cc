"""Parts that figures share: sources with the numbers of the table, axes in 만 and 억, tooltips, labels.

No CustomJS, no raw HTML: figures run under the strict policy of the site.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, FactorRange, FixedTicker, HoverTool, Range1d
from bokeh.models.annotations.legends import Legend, LegendItem
from bokeh.plotting import figure

from app.charts.theme import EDGE_COLOUR, FONT, LABEL_SIZE, TEXT_COLOUR
from app.wording import measured, number, scale, shortened

MAX_LABEL = 24
NARROW_NAME = 12
"""Longer ones stand one beneath the other, or a phone would cut them."""

VALUES = "values"
"""Name of the source that holds the numbers of the chart's table, column by column."""

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def source(frame: pd.DataFrame, unit: str | None, **more: Sequence[Any]) -> ColumnDataSource:
    """The frame as it stands, with what people read of each value (``told``) and what is drawn besides."""
    columns = {str(name): _plain_values(frame[name]) for name in frame.columns}
    told = ["자료 없음" if pd.isna(one) else measured(float(one), unit) for one in frame["value"]]
    return ColumnDataSource({**columns, "told": told, **more}, name=VALUES)


def _plain_values(column: "pd.Series[Any]") -> list[Any]:
    """Plain Python values: what is sent stays text that anyone can read."""
    return [one.item() if hasattr(one, "item") else one for one in column.tolist()]


def labels(keys: Iterable[str], most: int = MAX_LABEL) -> list[str]:
    """Short labels for an axis, each a different one."""
    found: list[str] = []
    for key in keys:
        label = shortened(key, most)
        found.append(label if label not in found else f"{shortened(key, most - 4)} ({len(found) + 1})")
    return found


def plain(name: str) -> str:
    """A label of a tooltip without what Bokeh would read as a field."""
    return (
        shortened(name, MAX_LABEL).replace("@", "＠").replace("$", "＄").replace("{", "(").replace("}", ")")
    )


def hover(plot: Any, tips: Iterable[tuple[str, str]], renderers: Sequence[Any]) -> None:
    tooltips = [(plain(name), text) for name, text in tips]
    plot.add_tools(HoverTool(tooltips=tooltips, renderers=list(renderers)))


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from low to high, at most so many and one more."""
    span = high - low
    if not math.isfinite(span) or span <= 0:
        return [low]
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((step for one in _STEPS if (step := one * power) >= rough * (1 - 1e-9)), 10 * power)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [at * step for at in range(first, last + 1)]


def number_axis(axis: Any, low: float, high: float, unit: str | None, most: int = 6) -> None:
    """Round ticks in 만, 억 or 조, the unit beside them."""
    found = ticks(low, high, most)
    divisor, word = scale(found)
    axis.ticker = FixedTicker(ticks=found)
    axis.major_label_overrides = {one: _tick(one, divisor) for one in found}
    axis.axis_label = f"{word} {unit or ''}".strip()


def _tick(one: float, divisor: float) -> str:
    # steps are round numbers: what a division adds behind them is noise
    return number(float(f"{one / divisor:.10g}"))


def year_axis(axis: Any, years: Sequence[int], most: int = 5) -> None:
    """Whole years, at most so many that none runs into the next on a phone; the last among them."""
    step = max(1, math.ceil((years[-1] - years[0]) / (most - 1)))
    found = list(range(years[-1], years[0] - 1, -step))[::-1]
    axis.ticker = FixedTicker(ticks=found)
    axis.major_label_overrides = {year: str(year) for year in found}


def write(
    plot: Any, data: ColumnDataSource, x: str, y: str, text: str, *, size: str = LABEL_SIZE, **more: Any
) -> Any:
    """Text in the page's typeface."""
    style = {"text_font_size": size, "text_font": value(FONT), "text_color": TEXT_COLOUR}
    return plot.text(x=x, y=y, text=text, source=data, **{**style, **more})


def blank(**more: Any) -> Any:
    """A figure without axes: for what lies in no coordinate system of numbers."""
    plot: Any = figure(**more)
    plot.axis.visible = False
    plot.grid.visible = False
    return plot


def between(start: float, end: float) -> Any:
    """A fixed range of numbers."""
    return Range1d(start=start, end=end)


def named(keys: Iterable[str]) -> Any:
    """A range of names in this order, from the left or from the bottom."""
    return FactorRange(factors=list(keys))


def legend(plot: Any, colours: Sequence[tuple[str, str]]) -> None:
    """Squares with their names beneath the figure: colour alone says nothing."""
    nothing = ColumnDataSource({"x": [float("nan")], "y": [float("nan")]})
    look = {"marker": "square", "size": 12, "line_color": EDGE_COLOUR}
    items = [
        LegendItem(
            label={"value": plain(name)},
            renderers=[plot.scatter("x", "y", source=nothing, fill_color=colour, **look)],
        )
        for name, colour in colours
    ]
    made = Legend(
        items=items,
        ncols=1 if any(len(name) > NARROW_NAME for name, _ in colours) else 2,
        label_text_font=FONT,
        label_text_font_size=LABEL_SIZE,
        border_line_color=None,
        margin=4,
        spacing=0,
    )
    plot.add_layout(made, "below")
