"""Series of any datasets beside each other: lines over the years, dots by place."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from bokeh.plotting import figure

from app.charts import drawing
from app.charts.boundaries import Boundaries
from app.charts.chart import YEAR, Chart, Source, Told
from app.charts.theme import SERIES_COLOURS, styled
from app.comparing.comparing import Line
from app.wording import measured, with_particle
from search.documents import Column

NAME = "compare"
VALUE = Column("값", "measure")
"""Of series in units of their own: each is named beside its series."""

LINES_PX, ROW_PX, MARGIN_PX = 400, 26, 120
_MARKERS = ("circle", "square", "triangle", "diamond", "inverted_triangle", "hex", "plus", "x")
"""Form beside colour, so that series are told apart without it."""


def charts(_: Source) -> Iterator[Chart]:
    """None of one dataset alone."""
    yield from ()


def tell(_: Source, __: Chart) -> Told | None:
    return None


def tell_lines(chart: Chart, found: Sequence[Line], rule: str) -> Told | None:
    """None where no series has a value."""
    keys = _keys(chart, found)
    nan = float("nan")
    rows = [
        (key, f"{line.name}{_unit(line)}", line.values.get(key, nan), at)
        for key in keys
        for at, line in enumerate(found)
    ]
    frame = pd.DataFrame(rows, columns=["key", "column", "value", "series"])
    if frame["value"].dropna().empty:
        return None
    by_year = chart.by == (YEAR,)
    return Told(
        chart=chart,
        frame=frame,
        names={"key": chart.by[0].label, "value": "값"},
        summary=" ".join(_sentence(line, by_year=by_year) for line in found if line.values),
        rule=rule,
        worth=1.0,
        height_px=LINES_PX if by_year else MARGIN_PX + ROW_PX * len(keys),
        notes=tuple(f"{line.name}: {note}" for line in found for note in line.notes),
        title="해마다 견주기" if by_year else "지역별로 견주기",
    )


def _unit(line: Line) -> str:
    return f" ({line.unit})" if line.unit else ""


def _keys(chart: Chart, found: Sequence[Line]) -> list[str]:
    """Every year between first and last; places by the first series, the greatest first."""
    keys = {key for line in found for key in line.values}
    if chart.by == (YEAR,):
        years = [int(key) for key in keys]
        return [str(year) for year in range(min(years), max(years) + 1)] if years else []
    return sorted(
        keys, key=lambda key: (-next((line.values[key] for line in found if key in line.values), 0.0), key)
    )


def _sentence(line: Line, *, by_year: bool) -> str:
    unit = line.unit if not line.unit.endswith("=100") else ""
    name = with_particle(f"‘{line.name}’", "은/는")
    if by_year:
        first, last = min(line.values), max(line.values)
        if first == last:
            return f"{name} {first}년 {measured(line.values[first], unit)}입니다."
        start, end = measured(line.values[first], unit), measured(line.values[last], unit)
        return f"{name} {first}년 {start}에서 {last}년 {with_particle(end, '이/가')} 되었습니다."
    top = max(line.values, key=lambda key: line.values[key])
    return f"{name} ‘{top}’에서 가장 큽니다({measured(line.values[top], unit)})."


def draw(told: Told, _: Boundaries | None) -> Any:
    names = told.frame["column"].unique().tolist()
    colours = dict(zip(names, SERIES_COLOURS, strict=False))
    data = drawing.source(
        told.frame,
        None,
        colour=[colours[name] for name in told.frame["column"]],
        marker=[_MARKERS[at] for at in told.frame["series"]],
    )
    plot = _by_year(told, data, colours) if told.chart.by == (YEAR,) else _by_place(told, data)
    drawing.legend(plot, list(colours.items()))
    return styled(plot)


def _by_year(told: Told, data: Any, colours: dict[str, str]) -> Any:
    frame = told.frame
    known = frame["value"].dropna()
    low, high = min(0.0, float(known.min())), float(known.max())
    years = sorted({int(key) for key in frame["key"]})
    plot: Any = figure(
        height=told.height_px,
        x_range=drawing.between(years[0] - 0.4, years[-1] + 0.4),
        y_range=drawing.between(low * 1.1, high * 1.1 or 1),
    )
    for name, part in frame.groupby("column", sort=False):
        plot.line(
            [int(key) for key in part["key"]], part["value"].tolist(), line_width=2, color=colours[str(name)]
        )
    data.add([int(key) for key in frame["key"]], "year")
    points = plot.scatter("year", "value", source=data, size=9, color="colour", marker="marker")
    drawing.hover(plot, [("계열", "@column"), ("연도", "@key"), ("값", "@told")], [points])
    drawing.year_axis(plot.xaxis, years)
    drawing.number_axis(plot.yaxis, low, high, None)
    return plot


def _by_place(told: Told, data: Any) -> Any:
    frame = told.frame
    known = frame["value"].dropna()
    low, high = min(0.0, float(known.min())), float(known.max())
    keys = frame["key"].unique().tolist()
    plot: Any = figure(
        height=told.height_px,
        y_range=drawing.named(reversed(keys)),
        x_range=drawing.between(low * 1.1, high * 1.1 or 1),
    )
    points = plot.scatter("value", "key", source=data, size=11, color="colour", marker="marker")
    drawing.hover(plot, [("계열", "@column"), ("지역", "@key"), ("값", "@told")], [points])
    drawing.number_axis(plot.xaxis, low, high, None, most=3)
    return plot
