"""Ages of men and women against each other."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd
from bokeh.models import FixedTicker
from bokeh.plotting import figure

from app.charts import drawing, order
from app.charts.boundaries import Boundaries
from app.charts.chart import RECORDS, Chart, Source, Told
from app.charts.theme import SEXES_COLOURS, styled
from app.charts.worth import worth
from app.crossing import Cross, crossed
from app.totals import kind_of
from app.wording import measured, number, plain_name, scale, when, with_particle

NAME = "pyramid"
BAR_PX = 20
MARGIN_PX = 110
MOST_ROWS_PX = 900
WEIGHT = 0.95


def charts(source: Source) -> Iterator[Chart]:
    """Of what can be added: a mean age has no pyramid."""
    shape = source.shape
    sexes = [facet for facet, values in shape.categories if order.is_sexes(values.counts)]
    ages = [facet for facet, values in shape.categories if order.is_ages(values.counts)]
    column = next((one or RECORDS for one in shape.compared if one is None or kind_of(one) != "rate"), None)
    if sexes and ages and column:
        why = "성별과 연령이 함께 있어 나이대마다 남녀가 얼마나 되는지 견줍니다."
        yield Chart(NAME, column, (ages[0], sexes[0]), why)


def tell(source: Source, chart: Chart) -> Told | None:
    shape = source.shape
    found = crossed(source.snapshot, shape.dataset, shape.selection, chart.column, (chart.by[0], chart.by[1]))
    frame = _frame(found)
    sums = frame.groupby("column", sort=False)["value"].sum()
    if len(sums) < 2 or not sums.all() or (frame["value"] < 0).any():
        return None
    years = len(shape.years.counts)
    note = f" {when(found.moment)} 기준입니다." if found.moment else ""
    added = " 여러 해의 값을 모두 더했습니다." if found.kind == "flow" and years > 1 else ""
    return Told(
        chart=chart,
        frame=frame,
        names={"key": chart.by[0].label, "value": plain_name(chart.column)},
        summary=_sentence(chart, frame, sums) + note,
        rule=found.rule + added,
        worth=worth(WEIGHT, 1.0),
        height_px=MARGIN_PX + min(MOST_ROWS_PX, BAR_PX * frame["key"].nunique()),
        partial=found.partial,
    )


def _frame(found: Cross) -> pd.DataFrame:
    """Columns key (age), column (sex), value, records; men first, the young first."""
    every = order.is_every_age(dict.fromkeys(str(cell.keys[0]) for cell in found.cells))
    cells: defaultdict[tuple[str, str], tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    for cell in found.cells:
        age, sex = map(str, cell.keys)
        at = (order.band(age) if every else age, sex)
        cells[at] = (cells[at][0] + cell.value, cells[at][1] + cell.records)
    ages = order.order(found.by[0].name, dict.fromkeys(age for age, _ in cells)) or []
    sexes = order.order(found.by[1].name, {sex for _, sex in cells}) or []
    rows = [(age, sex, *cells[age, sex]) for age in ages for sex in sexes]
    return pd.DataFrame(rows, columns=["key", "column", "value", "records"])


def _sentence(chart: Chart, frame: pd.DataFrame, sums: "pd.Series[float]") -> str:
    (men, of_men), (women, of_women) = list(sums.items())
    by_age = frame.groupby("key", sort=False)["value"].sum()
    unit = chart.column.unit
    more, ratio = (men, of_men / of_women) if of_men > of_women else (women, of_women / of_men)
    name = with_particle(plain_name(chart.column), "은/는")
    return (
        f"{name} {men} {measured(of_men, unit)}, {women} {measured(of_women, unit)}으로 "
        f"{with_particle(str(more), '이/가')} {ratio:.2f}배입니다. "
        f"가장 많은 나이대는 ‘{by_age.idxmax()}’({measured(float(by_age.max()), unit)})입니다."
    )


def draw(told: Told, _: Boundaries | None) -> Any:
    """Men to the left, women to the right, the young at the bottom."""
    frame, unit = told.frame, told.chart.column.unit
    ages, sexes = frame["key"].unique().tolist(), frame["column"].unique().tolist()
    side = [-1 if sex == sexes[0] else 1 for sex in frame["column"]]
    most = float(frame["value"].max()) or 1.0
    data = drawing.source(
        frame,
        unit,
        drawn=[one * to for one, to in zip(frame["value"].tolist(), side, strict=True)],
        colour=[SEXES_COLOURS[0 if to < 0 else 1] for to in side],
    )
    plot: Any = figure(
        y_range=drawing.named(ages), x_range=drawing.between(-most * 1.1, most * 1.1), height=told.height_px
    )
    bars = plot.hbar("key", right="drawn", height=0.8, source=data, color="colour")
    tips = [
        (told.chart.by[0].label, "@key"),
        (told.chart.by[1].label, "@column"),
        (plain_name(told.chart.column), "@told"),
    ]
    drawing.hover(plot, tips, [bars])
    _both_ways(plot.xaxis, most, unit)
    drawing.legend(plot, list(zip(map(str, sexes), SEXES_COLOURS, strict=True)))
    return styled(plot)


def _both_ways(axis: Any, most: float, unit: str | None) -> None:
    """The same numbers on both sides: nobody is fewer than none."""
    found = drawing.ticks(0, most, 3)
    divisor, word = scale(found)
    axis.ticker = FixedTicker(ticks=[-one for one in found if one] + found)
    axis.major_label_overrides = {
        to * one: number(float(f"{one / divisor:.10g}")) for one in found for to in (-1, 1)
    }
    axis.axis_label = f"{word} {unit or ''}".strip()
