"""What numbers add up to by two fields at once: months of years, ages of sexes, years of places.

Each kind of number by the rule of ``app.totals``; a stock is read at the last moment there is, or at the
last moment of each year where years are one of the fields.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.forms import Facet
from app.totals import REGISTER_RULE, RULES, added, is_register, kind_of, mean
from search.documents import Column, Dataset
from search.engine import Snapshot
from search.plan import Group, Groups, Key, Selection, Stat

MOST_GROUPS = 20_000


@dataclass(frozen=True)
class Cell:
    """A total for a key of each field."""

    keys: tuple[Key, Key]
    value: float
    records: int


@dataclass(frozen=True)
class Cross:
    """Values of one column for keys of two fields. ``moment`` names that of a stock, where it is one for all."""

    column: Column
    kind: str
    rule: str
    by: tuple[Facet, Facet]
    cells: tuple[Cell, ...]
    partial: bool
    moment: str = ""


def crossed(
    snapshot: Snapshot, dataset: Dataset, selection: Selection, column: Column, by: tuple[Facet, Facet]
) -> Cross:
    """Totals of a column by two fields; without a slot the records are counted."""
    fields = (by[0].field, by[1].field)
    kind = kind_of(column) if column.slot else "flow"
    last = _Last(selection, RULES[kind])
    if kind == "stock" and "period" not in fields:
        last = _at_last(snapshot, dataset, selection, column, by_year="year" in fields)
    numbers = (column.slot,) if column.slot else ()
    (answer,) = snapshot.ask([Groups(last.selection, by=fields, numbers=numbers, limit=MOST_GROUPS)])
    cells = tuple(_cells(answer.groups, column.slot, mean if kind == "rate" else added))
    return Cross(column, kind, last.rule, by, cells, answer.partial or last.partial, last.moment)


@dataclass(frozen=True)
class _Last:
    """A selection at the last moment, or at the last of each year; its name where it is one."""

    selection: Selection
    rule: str
    moment: str = ""
    partial: bool = False


def _at_last(
    snapshot: Snapshot, dataset: Dataset, selection: Selection, column: Column, *, by_year: bool
) -> _Last:
    slot = str(column.slot)
    (dated,) = snapshot.ask([Groups(selection, by=("year", "period"), numbers=(slot,), limit=MOST_GROUPS)])
    last: dict[Key, str] = {}
    for group in dated.groups:
        if group.stats[slot].count:
            year = group.keys[0] if by_year else 0
            last[year] = max(last.get(year, ""), str(group.keys[1]))
    if not last:
        return _Last(selection, RULES["stock"], partial=dated.partial)
    if is_register(dataset, (str(group.keys[1]) for group in dated.groups)):
        return _Last(selection, REGISTER_RULE, partial=dated.partial)
    moment = "" if by_year else last[0]
    return _Last(selection.within("period", *last.values()), RULES["stock"], moment, dated.partial)


def _cells(groups: Iterable[Group], slot: str | None, read: Callable[[Stat], float]) -> Iterable[Cell]:
    for group in groups:
        keys = (group.keys[0], group.keys[1])
        if slot is None:
            yield Cell(keys, float(group.records), group.records)
        elif group.stats[slot].count:
            yield Cell(keys, read(group.stats[slot]), group.records)
