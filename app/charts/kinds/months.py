"""Months against years: what comes back every year. One year alone is a row of bars."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
from bokeh.plotting import figure

from app.charts import drawing, heat
from app.charts.boundaries import Boundaries
from app.charts.chart import RECORDS, YEAR, Chart, Source, Told
from app.charts.sentences import peak
from app.charts.shape import MOST_PERIODS, Shape
from app.charts.theme import BAR_COLOUR, styled
from app.charts.worth import coverage, spread, worth
from app.forms import Facet
from app.totals import RULES, holds_things, kind_of
from app.wording import plain_name
from search.documents import Column
from search.plan import Group, Groups

NAME = "months"
MONTH = Facet("period", "period", "월")
LEAST_MONTHS = 6
MOST_YEARS = 12
"""More names of years run into each other on a phone."""

MONTHS = tuple(f"{month}월" for month in range(1, 13))
BARS_HEIGHT_PX = 300
WEIGHT = 0.85
STOCK = 0.6
"""Of the weight: what stands at the end of a month hardly goes by the season."""


def charts(source: Source) -> Iterator[Chart]:
    shape = source.shape
    months = {period[:7] for period in shape.periods.counts} if shape.is_monthly else set()
    if len(months) < LEAST_MONTHS or shape.periods.cut or shape.is_register:
        return
    why = f"{len(months)}개 달의 자료가 있어 철에 따른 변화를 보여 줍니다. 색이 짙을수록 큰 값입니다."
    for column in shape.numbers or (RECORDS,):
        if column is RECORDS and holds_things(shape.dataset):
            return
        yield Chart(NAME, column, (MONTH, YEAR), why)


def tell(source: Source, chart: Chart) -> Told | None:
    """None for a list of things dated by the day they were looked at."""
    shape, slot = source.shape, chart.column.slot
    kind = kind_of(chart.column) if slot else "flow"
    if kind != "flow" and holds_things(shape.dataset) and shape.is_daily:
        return None
    numbers = (slot,) if slot else ()
    (answer,) = source.snapshot.ask(
        [Groups(shape.selection, by=("period",), numbers=numbers, limit=MOST_PERIODS)]
    )
    frame = _frame(_folded(answer.groups, chart.column, kind))
    known = frame["value"].dropna()
    if len(known) < LEAST_MONTHS or not known.any():
        return None
    by_month = frame.groupby("key", sort=False)["value"].mean().dropna()
    named = [(str(key), float(value)) for key, value in by_month.items()]
    mean = "" if len(frame["column"].unique()) == 1 else "해마다의 평균으로 보면 "
    return Told(
        chart=chart,
        frame=frame,
        names={"key": MONTH.label, "value": plain_name(chart.column)},
        summary=mean + peak(chart.column, kind, named, "달"),
        rule=_rule(kind) + (f" 최근 {MOST_YEARS}년을 보여 줍니다." if _is_cut(shape) else ""),
        worth=worth(
            WEIGHT * (STOCK if kind == "stock" else 1.0),
            coverage(int(frame["records"].sum()), shape.records),
            len(known) / len(frame),
            spread([value for _, value in named]),
        ),
        height_px=heat.height_px(len(MONTHS)) if mean else BARS_HEIGHT_PX,
        partial=answer.partial,
    )


def _is_cut(shape: Shape) -> bool:
    years = [int(period[:4]) for period in shape.periods.counts]
    return max(years) - min(years) >= MOST_YEARS


def _rule(kind: str) -> str:
    if kind == "stock":
        return "각 달의 마지막 시점 값입니다. 여러 곳의 값은 더하고 여러 때의 값은 더하지 않았습니다."
    return RULES[kind]


def _folded(groups: Iterable[Group], column: Column, kind: str) -> dict[tuple[int, int], tuple[float, int]]:
    """Value and records of each month (year, month): added, the last moment's, or the mean of all records."""
    slot = column.slot
    sums: dict[tuple[int, int], tuple[float, int, int]] = {}
    for group in groups:  # in the order of time
        period = str(group.keys[0])
        stat = group.stats[slot] if slot else None
        if stat is not None and not stat.count:
            continue
        value, weight = (stat.sum, stat.count) if stat else (float(group.records), group.records)
        at = (int(period[:4]), int(period[5:7]))
        before = sums.get(at, (0.0, 0, 0)) if kind != "stock" else (0.0, 0, 0)
        sums[at] = (before[0] + value, before[1] + weight, before[2] + group.records)
    if kind == "rate":
        return {at: (value / weight, records) for at, (value, weight, records) in sums.items()}
    return {at: (value, records) for at, (value, _, records) in sums.items()}


def _frame(found: dict[tuple[int, int], tuple[float, int]]) -> pd.DataFrame:
    """Columns key (month), column (year), value (NaN for a gap), records; every month of every year."""
    years = sorted({year for year, _ in found})
    years = [year for year in years if year > years[-1] - MOST_YEARS]
    nothing = (float("nan"), 0)
    rows = [
        (name, str(year), *found.get((year, month), nothing))
        for month, name in enumerate(MONTHS, start=1)
        for year in range(years[0] if years else 0, years[-1] + 1 if years else 0)
    ]
    return pd.DataFrame(rows, columns=["key", "column", "value", "records"])


def draw(told: Told, _: Boundaries | None) -> Any:
    return heat.draw(told) if len(told.frame["column"].unique()) > 1 else _bars(told)


def _bars(told: Told) -> Any:
    frame, unit = told.frame, told.chart.column.unit
    known = frame["value"].dropna()
    low, high = min(0.0, float(known.min())), max(0.0, float(known.max()))
    data = drawing.source(frame, unit)
    plot: Any = figure(
        x_range=drawing.named(MONTHS),
        y_range=drawing.between(low * 1.1, high * 1.1 or 1),
        height=told.height_px,
    )
    bars = plot.vbar("key", top="value", width=0.7, source=data, color=BAR_COLOUR)
    drawing.hover(plot, [("월", "@key"), (plain_name(told.chart.column), "@told")], [bars])
    drawing.number_axis(plot.yaxis, low, high, unit)
    styled(plot)
    plot.xaxis.major_label_orientation = 0.9
    return plot
