"""From the table to its meaning: roles, kinds, units, time, place, totals."""

from dataclasses import dataclass, replace

import pandas as pd

from indexer.intake.coordinates import Positions, positions
from indexer.intake.doubt import doubtful_rates
from indexer.intake.facts import Facts, facts_of
from indexer.intake.kinds import kind_of
from indexer.intake.names import bare
from indexer.intake.nesting import mean_rows, rows_by_nesting
from indexer.intake.overrides import Overrides
from indexer.intake.regions import region_level
from indexer.intake.roles import roles_of
from indexer.intake.sums import totals_of
from indexer.intake.table import Column, Profile, Role, SetAside, Table
from indexer.intake.timing import Timing, find_timing
from indexer.intake.totalcolumns import TotalColumns, find_total_columns
from indexer.intake.totalrows import rows_by_word
from indexer.intake.units import unit_in_lines, unit_in_name, unit_of_noun
from indexer.intake.wide import Wide, find_wide


@dataclass(frozen=True)
class Understood:
    """A profile and what it was made from, for those who need the rows again."""

    table: Table
    profile: Profile
    facts: dict[str, Facts]
    wide: Wide
    timing: Timing
    positions: Positions | None


def understand(name: str, table: Table, overrides: Overrides) -> Understood:
    facts = facts_of(table.frame)
    roles = roles_of(facts)
    roles = {**roles, **doubtful_rates(facts, roles, name, table.preamble), **overrides.roles}
    worded = rows_by_word(facts, roles)
    nested = rows_by_nesting(facts, roles, ~worded)
    roles = {**roles, **_means(facts, roles, worded), **overrides.roles}
    table = _set_totals_aside(table, worded, nested)
    facts = facts_of(table.frame)
    found = find_total_columns(facts, roles, name)
    quantities = [n for n, role in roles.items() if role in (Role.MEASURE, Role.RATE)]
    wide = find_wide(quantities, found.columns)
    timing = _timing(facts, roles, wide, table, name, overrides)
    where = positions(facts, roles)
    lines_unit = unit_in_lines(table.preamble)
    columns = tuple(
        _overridden(_column(n, role, lines_unit, found, name), overrides) for n, role in roles.items()
    )
    profile = Profile(
        columns=columns,
        wide=wide.kind,
        years=timing.years,
        years_from=timing.source,
        region_level=region_level(facts, roles, has_points=where is not None) or _headed_level(wide),
        coordinates=where.found if where else None,
        totals=totals_of(columns, facts, wide, timing),
        messages=(*found.messages, *(where.messages if where else ())),
    )
    return Understood(table, profile, facts, wide, timing, where)


def _headed_level(wide: Wide) -> str | None:
    return "sigungu" if wide.kind == "region" else None


def _timing(
    facts: dict[str, Facts], roles: dict[str, Role], wide: Wide, table: Table, name: str, overrides: Overrides
) -> Timing:
    if overrides.year:
        return Timing((overrides.year,), "override", None, overrides.year)
    return find_timing(facts, roles, wide, table.preamble, name)


def _means(facts: dict[str, Facts], roles: dict[str, Role], totals: pd.Series) -> dict[str, Role]:
    """A column whose total row is the mean of the others holds means, prices or shares."""
    return {
        n: Role.RATE
        for n, role in roles.items()
        if role == Role.MEASURE and mean_rows(facts[n].numbers, totals)
    }


def _set_totals_aside(table: Table, worded: pd.Series, nested: pd.Series) -> Table:
    marked = worded | nested
    if not marked.any() or marked.all():
        return table
    gone = table.frame[marked]
    aside = tuple(
        SetAside(
            int(row),
            "합계 행(이름)" if worded[row] else "합계 행(셈)",
            tuple(cell for cell in cells if cell),
            total=True,
        )
        for row, cells in zip(gone.index, gone.itertuples(index=False, name=None), strict=True)
    )
    return replace(table, frame=table.frame[~marked], set_aside=(*table.set_aside, *aside))


def _column(name: str, role: Role, lines_unit: str | None, found: TotalColumns, file: str) -> Column:
    if role not in (Role.MEASURE, Role.RATE):
        return Column(name, role)
    unit = unit_in_name(name) or lines_unit or (unit_of_noun(bare(name)) if role == Role.MEASURE else None)
    kind, why = kind_of(name, file) if role == Role.MEASURE else (None, "")
    return Column(name, role, kind, unit, why=found.columns.get(name, why), total=name in found.columns)


def _overridden(column: Column, overrides: Overrides) -> Column:
    kind = overrides.kinds.get(column.name, column.kind) if column.role == Role.MEASURE else column.kind
    return replace(column, kind=kind, unit=overrides.units.get(column.name, column.unit))
