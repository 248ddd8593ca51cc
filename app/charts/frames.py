"""Totals to frames: the numbers of a chart in the order it shows them."""

import pandas as pd

from app.charts.entries import Chart
from app.totals import Totals, Value

MAX_BARS = 20
_COLUMNS = ["key", "value", "records", "period"]


def frame(chart: Chart, found: Totals) -> pd.DataFrame:
    """Columns ``key`` (str), ``value`` (float, NaN for a gap), ``records`` (int), ``period`` (str).

    A line runs over every year between its first and last, so that a gap is seen. Bars are sorted, the
    first MAX_BARS of them; all the others in one bar would dwarf those worth comparing.
    """
    rows = _line(found.values) if chart.form == "line" else _bars(found)
    return pd.DataFrame(rows, columns=_COLUMNS)


def _bars(found: Totals) -> list[tuple[str, float, int, str]]:
    ordered = sorted(found.values, key=lambda value: -value.value)
    return [(str(v.key), v.value, v.records, v.period) for v in ordered[:MAX_BARS]]


def _line(values: tuple[Value, ...]) -> list[tuple[str, float, int, str]]:
    known = {int(value.key): value for value in values}
    gap = Value("", float("nan"), 0)
    years = ((year, known.get(year, gap)) for year in range(min(known), max(known) + 1))
    return [(str(year), value.value, value.records, value.period) for year, value in years]
