"""A line over the years, with gaps, breaks, years that are not over, and what may come next."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

from app.charts import drawing
from app.charts.boundaries import Boundaries
from app.charts.chart import RECORDS, YEAR, Chart, Source, Told
from app.charts.sentences import counts, line
from app.charts.theme import BREAK_COLOUR, LINE_COLOUR, styled
from app.charts.worth import coverage, spread, worth
from app.charts.yearly import yearly
from app.totals import Totals, totals
from app.trends.forecast import Forecast, Refusal, forecast
from app.trends.series import Series, changes, index, steps
from app.wording import plain_name

NAME = "trend"
HEIGHT_PX = 320
LEAST_YEARS = 2
AHEAD = "예측"
"""What stands beside years that may come."""
WEIGHT = 1.0
COUNTED = 0.6
"""Of the weight: rows of a year are no development of what they tell of."""

UNCHANGED = 0.3
"""Of the weight: a line that is level says one number."""


def charts(source: Source) -> Iterator[Chart]:
    """Of every number column, where there are years to compare."""
    years = source.shape.years.counts
    if len(years) < LEAST_YEARS:
        return
    why = f"{len(years)}개 해의 자료가 있어 해마다의 변화를 보여 줍니다."
    for column in source.shape.numbers or (RECORDS,):
        yield Chart(NAME, column, (YEAR,), why)


@dataclass(frozen=True)
class Course:
    """A series with the rule it was made by and what may come next."""

    totals: Totals
    series: Series
    ahead: Forecast | Refusal | None


def course(source: Source, chart: Chart) -> Course:
    """The yearly series of a chart. Rows that are counted have no future: nobody knows what will be listed."""
    shape = source.shape
    found = totals(source.snapshot, shape.dataset, shape.selection, chart.column, YEAR)
    told = yearly(found, shape)
    has_future = not (chart.column is RECORDS or found.register or shape.is_register)
    return Course(found, told, _ahead(found, told) if has_future else None)


def _ahead(found: Totals, told: Series) -> Forecast | Refusal:
    points = told.since_break()
    return forecast(
        [point.year for point in points],
        [float(point.value or 0) for point in points],
        flow_or_stock=found.kind != "rate",
    )


def tell(source: Source, chart: Chart) -> Told | None:
    """None where things are dated by the day they were looked at: a year's sum is who was looked at then."""
    if source.shape.is_register:
        return None
    found = course(source, chart)
    return None if found.totals.register else _told(chart, found, source.shape.records)


def tell_series(chart: Chart, found: Totals, told: Series) -> Told | None:
    """Of any result: what there is of each year, and nothing of what may come."""
    return _told(chart, Course(found, told, None), sum(point.records for point in told.points))


def _told(chart: Chart, found: Course, records: int) -> Told | None:
    known = [point for point in found.series.points if point.value is not None]
    if len(known) < LEAST_YEARS or not any(point.value for point in known):
        return None
    counted = chart.column is RECORDS
    return Told(
        chart=chart,
        frame=_frame(found),
        names=_names(chart, found),
        summary=counts(found.series) if counted else line(chart.column, found.totals.kind, found.series),
        rule=found.totals.rule,
        worth=worth(
            WEIGHT * (COUNTED if counted else 1.0),
            coverage(sum(point.records for point in known), records),
            len(known) / len(found.series.points),
            spread([float(point.value or 0) for point in known]),
        )
        * (1.0 if len({point.value for point in known}) > 1 else UNCHANGED),
        height_px=HEIGHT_PX,
        partial=found.totals.partial,
        notes=_notes(found),
        broken=tuple(one.year for one in found.series.breaks),
    )


def _frame(found: Course) -> pd.DataFrame:
    """Columns key (str), value, change (%), index, low, high (NaN where there is none), records, period, part."""
    is_rate = found.totals.kind == "rate"
    change = steps(found.series) if is_rate else changes(found.series)
    based = {} if is_rate else index(found.series)
    nan = float("nan")
    rows = [
        (
            str(point.year),
            nan if point.value is None else point.value,
            change.get(point.year, nan),
            based.get(point.year, nan),
            nan,
            nan,
            point.records,
            point.period,
            point.parts,
        )
        for point in found.series.points
    ]
    if isinstance(found.ahead, Forecast):
        whole = all(float(point.value or 0).is_integer() for point in found.series.points)
        digits = 0 if whole else 2
        rows += [
            (
                str(one.year),
                *(round(one.value, digits), nan, nan, round(one.low, digits), round(one.high, digits)),
                *(0, "", AHEAD),
            )
            for one in found.ahead.points
        ]
    return pd.DataFrame(
        rows, columns=["key", "value", "change", "index", "low", "high", "records", "period", "part"]
    )


