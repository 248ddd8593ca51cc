"""Totals to frames: the numbers of a chart in the order it shows them."""

import pandas as pd

from app.charts.entries import MAX_BARS, Chart
from app.totals import Totals, Value

REST = "그 밖"


def frame(chart: Chart, found: Totals) -> pd.DataFrame:
    """Columns ``key`` (str), ``value`` (float, NaN for a gap), ``records`` (int), ``period`` (str).

    A line runs over every year between its first and last, so that a gap is seen; bars are sorted, and
    those beyond MAX_BARS become one, unless they are means or the values cannot be added.
    """
    if chart.form == "line":
        return _line(found.values)
    ordered = sorted(found.values, key=lambda value: -value.value)
    rows = [(str(v.key), v.value, v.records, v.period) for v in ordered[:MAX_BARS]]
    rest = ordered[MAX_BARS:]
    if rest and found.kind != "rate":
        rows.append(
            (
                f"{REST} {len(rest)}곳",
                sum(v.value for v in rest),
                sum(v.records for v in rest),
                rest[0].period,
            )
        )
    return pd.DataFrame(rows, columns=["key", "value", "records", "period"])


def _line(values: tuple[Value, ...]) -> pd.DataFrame:
    known = {int(value.key): value for value in values}
    years = range(min(known), max(known) + 1)
    rows = [
        (str(year), known[year].value, known[year].records, known[year].period)
        if year in known
        else (str(year), float("nan"), 0, "")
        for year in years
    ]
    return pd.DataFrame(rows, columns=["key", "value", "records", "period"])
