"""Values that must not be added up: one of several things a column tells of, one hour of a state.

Where a column says what its numbers are (항목: 발생, 검거), and where a state is told hour by hour, charts and
cards take one value and say which; whoever wants another chooses it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.charts import order
from app.charts.shape import Shape
from app.forms import Facet
from app.naming import is_item
from app.totals import kind_of

_OPPOSED = (frozenset({"발생", "검거"}), frozenset({"승차", "하차"}), frozenset({"전입", "전출"}))
"""Values of one column that count different events: a crime that was solved is none more."""


@dataclass(frozen=True)
class Narrowing:
    """The value of a column that is told, and what is said of it."""

    facet: Facet
    value: str
    note: str


def narrowings(shape: Shape) -> Iterator[Narrowing]:
    """Of columns with more than one value under the filters."""
    for facet, values in shape.categories:
        if is_item(facet) or set(values.counts) in _OPPOSED:
            value = _commonest(values.counts)
            yield Narrowing(facet, value, f"‘{facet.label}’ 항목은 더하지 않고 ‘{value}’만 셈했습니다.")
        elif _is_hour_of_a_state(shape, facet, values.counts):
            value = (order.order(facet.name, values.counts) or list(values.counts))[-1]
            yield Narrowing(facet, value, f"시간대마다의 상태는 더하지 않고 마지막인 ‘{value}’만 셈했습니다.")


def _commonest(counts: Mapping[str, int]) -> str:
    """Of as many records the first one in the order of the opposed pairs, else by name."""
    first = {"발생", "승차", "전입"}
    return min(counts, key=lambda value: (-counts[value], value not in first, value))


def _is_hour_of_a_state(shape: Shape, facet: Facet, counts: Mapping[str, int]) -> bool:
    numbers = shape.numbers
    is_state = bool(numbers) and kind_of(numbers[0]) == "stock"
    return is_state and not shape.is_register and order.is_hours(facet.name, counts)
