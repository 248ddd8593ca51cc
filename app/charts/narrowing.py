"""Values that must not be added up: one of several things a column tells of, one hour of a state.

Where a column says what its numbers are (항목: 발생, 검거), and where a state is told hour by hour, charts and
cards take one value and say which; whoever wants another chooses it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.charts import order
from app.charts.shape import Shape, shape
from app.forms import Facet
from app.naming import is_item
from app.totals import kind_of
from search.documents import Dataset
from search.engine import Snapshot
from search.plan import Selection

_OPPOSED = (frozenset({"발생", "검거"}), frozenset({"승차", "하차"}), frozenset({"전입", "전출"}))
"""Values of one column that count different events: a crime that was solved is none more."""


@dataclass(frozen=True)
class Narrowing:
    """The value of a column that is told, and what is said of it."""

    facet: Facet
    value: str
    note: str
    is_hour: bool = False


@dataclass(frozen=True)
class Narrowed:
    """The records that charts and cards tell of.

    ``whole`` are all under the filters, ``hourly`` those of one thing at every hour, ``shape`` those of one
    thing at one hour.
    """

    whole: Shape
    hourly: Shape
    shape: Shape
    narrowings: tuple[Narrowing, ...]


def narrowed(snapshot: Snapshot, dataset: Dataset, selection: Selection) -> Narrowed:
    """One round trip to the engine, and one more for each step that narrows."""
    whole = shape(snapshot, dataset, selection)
    found = tuple(narrowings(whole))
    hourly = _within(snapshot, whole, [one for one in found if not one.is_hour])
    return Narrowed(whole, hourly, _within(snapshot, hourly, [one for one in found if one.is_hour]), found)


def _within(snapshot: Snapshot, whole: Shape, found: list[Narrowing]) -> Shape:
    selection = whole.selection
    for one in found:
        selection = selection.within(one.facet.field, one.value)
    return shape(snapshot, whole.dataset, selection) if found else whole


def narrowings(of: Shape) -> Iterator[Narrowing]:
    """Of columns with more than one value under the filters."""
    for facet, values in of.categories:
        if is_item(facet) or set(values.counts) in _OPPOSED:
            value = _commonest(values.counts)
            yield Narrowing(facet, value, f"‘{facet.label}’ 항목은 더하지 않고 ‘{value}’만 셈했습니다.")
        elif _is_hour_of_a_state(of, facet, values.counts):
            value = (order.order(facet.name, values.counts) or list(values.counts))[-1]
            note = f"시간대마다의 상태는 더하지 않고 마지막인 ‘{value}’만 셈했습니다."
            yield Narrowing(facet, value, note, is_hour=True)


def _commonest(counts: Mapping[str, int]) -> str:
    """Of as many records the first one in the order of the opposed pairs, else by name."""
    first = {"발생", "승차", "전입"}
    return min(counts, key=lambda value: (-counts[value], value not in first, value))


def _is_hour_of_a_state(of: Shape, facet: Facet, counts: Mapping[str, int]) -> bool:
    numbers = of.numbers
    is_state = bool(numbers) and kind_of(numbers[0]) == "stock"
    return is_state and not of.is_register and order.is_hours(facet.name, counts)
