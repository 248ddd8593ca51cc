"""Shares of a whole over the years: how its make-up changes."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd
from bokeh.plotting import figure

from app.charts import drawing, order
from app.charts.boundaries import Boundaries
from app.charts.chart import RECORDS, YEAR, Chart, Source, Told
from app.charts.shape import Shape
from app.charts.theme import OTHER_COLOUR, SERIES_COLOURS, styled
from app.charts.worth import spread, worth
from app.crossing import Cross, crossed
from app.totals import kind_of
from app.wording import plain_name, with_particle

NAME = "shares"
LEAST_YEARS = 3
MOST_PARTS = 6
MOST_YEARS = 12
"""More names of years run into each other on a phone."""

OTHERS = "그 밖"
HEIGHT_PX = 380
WEIGHT = 0.75


def charts(source: Source) -> Iterator[Chart]:
    """Of what can be added; of means there is no whole."""
    shape = source.shape
    if len(shape.years.counts) < LEAST_YEARS or shape.is_register:
        return
    column = next((one or RECORDS for one in shape.compared if one is None or kind_of(one) != "rate"), None)
    for facet, _ in shape.categories if column else ():
        why = f"‘{facet.name}’마다의 몫이 해마다 어떻게 달라지는지 보여 줍니다."
        yield Chart(NAME, column or RECORDS, (YEAR, facet), why)


def tell(source: Source, chart: Chart) -> Told | None:
    shape = source.shape
    by = (chart.by[0], chart.by[1])
    found = crossed(source.snapshot, shape.dataset, shape.selection, chart.column, by)
    parts = _parts(found)
    if found.partial or len(parts) < 2 or any(cell.value < 0 for cell in found.cells):
        return None
    frame = _frame(found, parts)
    if frame["key"].nunique() < LEAST_YEARS:
        return None
    first, last = _ends(frame)
    return Told(
        chart=chart,
        frame=frame,
        names={"key": YEAR.label, "value": "비중(%)"},
        summary=_sentence(chart, first, last, frame),
        rule=f"{found.rule} 각 해의 전체를 100으로 했습니다.{_cut(shape)}",
        worth=worth(WEIGHT, _moved(first, last), spread(list(last.values()))),
        height_px=HEIGHT_PX,
        title=f"{chart.title} 비중",
    )


def _cut(shape: Shape) -> str:
    return f" 최근 {MOST_YEARS}개 해를 보여 줍니다." if len(shape.years.counts) > MOST_YEARS else ""


def _parts(found: Cross) -> list[str]:
    """The greatest parts over all years, in their own order if they have one; others behind them."""
    sums: defaultdict[str, float] = defaultdict(float)
    for cell in found.cells:
        sums[str(cell.keys[1])] += cell.value
    kept = order.ranked([part for part, value in sums.items() if part and value], lambda part: sums[part])
    shown = kept if len(kept) <= MOST_PARTS + 1 else kept[:MOST_PARTS]
    own = order.order(found.by[1].name, shown) or shown
    return own if len(shown) == len(kept) else [*own, OTHERS]


def _frame(found: Cross, parts: list[str]) -> pd.DataFrame:
    """Columns key (year), column (part), value (percent), amount, records."""
    amounts: defaultdict[tuple[str, str], float] = defaultdict(float)
    records: defaultdict[tuple[str, str], int] = defaultdict(int)
    for cell in found.cells:
        part = str(cell.keys[1]) if str(cell.keys[1]) in parts else OTHERS
        amounts[str(cell.keys[0]), part] += cell.value
        records[str(cell.keys[0]), part] += cell.records
    wholes = {
        year: whole
        for year in sorted({year for year, _ in amounts})[-MOST_YEARS:]
        if (whole := sum(amounts[year, part] for part in parts))
    }
    rows = [
        (year, part, 100 * amounts[year, part] / whole, amounts[year, part], records[year, part])
        for year, whole in wholes.items()
        for part in parts
    ]
    return pd.DataFrame(rows, columns=["key", "column", "value", "amount", "records"])


def _ends(frame: pd.DataFrame) -> tuple[dict[str, float], dict[str, float]]:
    """Shares of the first year and of the last."""
    years = frame["key"].unique()
    first, last = (
        dict(zip(part["column"], part["value"], strict=True))
        for part in (frame[frame["key"] == years[0]], frame[frame["key"] == years[-1]])
    )
    return first, last


def _moved(first: dict[str, float], last: dict[str, float]) -> float:
    """How much of the whole changed its part, 0 to 1, doubled: half of it is a world turned over."""
    return min(1.0, sum(abs(last[part] - first[part]) for part in first) / 100)


def _sentence(chart: Chart, first: dict[str, float], last: dict[str, float], frame: pd.DataFrame) -> str:
    years = frame["key"].unique()
    name = plain_name(chart.column)
    greatest = max((part for part in last if part != OTHERS), key=lambda part: last[part])
    moved = max((part for part in last if part != OTHERS), key=lambda part: abs(last[part] - first[part]))
    change = last[moved] - first[moved]
    how = "늘었습니다" if change > 0 else "줄었습니다"
    return (
        f"{years[-1]}년 {with_particle(name, '은/는')} ‘{greatest}’의 몫이 {last[greatest]:.1f}%로 가장 큽니다. "
        f"{years[0]}년과 견주면 ‘{moved}’의 몫이 {abs(change):.1f}%포인트 {how}."
    )


def draw(told: Told, _: Boundaries | None) -> Any:
    """Bars of a hundred, one a year; the colours hold for the colour-blind and follow the order of the legend."""
    frame = told.frame
    years, parts = frame["key"].unique().tolist(), frame["column"].unique().tolist()
    colours = {
        part: OTHER_COLOUR if part == OTHERS else SERIES_COLOURS[at % len(SERIES_COLOURS)]
        for at, part in enumerate(parts)
    }
    top = frame.groupby("key", sort=False)["value"].cumsum()
    data = drawing.source(
        frame,
        "%",
        top=top.tolist(),
        bottom=(top - frame["value"]).tolist(),
        colour=[colours[part] for part in frame["column"]],
    )
    plot: Any = figure(x_range=drawing.named(years), y_range=drawing.between(0, 100), height=HEIGHT_PX)
    bars = plot.vbar(
        "key", top="top", bottom="bottom", width=0.8, source=data, color="colour", line_color="#ffffff"
    )
    tips = [(YEAR.label, "@key"), (told.chart.by[1].label, "@column"), ("비중", "@told")]
    drawing.hover(plot, tips, [bars])
    drawing.number_axis(plot.yaxis, 0, 100, "%")
    drawing.legend(plot, list(colours.items()))
    styled(plot)
    plot.xaxis.major_label_orientation = 0.9
    return plot