def _names(chart: Chart, found: Course) -> dict[str, str]:
    unit = f" ({chart.column.unit})" if chart.column.unit else ""
    names = {"key": YEAR.label, "value": plain_name(chart.column) + unit, "change": "전년 대비(%)"}
    if found.totals.kind == "rate":
        names["change"] = "전년 대비 차이"
    elif chart.column is not RECORDS and (based := index(found.series)):
        names["index"] = f"지수({next(iter(based))}=100)"
    ahead = isinstance(found.ahead, Forecast)
    if ahead:
        names |= {"low": "예측 80% 구간 아래", "high": "예측 80% 구간 위"}
    names["records"] = "레코드 수"
    if any(point.period for point in found.series.points):
        names["period"] = "기준 시점"
    if ahead or any(point.parts for point in found.series.points):
        names["part"] = "비고"
    return names


def _notes(found: Course) -> tuple[str, ...]:
    """Breaks, and the forecast with its back-test or why there is none."""
    said = [one.why for one in found.series.breaks]
    if isinstance(found.ahead, Refusal):
        said.append(found.ahead.reason)
    elif found.ahead is not None:
        test = found.ahead.back_test
        said.append(
            f"예측은 {found.ahead.method} 방법으로 셈했습니다. 지난 {test.origins}번의 시점에서 미리 셈해 보니 "
            f"오차가 ‘작년 값 그대로’ 예측의 {test.mase:.2f}배였고, 실제 값의 {test.covered:.0%}가 80% 구간 안에 "
            "있었습니다."
        )
    return tuple(dict.fromkeys(said))


def draw(told: Told, _: Boundaries | None) -> Any:
    """Whole years as full points, parts of years as empty ones, what may come as a broken line in its interval."""
    frame, unit = told.frame, told.chart.column.unit
    ahead = frame["part"] == AHEAD
    data = drawing.source(frame, unit, year=[int(key) for key in frame["key"]])
    bounds = pd.concat([frame["value"], frame["low"], frame["high"]]).dropna()
    low, high = min(0.0, float(bounds.min())), float(bounds.max())
    years = [int(key) for key in frame["key"]]
    plot: Any = figure(
        height=HEIGHT_PX,
        x_range=drawing.between(years[0] - 0.4, years[-1] + 0.4),
        y_range=drawing.between(low * 1.1, high + (high - low) * 0.1 or 1),
    )
    if ahead.any():
        _draw_ahead(plot, frame, ahead)
    seen = _part(frame[~ahead])
    plot.line("year", "value", source=seen, line_width=3, color=LINE_COLOUR)
    fill = ["#ffffff" if part else LINE_COLOUR for part in frame["part"]]
    data.add(fill, "fill")
    points = plot.scatter(
        "year", "value", source=data, size=9, line_color=LINE_COLOUR, fill_color="fill", line_width=2
    )
    if told.broken:
        plot.vspan(
            x=[year - 0.5 for year in told.broken], line_dash="dashed", line_color=BREAK_COLOUR, line_width=1
        )
    drawing.hover(
        plot, [(YEAR.label, "@key"), (plain_name(told.chart.column), "@told"), ("비고", "@part")], [points]
    )
    drawing.year_axis(plot.xaxis, years)
    drawing.number_axis(plot.yaxis, low, high, unit)
    return styled(plot)


def _part(frame: pd.DataFrame) -> ColumnDataSource:
    return ColumnDataSource(
        {"year": [int(key) for key in frame["key"]], "value": [float(one) for one in frame["value"]]}
    )


def _draw_ahead(plot: Any, frame: pd.DataFrame, ahead: "pd.Series[bool]") -> None:
    """The line goes on from the last value that is known as a whole."""
    last = frame[~ahead & frame["value"].notna() & (frame["part"] == "")].tail(1)
    shown = pd.concat([last.assign(low=last["value"], high=last["value"]), frame[ahead]])
    band = _part(shown)
    for name in ("low", "high"):
        band.add([float(one) for one in shown[name]], name)
    plot.varea("year", "low", "high", source=band, fill_color=LINE_COLOUR, fill_alpha=0.12)
    plot.line("year", "value", source=band, line_width=2, line_dash="dashed", color=LINE_COLOUR)
