"""What numbers add up to, each kind by its own rule (design §5).

flow: added over time and place. stock: added over place, never over time: a year's value is its last
period. rate: never added, the mean is shown as a mean.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from app.forms import Facet
from search.documents import Column, Dataset
from search.engine import Snapshot
from search.language import regions
from search.plan import Answer, Group, Groups, Key, Selection, Stat

RULES = {
    "flow": "합계입니다. 기간과 장소를 모두 더했습니다.",
    "stock": "그 기간의 마지막 시점 값입니다. 여러 곳의 값은 더하고 여러 때의 값은 더하지 않았습니다.",
    "rate": "레코드 값의 단순평균입니다. 비율·지수·가격은 더하지 않았습니다.",
}
COUNT_RULE = "레코드를 세었습니다."
REGISTER_RULE = "목록에 있는 모든 레코드의 합계입니다. 날짜는 레코드마다 확인한 날입니다."

MOST_PERIODS = 20_000
"""Hours of two years."""

LATEST = 8
"""Periods that are looked through for the last one at which anything has a value."""

_THINGS = frozenset({"label", "latitude", "x"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Value:
    """A total for a key. ``period`` names the moment of a stock, empty where there is none."""

    key: Key
    value: float
    records: int
    period: str = ""


@dataclass(frozen=True)
class Totals:
    """Values of one column for each key of ``by``. ``register``: see ``is_register``."""

    column: Column
    kind: str
    rule: str
    by: Facet
    values: tuple[Value, ...]
    partial: bool
    register: bool = False


def kind_of(column: Column) -> str:
    """flow, stock or rate. In doubt stock, the careful reading: it is never added over time."""
    if column.role == "rate":
        return "rate"
    return column.kind or "stock"


def totals(snapshot: Snapshot, dataset: Dataset, selection: Selection, column: Column, by: Facet) -> Totals:
    """Totals of a number column by a field, without a slot the records; places are of one level."""
    return one_level(dataset, _totals(snapshot, dataset, selection, column, by))


def _totals(snapshot: Snapshot, dataset: Dataset, selection: Selection, column: Column, by: Facet) -> Totals:
    if column.slot is None:
        return _counted(snapshot, selection, column, by)
    kind = kind_of(column)
    slot = column.slot
    plain = Groups(selection, by=(by.field,), numbers=(slot,))
    if kind != "stock":
        (answer,) = snapshot.ask([plain])
        values = _read(answer.groups, slot, mean if kind == "rate" else added)
        return Totals(column, kind, RULES[kind], by, values, answer.partial)
    times = ("year", "period") if by.field == "year" else ("period",)
    dated, whole = snapshot.ask([Groups(selection, times, (slot,), MOST_PERIODS), plain])
    if dated.partial and not dated.late and by.field != "year":
        dated = _of_last_year(snapshot, selection, slot) or dated
    partial = dated.partial or whole.partial
    if is_register(dataset, (str(group.keys[-1]) for group in dated.groups)):
        values = _read(whole.groups, slot, added)
        return Totals(column, kind, REGISTER_RULE, by, values, partial, register=True)
    if by.field == "year":
        values = _last_of_each(dated.groups, slot)
    else:
        values, is_cut = _at_last(snapshot, selection, (by.field, slot), dated.groups)
        partial |= is_cut
    return Totals(column, kind, RULES[kind], by, values or _read(whole.groups, slot, added), partial)


def _of_last_year(snapshot: Snapshot, selection: Selection, slot: str) -> Answer | None:
    """Periods of the last year that has a value, where there are too many in all: the fullest are not the last."""
    (years,) = snapshot.ask([Groups(selection, ("year",), (slot,))])
    with_values = [group.keys[0] for group in years.groups if group.stats[slot].count]
    if not with_values:
        return None
    (found,) = snapshot.ask(
        [Groups(selection.within("year", max(with_values)), ("period",), (slot,), MOST_PERIODS)]
    )
    return found


def _at_last(
    snapshot: Snapshot, selection: Selection, what: tuple[str, str], dated: Iterable[Group]
) -> tuple[tuple[Value, ...], bool]:
    """What each key has at the last period that any has, and whether something is left out.

    ``what``: the field of the keys and the number. Of thousands of periods times places only the latest are asked
    for; where they are of records without a key, all.
    """
    field, slot = what
    periods = sorted(str(group.keys[-1]) for group in dated if group.stats[slot].count)
    if not periods:
        return (), False
    for asked in (selection.within("period", *periods[-LATEST:]), selection):
        (answer,) = snapshot.ask([Groups(asked, by=(field, "period"), numbers=(slot,))])
        if values := _last_of_all(answer.groups, slot):
            return values, answer.partial
    return (), False


def _counted(snapshot: Snapshot, selection: Selection, column: Column, by: Facet) -> Totals:
    """Records are counted where a column has no numbers of its own."""
    (found,) = snapshot.ask([Groups(selection, by=(by.field,))])
    values = tuple(Value(group.keys[0], float(group.records), group.records) for group in found.groups)
    return Totals(column, "flow", COUNT_RULE, by, values, found.partial)


def one_level(dataset: Dataset, found: Totals) -> Totals:
    """Places of one level: beside other districts, the dong of ours are our district.

    Records of the whole city name 구, ours besides their dong: without this the own district would be
    missing among the others.
    """
    district = regions.district_beside_others(dataset.regions)
    if found.by.field != "region" or district is None:
        return found
    together: dict[Key, list[Value]] = {}
    for value in found.values:
        together.setdefault(regions.at_level(str(value.key), district), []).append(value)
    values = tuple(_joined(key, parts, found.kind) for key, parts in together.items())
    return replace(found, values=values)


def _joined(key: Key, parts: list[Value], kind: str) -> Value:
    return Value(key, as_one(parts, kind), sum(part.records for part in parts), parts[0].period)


def as_one(parts: Iterable[Value], kind: str) -> float:
    """Parts as one value: added; of means the mean of all their records."""
    found = list(parts)
    if kind != "rate":
        return sum(part.value for part in found)
    return sum(part.value * part.records for part in found) / sum(part.records for part in found)


def holds_things(dataset: Dataset) -> bool:
    """Whether a record is a thing with a name or a place of its own."""
    return any(column.role in _THINGS for column in dataset.columns)


def is_register(dataset: Dataset, periods: Iterable[str]) -> bool:
    """Whether records are things (a park, a shelter), each dated by the day it was last looked at.

    Then a thing stands once in the list whatever its date, and the last date is that of a few only.
    """
    return holds_things(dataset) and all(_DAY.fullmatch(period) for period in periods)


def _read(groups: Iterable[Group], slot: str, read: Callable[[Stat], float]) -> tuple[Value, ...]:
    return tuple(
        Value(group.keys[0], read(group.stats[slot]), group.records)
        for group in groups
        if group.stats[slot].count
    )


def added(stat: Stat) -> float:
    return stat.sum


def mean(stat: Stat) -> float:
    return stat.sum / stat.count


def _dated(group: Group, slot: str) -> Value:
    return Value(group.keys[0], group.stats[slot].sum, group.records, str(group.keys[1]))


def _last_of_each(groups: Iterable[Group], slot: str) -> tuple[Value, ...]:
    """For each key its own last period: how a year's stock is read."""
    last: dict[Key, Value] = {}
    for group in groups:
        if group.stats[slot].count:
            value = _dated(group, slot)
            if value.key not in last or value.period > last[value.key].period:
                last[value.key] = value
    return tuple(last.values())


def _last_of_all(groups: Iterable[Group], slot: str) -> tuple[Value, ...]:
    """For every key the same last period: places are compared at one moment."""
    dated = [_dated(group, slot) for group in groups if group.stats[slot].count]
    last = max((value.period for value in dated), default="")
    return tuple(value for value in dated if value.period == last)
