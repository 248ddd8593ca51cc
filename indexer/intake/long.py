"""The typed long table: one row a record, wide headers turned into rows without the totals among them."""

from dataclasses import dataclass

import pandas as pd

from indexer.intake.meaning.regions import region_of_rows, resolve
from indexer.intake.meaning.wide import TITLES, Heading
from indexer.intake.profile import Understood
from indexer.intake.table import Column, Long, LongColumn, Role
from indexer.intake.totals.columns import BY_NAME

_NAMELESS = "값"
_WHOLE = "전체"
_WHEN = "시점"
_FROM_HEADER = "(머리글)"
"""Marks what came out of the headers where the file has a column of that name already."""


@dataclass(frozen=True)
class _Slice:
    """Columns that stand for one combination of what the headers hold, and the measure each gives."""

    dims: dict[str, str]
    period: str
    year: int | None
    columns: dict[str, str]


def lengthen(found: Understood) -> Long:
    """Records of ``found``; text columns as published, typed ones beside them under names with '#'."""
    roles = {column.name: column.role for column in found.profile.columns}
    texts = [c for c in found.profile.columns if c.role not in (Role.MEASURE, Role.RATE)]
    slices = _slices(found)
    base = found.table.frame[[c.name for c in texts]]
    typed = _typed(found, roles)
    called = _called(texts, slices)
    parts = [_part(found, base, typed, piece, called) for piece in slices]
    frame = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0].reset_index(drop=True)
    return Long(_ordered(frame), tuple(_columns(found, texts, slices, called)))


def _melts(column: Column, found: Understood) -> bool:
    heading = found.wide.headings.get(column.name)
    if heading is None or found.wide.kind is None:
        return False
    return (found.wide.periods and bool(heading.period_text)) or any(
        d in heading.dims for d in found.wide.dims
    )


def _slices(found: Understood) -> list[_Slice]:
    every = [c for c in found.profile.columns if c.role in (Role.MEASURE, Role.RATE)]
    # a total beside its parts is a number of its own, among headers turned into rows it says nothing new:
    # unless it holds more than they do
    quantities = [c for c in every if not c.total or found.wide.kind is None or c.why == BY_NAME] or every
    pieces: dict[tuple[object, ...], _Slice] = {}
    plain = {c.name: c.name for c in quantities if not _melts(c, found)}
    for column in quantities:
        if column.name in plain:
            continue
        heading = found.wide.headings[column.name]
        dims = {TITLES[d]: heading.dims[d] for d in found.wide.dims if d in heading.dims}
        period = _period(heading) if found.wide.periods else ""
        year = heading.period.year if heading.period and found.wide.periods else None
        piece = pieces.setdefault((*dims.items(), period), _Slice(dims, period, year, {}))
        measure = measure_name(heading, found)
        if column.total:
            measure = _WHOLE if measure == _NAMELESS else f"{measure} {_WHOLE}"
        # two columns that differ only in what was taken out of their names keep their names
        piece.columns[column.name] = column.name if measure in piece.columns.values() else measure
    result = list(pieces.values())
    return [_Slice({}, "", None, plain), *result] if plain or not result else result


def _period(heading: Heading) -> str:
    return str(heading.period) if heading.period else heading.period_text


def measure_name(heading: Heading, found: Understood) -> str:
    """What is left of a header when its dimensions are taken out; dimensions not melted stay in it."""
    kept = [value for dim, value in heading.dims.items() if dim not in found.wide.dims]
    return " ".join([*kept, heading.rest]).strip() or _NAMELESS


@dataclass(frozen=True)
class _Called:
    """What the columns are called that headers are turned into: no column of the file is written over.

    ``titles``: those of ``dims``, in their order; ``when``: the one for periods; ``measures``: by what a slice names them.
    """

    titles: dict[str, str]
    when: str
    measures: dict[str, str]


