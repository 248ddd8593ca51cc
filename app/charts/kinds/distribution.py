"""How the values of a column are spread: how many records lie between which numbers."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd
from bokeh.plotting import figure

from app.charts import drawing
from app.charts.boundaries import Boundaries
from app.charts.chart import Chart, Source, Told
from app.charts.theme import BAR_COLOUR, styled
from app.charts.worth import coverage, worth
from app.forms import Facet
from app.totals import holds_things
from app.wording import measured, number, plain_name, scale, short, with_particle
from search.plan import Groups, Spread, Stat

NAME = "distribution"
LEAST_VALUES = 30
BINS = 10
SKEWED = 5.0
"""Greatest by mean: beyond it steps grow with the values, or one bar would hold them all."""

BAR_HEIGHT_PX = 28
MARGIN_PX = 90
WEIGHT = 0.6
MOST = 2


def charts(source: Source) -> Iterator[Chart]:
    """Of the numbers of things: each record is one, and stands there once."""
    shape = source.shape
    if not holds_things(shape.dataset) or shape.is_moving:
        return
    for column in shape.numbers[:MOST]:
        name = plain_name(column)
        why = f"레코드마다 ‘{name}’ 값이 있어 큰 것과 작은 것이 얼마나 있는지 보여 줍니다."
        yield Chart(NAME, column, (Facet(name, str(column.slot), name),), why)


def tell(source: Source, chart: Chart) -> Told | None:
    slot = str(chart.column.slot)
    (answer,) = source.snapshot.ask([Groups(source.shape.selection, numbers=(slot,))])
    stat = answer.groups[0].stats[slot]
    if stat.count < LEAST_VALUES or stat.min is None or stat.max is None or stat.min == stat.max:
        return None
    edges = bins(stat)
    (spread,) = source.snapshot.ask([Spread(source.shape.selection, slot, edges)])
    counts = [group.records for group in spread.groups]
    frame = _frame(edges, counts)
    return Told(
        chart=chart,
        frame=frame,
        names={"key": f"{plain_name(chart.column)} 구간", "value": "레코드 수"},
        summary=_sentence(chart, frame, stat),
        rule=f"값이 있는 레코드 {stat.count:,}건을 세었습니다.",
        worth=worth(
            WEIGHT, coverage(stat.count, source.shape.records), 1 - max(counts) / max(sum(counts), 1)
        ),
        height_px=MARGIN_PX + BAR_HEIGHT_PX * len(frame),
        partial=answer.partial or spread.partial,
        title=f"{plain_name(chart.column)} 분포",
    )


def bins(stat: Stat) -> tuple[float, ...]:
    """Round edges from the least value to beyond the last but one: even steps, or growing ones where skewed."""
    low, high = float(stat.min or 0), float(stat.max or 0)
    mean = stat.sum / stat.count
    if low >= 0 and mean > 0 and high / mean > SKEWED:
        return _growing(high)
    step = _round_step((high - low) / BINS)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return tuple(at * step for at in range(first, max(last, first + 1)))


def _growing(high: float) -> tuple[float, ...]:
    """0, then 1-2-5 steps up to the greatest, the last ten of them."""
    top = math.floor(math.log10(high))
    steps = [digit * 10.0**power for power in range(top - 4, top + 1) for digit in (1, 2, 5)]
    return (0.0, *[step for step in steps if step < high][-BINS + 1 :])


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next((digit * power for digit in (1, 2, 5) if digit * power >= rough * (1 - 1e-9)), 10 * power)


def _frame(edges: tuple[float, ...], counts: list[int]) -> pd.DataFrame:
    """Columns key (``10 이상 20 미만``), value (records), low."""
    rows = []
    for at, (low, count) in enumerate(zip(edges, counts, strict=True)):
        upto = edges[at + 1] if at + 1 < len(edges) else None
        name = f"{_edge(low)} 이상" + (f" {_edge(upto)} 미만" if upto is not None else "")
        rows.append((name, float(count), low))
    return pd.DataFrame(rows, columns=["key", "value", "low"])


def _edge(value: float) -> str:
    clean = float(f"{value:.10g}")
    return short(clean) if scale([clean])[1] else number(clean)


def _sentence(chart: Chart, frame: pd.DataFrame, stat: Stat) -> str:
    unit = chart.column.unit
    fullest, most = max(zip(frame["key"], frame["value"], strict=True), key=lambda pair: pair[1])
    name = with_particle(plain_name(chart.column), "은/는")
    return (
        f"{name} {measured(float(stat.min or 0), unit)}에서 {measured(float(stat.max or 0), unit)}까지이고 "
        f"평균은 {measured(stat.sum / stat.count, unit)}입니다. "
        f"가장 많은 구간은 ‘{fullest}’({measured(float(most), '건')})입니다."
    )


def draw(told: Told, _: Boundaries | None) -> Any:
    frame = told.frame
    high = float(frame["value"].max()) or 1.0
    keys = frame["key"].tolist()
    data = drawing.source(frame, "건", text=[number(float(one)) for one in frame["value"]])
    plot: Any = figure(
        y_range=drawing.named(reversed(keys)), x_range=drawing.between(0, high * 1.3), height=told.height_px
    )
    bars = plot.hbar("key", right="value", height=0.95, source=data, color=BAR_COLOUR, line_color="#ffffff")
    drawing.write(plot, data, "value", "key", "text", x_offset=4, text_baseline="middle")
    drawing.hover(plot, [(told.names["key"], "@key"), ("레코드", "@told")], [bars])
    drawing.number_axis(plot.xaxis, 0, high, "건", most=3)
    return styled(plot)
