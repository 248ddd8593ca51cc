"""Hours of the day against days of the week: when it is busy."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from app.charts import heat, order
from app.charts.boundaries import Boundaries
from app.charts.chart import RECORDS, Chart, Source, Told
from app.charts.sentences import peak
from app.charts.worth import coverage, spread, worth
from app.crossing import Cross, crossed
from app.forms import Facet
from app.totals import RULES, holds_things
from app.wording import plain_name

NAME = "hours"
DAY = Facet("period", "period", "요일")
WEIGHT = 0.85
RULE = "요일마다 하루 평균입니다."


def charts(source: Source) -> Iterator[Chart]:
    shape = source.hourly
    if holds_things(shape.dataset):  # hours of things are when they open
        return
    hours = [facet for facet, values in shape.categories if order.is_hours(facet.name, values.counts)]
    weekdays = [facet for facet, values in shape.categories if order.is_weekdays(values.counts)]
    if shape.is_daily and not weekdays:
        weekdays = [DAY]
    if not hours or not weekdays:
        return
    column = (*shape.numbers, RECORDS)[0]
    why = "시간대와 요일이 있어 언제 많은지 보여 줍니다. 색이 짙을수록 큰 값입니다."
    yield Chart(NAME, column, (hours[0], weekdays[0]), why)


def tell(source: Source, chart: Chart) -> Told | None:
    shape = source.hourly
    by = (chart.by[0], chart.by[1])
    found = crossed(source.snapshot, shape.dataset, shape.selection, chart.column, by)
    if found.partial:  # a mean of a part of the days would be none of all
        return None
    frame = _frame(found, _days(shape.periods.counts))
    if len(frame["column"].unique()) < 2 or not frame["value"].any():
        return None
    by_hour = frame.groupby("key", sort=False)["value"].mean().dropna()
    named = [(str(key), float(value)) for key, value in by_hour.items()]
    return Told(
        chart=chart,
        frame=frame,
        names={"key": by[0].label, "value": plain_name(chart.column)},
        summary=peak(chart.column, found.kind, named, "시간대"),
        rule=_rule(found),
        worth=worth(
            WEIGHT,
            coverage(int(frame["records"].sum()), shape.records),
            spread([value for _, value in named]),
        ),
        height_px=heat.height_px(frame["key"].nunique()),
        partial=found.partial,
    )


def _rule(found: Cross) -> str:
    """Of days the mean of a day, of a state too: no moment is the last one there."""
    if found.by[1] != DAY:
        return found.rule
    return f"{RULES['rate']} {RULE}" if found.kind == "rate" else f"여러 곳의 값을 더했습니다. {RULE}"


def _days(periods: Iterable[str]) -> Counter[str]:
    """How many days of the table are of which day of the week."""
    return Counter(_weekday(day) for day in periods if len(day) == len("2020-01-01"))


def _weekday(day: str) -> str:
    return order.WEEKDAYS[date.fromisoformat(day).weekday()]


def _frame(found: Cross, of: Mapping[str, int]) -> pd.DataFrame:
    """Columns key (hour), column (day of the week), value, records: of days the mean of a day."""
    cells: defaultdict[tuple[str, str], list[tuple[float, int]]] = defaultdict(list)
    for cell in found.cells:
        hour, day = map(str, cell.keys)
        name = day if found.by[1] != DAY else _weekday(day)
        cells[hour, name].append((cell.value, cell.records))
    hours = order.order(found.by[0].name, dict.fromkeys(hour for hour, _ in cells)) or []
    days = order.order(found.by[1].name, dict.fromkeys(day for _, day in cells)) or sorted(
        {day for _, day in cells}
    )
    # an event that did not happen on a day is none of that day: it counts as nothing
    over = of if found.by[1] == DAY and found.kind == "flow" else {}
    rows = [(hour, day, *_mean(cells[hour, day], over.get(day))) for hour in hours for day in days]
    return pd.DataFrame(rows, columns=["key", "column", "value", "records"])


def _mean(parts: list[tuple[float, int]], days: int | None) -> tuple[float, int]:
    """The mean of some days, each weighing the same; of ``days`` where that is known."""
    if not parts:
        return (0.0 if days else float("nan")), 0
    return sum(value for value, _ in parts) / (days or len(parts)), sum(records for _, records in parts)


def draw(told: Told, _: Boundaries | None) -> Any:
    return heat.draw(told)
