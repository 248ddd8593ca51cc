"""From the table to its meaning: roles, kinds, units, time, place, totals."""

import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from indexer.intake.meaning.coordinates import Positions, positions
from indexer.intake.meaning.doubt import doubtful_rates
from indexer.intake.meaning.facts import Facts, facts_of
from indexer.intake.meaning.kinds import kind_of
from indexer.intake.meaning.regions import region_level
from indexer.intake.meaning.roles import roles_of
from indexer.intake.meaning.timing import Timing, find_timing
from indexer.intake.meaning.units import unit_in_lines, unit_in_name, unit_of_noun
from indexer.intake.meaning.wide import Wide, find_wide
from indexer.intake.names import bare
from indexer.intake.overrides import Overrides
from indexer.intake.table import Column, Profile, Role, SetAside, Table
from indexer.intake.totals.check import wrong_totals
from indexer.intake.totals.columns import TotalColumns, find_total_columns
from indexer.intake.totals.levels import rows_by_label
from indexer.intake.totals.means import mean_rows, totals_below
from indexer.intake.totals.nesting import rows_by_nesting
from indexer.intake.totals.sums import totals_of
from indexer.intake.totals.words import rows_by_word
from search.language.gazetteer import gazetteer, is_aggregate


@dataclass(frozen=True)
class Understood:
    """A profile and what it was made from, for those who need the rows again."""

    table: Table
    profile: Profile
    facts: dict[str, Facts]
    wide: Wide
    timing: Timing
    positions: Positions | None


def understand(name: str, table: Table, facts: dict[str, Facts], overrides: Overrides) -> Understood:
    """``facts`` are those of the table as it is given; rows that are no records are set aside here."""
    roles = roles_of(facts)
    roles = {**roles, **doubtful_rates(facts, roles, name, table.preamble), **overrides.roles}
    nameless = _nameless(facts, roles)
    worded = rows_by_word(facts, roles) | rows_by_label(facts, roles)
    nested = rows_by_nesting(facts, roles, ~worded & ~nameless)
    roles = {**roles, **_means(facts, roles, worded, worded | nested), **overrides.roles}
    checked = tuple(wrong_totals(facts, roles, worded | nested))
    whole = table.frame
    table = _set_nameless_aside(_set_totals_aside(table, worded, nested), nameless)
    facts = facts if table.frame is whole else facts_of(table.frame)
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
        messages=(*checked, *found.messages, *(where.messages if where else ())),
    )
    return Understood(table, profile, facts, wide, timing, where)


def _headed_level(wide: Wide) -> str | None:
    if "region" not in wide.dims:
        return None
    places = {heading.dims["region"] for heading in wide.headings.values() if "region" in heading.dims}
    known = gazetteer().sido
    inner = [
        place
        for place in places
        if place not in known and (re.search(r"[가-힣](?:시|군|구)$", place) or _is_inside(place.split()))
    ]
    return "sigungu" if len(inner) >= 0.3 * len(places) else "sido"


def _is_inside(words: list[str]) -> bool:
    """``경기 고양``, not ``서울 도심권``."""
    return len(words) == 2 and words[0] in gazetteer().sido and not is_aggregate(words[1])


def _timing(
    facts: dict[str, Facts], roles: dict[str, Role], wide: Wide, table: Table, name: str, overrides: Overrides
) -> Timing:
    if overrides.year:
        return Timing((overrides.year,), "override", None, overrides.year)
    return find_timing(facts, roles, wide, table.preamble, name)


def _means(
    facts: dict[str, Facts], roles: dict[str, Role], totals: pd.Series, aside: pd.Series
) -> dict[str, Role]:
    """A column whose total row is the mean of the others holds means, prices or shares.

    So does every column of a table whose total rows stay below the largest of the other rows nearly everywhere.
    """
    measures = [n for n, role in roles.items() if role == Role.MEASURE]
    below = (
        len(measures) >= 3
        and np.mean([totals_below(facts[n].numbers, totals, aside) for n in measures]) >= 0.8
    )
    return {
        n: Role.RATE
        for n, role in roles.items()
        if role == Role.MEASURE and (below or mean_rows(facts[n].numbers, totals))
    }


def _nameless(facts: dict[str, Facts], roles: dict[str, Role]) -> pd.Series:
    """Rows without a single word and with nothing but zeros: what a spreadsheet's empty line comes out as."""
    quantities = [n for n, role in roles.items() if role in (Role.MEASURE, Role.RATE)]
    words = [n for n in roles if n not in quantities]
    index = next(iter(facts.values())).texts.index
    if not quantities or not words:
        return pd.Series(False, index=index)
    blank = ~np.logical_or.reduce([facts[n].filled.to_numpy() for n in words])
    zero = ~np.logical_or.reduce([(facts[n].numbers.fillna(0) != 0).to_numpy() for n in quantities])
    return pd.Series(blank & zero, index=index) | _only_numbered(facts, roles)


def _only_numbered(facts: dict[str, Facts], roles: dict[str, Role]) -> pd.Series:
    """Rows of a register that hold nothing but their number in the list."""
    codes = [n for n, role in roles.items() if role == Role.CODE]
    others = [n for n in roles if n not in codes]
    index = next(iter(facts.values())).texts.index
    if not codes or len(others) < 3:
        return pd.Series(False, index=index)
    held = np.logical_or.reduce([(facts[n].texts != "").to_numpy() for n in others])
    numbered = sum((facts[n].texts != "").to_numpy().astype(int) for n in codes)
    return pd.Series(~held & (numbered <= 1), index=index)


def _set_nameless_aside(table: Table, nameless: pd.Series) -> Table:
    rows = nameless.index[nameless].intersection(table.frame.index)
    if not len(rows) or len(rows) == len(table.frame):
        return table
    gone = table.frame.loc[rows]
    aside = tuple(
        SetAside(int(row), "빈 행", tuple(cell for cell in cells if cell))
        for row, cells in zip(rows, gone.itertuples(index=False, name=None), strict=True)
    )
    message = (
        f"번호나 0밖에 없는 행이 {len(rows):,}개 있습니다(처음은 {int(rows[0])}행): 레코드로 보지 않습니다"
    )
    return replace(
        table,
        frame=table.frame.drop(rows),
        set_aside=(*table.set_aside, *aside),
        messages=(*table.messages, message),
    )


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
