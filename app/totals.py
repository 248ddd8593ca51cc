"""What numbers add up to, each kind by its own rule (design §5).

flow: added over time and place. stock: added over place, never over time: a year's value is its last
period. rate: never added, the mean is shown as a mean.
"""

from collections.abc import Callable
from dataclasses import dataclass

from search.documents import Column
from search.engine import Snapshot
from search.plan import Group, Groups, Key, Selection, Stat

RULES = {
    "flow": "합계입니다. 기간과 장소를 모두 더합니다.",
    "stock": "마지막 시점의 합계입니다. 장소는 더하고 시간은 더하지 않습니다.",
    "rate": "평균입니다. 비율·지수·가격은 더하지 않습니다.",
}


@dataclass(frozen=True)
class Value:
    """A total for a key. ``period`` names the moment of a stock, empty where there is none."""

    key: Key
    value: float
    records: int
    period: str = ""


@dataclass(frozen=True)
class Totals:
    """Values of one column for each key of ``by``."""

    column: Column
    kind: str
    rule: str
    by: str
    values: tuple[Value, ...]
    partial: bool


def kind_of(column: Column) -> str:
    """flow, stock or rate. In doubt stock, the careful reading: it is never added over time."""
    if column.role == "rate":
        return "rate"
    return column.kind or "stock"


def totals(snapshot: Snapshot, selection: Selection, column: Column, by: str, field: str) -> Totals:
    """Totals of a number column by a field. ``by`` is the field's name for people."""
    kind = kind_of(column)
    slot = str(column.slot)
    if kind == "stock":
        answer, plain = snapshot.ask(
            [
                Groups(selection, by=(field, "period"), numbers=(slot,)),
                Groups(selection, by=(field,), numbers=(slot,)),
            ]
        )
        if field == "year":
            values = _last_of_each(answer.groups, slot)
        else:
            values = _last_of_all(answer.groups, plain.groups, slot)
    else:
        (answer,) = snapshot.ask([Groups(selection, by=(field,), numbers=(slot,))])
        read = _mean if kind == "rate" else _sum
        values = _read(answer.groups, slot, read)
    return Totals(column, kind, RULES[kind], by, values, answer.partial)


def _read(groups: tuple[Group, ...], slot: str, read: Callable[[Stat], float]) -> tuple[Value, ...]:
    return tuple(
        Value(group.keys[0], read(group.stats[slot]), group.records)
        for group in groups
        if group.stats[slot].count
    )


def _sum(stat: Stat) -> float:
    return stat.sum


def _mean(stat: Stat) -> float:
    return stat.sum / stat.count


def _last_of_each(groups: tuple[Group, ...], slot: str) -> tuple[Value, ...]:
    """For each key its own last period: how a year's stock is read."""
    last: dict[Key, Group] = {}
    for group in groups:
        if group.stats[slot].count and (
            group.keys[0] not in last or str(group.keys[1]) > str(last[group.keys[0]].keys[1])
        ):
            last[group.keys[0]] = group
    return tuple(Value(key, g.stats[slot].sum, g.records, str(g.keys[1])) for key, g in last.items())


def _last_of_all(groups: tuple[Group, ...], plain: tuple[Group, ...], slot: str) -> tuple[Value, ...]:
    """For every key the same last period: places are compared at one moment. Without periods, all."""
    periods = [str(group.keys[1]) for group in groups if group.stats[slot].count]
    if not periods:
        return _read(plain, slot, _sum)
    last = max(periods)
    return tuple(
        Value(group.keys[0], group.stats[slot].sum, group.records, last)
        for group in groups
        if group.keys[1] == last and group.stats[slot].count
    )
