"""Bars by a category or by place: sorted, unless the values have an order of their own; 그 밖 beyond fifteen."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from bokeh.plotting import figure

from app.charts import drawing, order
from app.charts.boundaries import Boundaries
from app.charts.chart import RECORDS, REGION, Chart, Source, Told
from app.charts.sentences import ends, peak
from app.charts.theme import BAR_COLOUR, OTHER_COLOUR, styled
from app.charts.worth import coverage, spread, worth
from app.totals import Totals, Value, as_one, totals
from app.wording import number, plain_name, short

NAME = "bars"
MOST_BARS = 15
MOST_ORDERED = 40
"""Ages by the year are still bars; more than these are a smear on a phone."""

OTHERS = "그 밖"
MOST_OTHERS = 2
"""Times the longest bar: a longer one would dwarf those worth comparing, and is cut off at the edge."""

CUT = 1.2
BAR_HEIGHT_PX = 28
MARGIN_PX = 90
LONG_NUMBER = 9
WEIGHT_PLACES, WEIGHT_CATEGORIES, WEIGHT_FLAGS = 0.9, 0.8, 0.55
SECOND = 0.85
"""Of the weight: the same split again for another column."""


def charts(source: Source) -> Iterator[Chart]:
    """By place, then by each category; yes-or-no ones tell least and come last."""
    compared = [column or RECORDS for column in source.shape.compared]
    if len(source.shape.regions.counts) > 1:
        for column in compared:
            yield Chart(NAME, column, (REGION,), "지역을 알 수 있어 어디가 많고 적은지 견줍니다.")
    for facet, _ in sorted(source.shape.categories, key=lambda pair: _is_flag(pair[0].name)):
        yield Chart(NAME, compared[0], (facet,), f"‘{facet.name}’ 항목으로 나누어 볼 수 있습니다.")


def _is_flag(name: str) -> bool:
    """Yes or no, and when things open: they tell least of what a list is about."""
    return name.endswith(("여부", "유무", "시각", "요일"))


def tell(source: Source, chart: Chart) -> Told | None:
    shape = source.shape
    found = totals(source.snapshot, shape.dataset, shape.selection, chart.column, chart.by[0])
    return tell_totals(chart, found, shape.records)


def tell_totals(chart: Chart, found: Totals, records: int) -> Told | None:
    """Of any totals; ``records`` of the whole they are of."""
    (facet,) = chart.by
    values = [value for value in found.values if str(value.key)]
    if len(values) < 2 or not any(value.value for value in values):
        return None
    values = _banded(values, found.kind)
    keys = order.order(facet.name, [str(value.key) for value in values])
    ordered = keys is not None and len(keys) <= MOST_ORDERED
    frame = _in_order(values, keys) if ordered and keys else _sorted(values, found)
    named = [(str(key), float(value)) for key, value in zip(frame["key"], frame["value"], strict=True)]
    summary = (
        peak(chart.column, found.kind, named, facet.label)
        if ordered
        else ends(
            chart.column,
            found.kind,
            [one for one in named if one[0] != OTHERS],
            of=len(values),
            counted="곳" if facet == REGION else "개",
        )
    )
    return Told(
        chart=chart,
        frame=frame,
        names=names(chart, frame),
        summary=summary,
        rule=found.rule,
        worth=_worth(chart, found, values, records),
        height_px=MARGIN_PX + BAR_HEIGHT_PX * len(frame),
        partial=found.partial,
    )


def _banded(values: list[Value], kind: str) -> list[Value]:
    """Ages year by year as bands of five years, where they may be added: sorted by size they say nothing."""
    if kind == "rate" or not order.is_every_age([str(value.key) for value in values]):
        return values
    bands: dict[str, list[Value]] = {}
    for value in values:
        bands.setdefault(order.band(str(value.key)), []).append(value)
    return [
        Value(key, as_one(parts, kind), sum(part.records for part in parts), parts[0].period)
        for key, parts in bands.items()
    ]


def names(chart: Chart, frame: pd.DataFrame) -> dict[str, str]:
    """What people call the columns of a frame with one key."""
    unit = f" ({chart.column.unit})" if chart.column.unit else ""
    found = {"key": chart.by[0].label, "value": plain_name(chart.column) + unit}
    if chart.column is not RECORDS:
        found["records"] = "레코드 수"
    if frame["period"].any():
        found["period"] = "기준 시점"
    return found


def _worth(chart: Chart, found: Totals, values: list[Value], records: int) -> float:
    counted = sum(value.records for value in values)
    top = sorted((abs(value.value) for value in values), reverse=True)
    whole = float(sum(top)) if found.kind != "rate" else 0.0
    shown = float(sum(top[:MOST_BARS])) / whole if whole else 1.0
    weight = WEIGHT_PLACES if chart.by == (REGION,) else WEIGHT_CATEGORIES
    weight = WEIGHT_FLAGS if _is_flag(chart.by[0].name) else weight
    # a stock is read at one moment: the records of others are not left out of it
    covered = 1.0 if found.kind == "stock" else coverage(counted, records)
    return worth(weight, covered, shown, spread([value.value for value in values]))


def _frame(rows: list[tuple[str, float, int, str]]) -> pd.DataFrame:
    """Columns key (str), value, records, period."""
    return pd.DataFrame(rows, columns=["key", "value", "records", "period"])


def _row(value: Value) -> tuple[str, float, int, str]:
    return (str(value.key), value.value, value.records, value.period)


def _in_order(values: list[Value], keys: list[str]) -> pd.DataFrame:
    by_key = {str(value.key): value for value in values}
    return _frame([_row(by_key[key]) for key in keys])


def _sorted(values: list[Value], found: Totals) -> pd.DataFrame:
    """The greatest first, all beyond them as one: added, or as the mean of all their records."""
    ranked = sorted(values, key=lambda value: (-value.value, str(value.key)))
    first, rest = ranked[:MOST_BARS], ranked[MOST_BARS:]
    rows = [_row(value) for value in first]
    if rest:
        rows.append((OTHERS, as_one(rest, found.kind), sum(one.records for one in rest), ""))
    return _frame(rows)


def draw(told: Told, _: Boundaries | None) -> Any:
    frame, unit = told.frame, told.chart.column.unit
    values = [float(one) for one in frame["value"]]
    own = [one for key, one in zip(frame["key"], values, strict=True) if key != OTHERS]
    low, high = min(0.0, *values), max(0.0, *values)
    is_cut = high > MOST_OTHERS * max(0.0, *own) > 0
    high = max(own) * CUT if is_cut else high
    text = [_label(one) + (" (잘림)" if one > high else "") for one in values]
    keys = drawing.labels(frame["key"])
    colour = [OTHER_COLOUR if key == OTHERS else BAR_COLOUR for key in frame["key"]]
    ends = [min(one, high) for one in values]
    data = drawing.source(frame, unit, label=keys, text=text, colour=colour, end=ends)
    # room for the number behind the longest bar
    room = (high - low) * (0.1 + 0.045 * max(map(len, text)))
    plot: Any = figure(
        y_range=drawing.named(reversed(keys)),
        x_range=drawing.between(low - (room if low < 0 else 0), (high + room) or 1),
        height=told.height_px,
    )
    bars = plot.hbar(y="label", right="end", source=data, height=0.7, color="colour")
    drawing.write(plot, data, "end", "label", "text", x_offset=4, text_baseline="middle")
    drawing.hover(plot, [(told.chart.by[0].label, "@key"), (plain_name(told.chart.column), "@told")], [bars])
    drawing.number_axis(plot.xaxis, low, high, unit, most=3)
    return styled(plot)


def _label(one: float) -> str:
    return text if len(text := number(one)) <= LONG_NUMBER else short(one)