def _called(texts: list[Column], slices: list[_Slice]) -> _Called:
    taken = {column.name for column in texts}
    measures = {name: _free(name, taken) for piece in slices for name in piece.columns.values()}
    taken |= set(measures.values())
    titles = {title: _free(title, taken) for piece in slices for title in piece.dims}
    return _Called(titles, _free(_WHEN, taken), measures)


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += _FROM_HEADER
    return name


def _typed(found: Understood, roles: dict[str, Role]) -> pd.DataFrame:
    index = found.table.frame.index
    rows = found.timing.rows
    frame = pd.DataFrame(index=index)
    if rows is not None:
        years = pd.array([None if p is None else p.year for p in rows.known], dtype="Int64")
        periods = pd.array(["" if p is None else str(p) for p in rows.known], dtype="str")
        frame["#year"], frame["#period"] = years.take(rows.places), periods.take(rows.places)
    else:
        year = found.timing.year
        frame["#year"] = pd.array([year] * len(index), dtype="Int64")
        frame["#period"] = pd.array([str(year or "")] * len(index), dtype="str")
    frame["#region"] = region_of_rows(found.facts, roles)
    where = found.positions
    frame["#lat"] = where.lat if where else float("nan")
    frame["#lon"] = where.lon if where else float("nan")
    return frame


def _part(
    found: Understood, base: pd.DataFrame, typed: pd.DataFrame, piece: _Slice, called: _Called
) -> pd.DataFrame:
    part = base.copy()
    for title, name in called.titles.items():
        part[name] = piece.dims.get(title, "")
    part = pd.concat([part, typed], axis=1)
    if piece.year is not None:
        part["#year"] = pd.array([piece.year] * len(part), dtype="Int64")
    if piece.period:
        part["#period"] = piece.period
        part[called.when] = piece.period
        if piece.year is None:
            part["#year"] = pd.array([pd.NA] * len(part), dtype="Int64")
    if (month := piece.dims.get("월")) and found.timing.year and not piece.period:
        part["#period"] = f"{found.timing.year}-{int(month.rstrip('월 ')):02d}"
    if region := piece.dims.get("지역"):
        part["#region"] = _headed_region(region)
    for name, measure in piece.columns.items():
        part[called.measures[measure]] = found.table.frame[name]
        part[f"#{called.measures[measure]}"] = found.facts[name].numbers
    if piece.dims or piece.period:
        values = [f"#{called.measures[measure]}" for measure in piece.columns.values()]
        # a blank cell of a wide table is no record
        part = part[part[values].notna().any(axis=1)]
    return part


def _headed_region(text: str) -> str:
    """``경기 고양`` → ``경기도 고양``; a remainder such as 기타도시 is no region."""
    found, words = resolve([text]), text.split()
    return (
        f"{found} {words[1]}"
        if found and len(words) == 2 and " " not in found and words[1] not in found
        else found
    )


def _ordered(frame: pd.DataFrame) -> pd.DataFrame:
    texts = [name for name in frame.columns if not name.startswith("#")]
    frame[texts] = frame[texts].fillna("")
    return frame[[*texts, *(name for name in frame.columns if name.startswith("#"))]]


def _columns(
    found: Understood, texts: list[Column], slices: list[_Slice], called: _Called
) -> list[LongColumn]:
    columns = [LongColumn(c.name, c.role) for c in texts]
    for title, column in called.titles.items():
        role = Role.REGION if title == "지역" else Role.TIME if title == "월" else Role.CATEGORY
        columns.append(LongColumn(column, role))
    if any(piece.period for piece in slices):
        columns.append(LongColumn(called.when, Role.TIME))
    known = {c.name: c for c in found.profile.columns}
    named: dict[str, LongColumn] = {}
    for piece in slices:
        for name, measure in piece.columns.items():
            source = known[name]
            column = called.measures[measure]
            named.setdefault(column, LongColumn(column, source.role, source.kind, source.unit))
    order = {name: at for at, name in enumerate(known)}
    return sorted([*columns, *named.values()], key=lambda column: order.get(column.name, len(order)))
