"""Totals over detail rows: one for each measure and year, never of a rate, never a stock over time."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from indexer.intake.distinct import combined
from indexer.intake.meaning.facts import Facts
from indexer.intake.meaning.timing import Periods, Timing
from indexer.intake.meaning.wide import Wide
from indexer.intake.table import Column, Kind, Role, Total


def totals_of(
    columns: tuple[Column, ...], facts: Mapping[str, Facts], wide: Wide, timing: Timing
) -> tuple[Total, ...]:
    panel = is_panel(columns, facts, timing)
    totals: list[Total] = []
    for column in columns:
        if column.role != Role.MEASURE or not facts[column.name].numbers.notna().any():
            continue
        heading = wide.headings.get(column.name)
        values = facts[column.name].numbers.to_numpy()
        if heading and heading.period_text and wide.periods:
            where = {"year": heading.period.year} if heading.period else {"period": heading.period_text}
            totals.append(Total(column.name, where, _sum(values)))
        elif timing.rows is not None and (panel or column.kind == Kind.FLOW):
            totals += _by_year(column, values, timing.rows)
        else:
            where = {"year": timing.year} if timing.year else {}
            totals.append(Total(column.name, where, _sum(values)))
    return tuple(totals)


def _sum(values: NDArray[np.float64]) -> float:
    total = float(np.nansum(values))
    return round(total, 6)


def is_panel(columns: tuple[Column, ...], facts: Mapping[str, Facts], timing: Timing) -> bool:
    """Do the same things come back in period after period? In a register or a list of events they do not."""
    if timing.rows is None:
        return False
    periods = len(timing.rows.known)
    keys = [c.name for c in columns if c.role in (Role.LABEL, Role.REGION, Role.CATEGORY, Role.TEXT)]
    keys += [c.name for c in columns if c.role == Role.CODE and (facts[c.name].cells.counts > 1).any()]
    if periods < 2 or not keys:
        return periods >= 2
    things = combined([facts[name].cells.places for name in keys])
    pairs = int(combined([things, timing.rows.places]).max(initial=-1)) + 1
    known = int(things.max(initial=-1)) + 1
    # events of one kind come back now and then; the things of a panel come back nearly every time
    return pairs >= 1.5 * known and pairs >= 0.25 * known * periods


def _by_year(column: Column, values: NDArray[np.float64], rows: Periods) -> list[Total]:
    years: dict[int, dict[str, list[int]]] = {}
    for place, period in enumerate(rows.known):
        if period is not None:
            years.setdefault(period.year, {}).setdefault(str(period), []).append(place)
    totals = []
    for year in sorted(years):
        # a stock is what it was in the last period of the year
        named = years[year] if column.kind != Kind.STOCK else {"": years[year][max(years[year])]}
        places = [place for same in named.values() for place in same]
        chosen = np.isin(np.arange(len(rows.known)), places)
        totals.append(Total(column.name, {"year": year}, _sum(values[chosen[rows.places]])))
    if len(totals) > 1 and column.kind == Kind.FLOW:
        totals.append(Total(column.name, {}, _sum(values)))
    return totals
