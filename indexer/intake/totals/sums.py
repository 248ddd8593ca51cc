"""Totals over detail rows: one for each measure and year, never of a rate, never a stock over time."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from indexer.intake.meaning.facts import Facts
from indexer.intake.meaning.timing import Timing
from indexer.intake.meaning.wide import Wide
from indexer.intake.table import Column, Kind, Role, Total


def totals_of(
    columns: tuple[Column, ...], facts: Mapping[str, Facts], wide: Wide, timing: Timing
) -> tuple[Total, ...]:
    panel = is_panel(columns, facts, timing)
    dated = _dated(timing.rows)
    totals: list[Total] = []
    for column in columns:
        if column.role != Role.MEASURE or not facts[column.name].numbers.notna().any():
            continue
        heading = wide.headings.get(column.name)
        values = facts[column.name].numbers
        if heading and heading.period_text and wide.periods:
            where = {"year": heading.period.year} if heading.period else {"period": heading.period_text}
            totals.append(Total(column.name, where, _sum(values)))
        elif timing.rows is not None and (panel or column.kind == Kind.FLOW):
            totals += _by_year(column, values, dated)
        else:
            where = {"year": timing.year} if timing.year else {}
            totals.append(Total(column.name, where, _sum(values)))
    return tuple(totals)


def _sum(values: pd.Series) -> float:
    total = float(np.nansum(values.to_numpy()))
    return round(total, 6)


def is_panel(columns: tuple[Column, ...], facts: Mapping[str, Facts], timing: Timing) -> bool:
    """Do the same things come back in period after period? In a register or a list of events they do not."""
    if timing.rows is None:
        return False
    known = {period: str(period) for period in timing.rows.unique()}
    periods = pd.Series([known[period] for period in timing.rows], index=timing.rows.index)
    keys = [c.name for c in columns if c.role in (Role.LABEL, Role.REGION, Role.CATEGORY, Role.TEXT)]
    keys += [c.name for c in columns if c.role == Role.CODE and facts[c.name].texts.duplicated().any()]
    if periods.nunique() < 2 or not keys:
        return periods.nunique() >= 2
    joined = facts[keys[0]].texts
    for name in keys[1:]:
        joined = joined.str.cat(facts[name].texts, sep="\n")
    pairs = pd.DataFrame({"key": joined, "period": periods}).drop_duplicates()
    things = pairs["key"].nunique()
    # events of one kind come back now and then; the things of a panel come back nearly every time
    return len(pairs) >= 1.5 * things and len(pairs) >= 0.25 * things * periods.nunique()


def _by_year(column: Column, values: pd.Series, dated: pd.DataFrame) -> list[Total]:
    totals = []
    for year, here in dated.groupby("year", sort=True):
        # a stock is what it was in the last period of the year
        last = here[here["period"] == here["period"].max()] if column.kind == Kind.STOCK else here
        totals.append(Total(column.name, {"year": int(str(year))}, _sum(values[last.index])))
    if len(totals) > 1 and column.kind == Kind.FLOW:
        totals.append(Total(column.name, {}, _sum(values)))
    return totals


def _dated(rows: pd.Series | None) -> pd.DataFrame:
    """Year and period of each row that has one."""
    if rows is None:
        return pd.DataFrame({"year": [], "period": []})
    known = {period: (period.year, str(period)) for period in rows.dropna().unique()}
    pairs = [known.get(period, (None, "")) for period in rows]
    dated = pd.DataFrame(pairs, columns=["year", "period"], index=rows.index).dropna()
    return dated.astype({"year": int})
