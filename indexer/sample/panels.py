"""The words a counting table is described with: places, categories, measures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, TypeAlias

from indexer.sample.kind import DISTRICT, Form
from indexer.sample.places import dongs_on, residents
from indexer.sample.series import Season, Step

Labels: TypeAlias = tuple[str, ...]
Place: TypeAlias = tuple[Labels, float]


@dataclass(frozen=True)
class Where:
    """The places of a panel: their columns, and which of them with which size there are on a day."""

    headers: Labels
    on: Callable[[date], tuple[Place, ...]]


@dataclass(frozen=True)
class Split:
    """The categories of a panel: their columns, one tuple of labels each, share and yearly growth of each."""

    headers: Labels = ()
    labels: tuple[Labels, ...] = ((),)
    shares: tuple[float, ...] = (1.0,)
    trends: tuple[float, ...] = (0.0,)


@dataclass(frozen=True)
class Measure:
    """One number column: `each` is its usual value for size 1 in one period of 2020.

    A `count` is of single events and jumps as such counts do, an `amount` has decimals, a `level` is a large
    whole number that moves little: a state,
        or the sum of many events. `trend` is their growth a year. A `rate`
    does not depend on size: it moves by `trend` in its own unit and differs by place within `spread`.
    """

    header: str
    each: float
    trend: float = 0.0
    sort: Literal["count", "amount", "level", "rate"] = "count"
    digits: int = 1
    spread: float = 0.0
    commas: bool = False
    season: Season = "even"
    outing: bool = False


@dataclass(frozen=True)
class Panel:
    """A table of period × place × category; `typical` is its number of rows, None: those of all years."""

    title: str
    area: str
    where: Where
    measures: tuple[Measure, ...]
    split: Split = Split()
    step: Step = "year"
    time: str = "연도"
    wide: bool = False
    provider: str = DISTRICT
    form: Form | None = None
    typical: int | None = None


def split(header: str, *values: str) -> Split:
    """Categories of one column, the earlier the larger."""
    weights = [1 / (number + 1) for number in range(len(values))]
    shares = tuple(weight / sum(weights) for weight in weights)
    return Split((header,), tuple((value,) for value in values), shares, (0.0,) * len(values))


@cache
def dong_places(day: date) -> tuple[Place, ...]:
    """The dong of that day with their residents in thousands."""
    year = day.year + day.month / 12 - 1
    return tuple(((dong.name,), residents(dong.name, year) / 1000) for dong in dongs_on(day))


def by_dong(header: str = "행정동") -> Where:
    return Where((header,), dong_places)


def fixed(headers: Labels, *places: Place) -> Where:
    """Places that are there all the time, such as stations."""
    return Where(headers, lambda _day: places)


WHOLE = fixed((), ((), 1.0))  # the district as one


def hours(first: int, last: int) -> Split:
    """시간대, twice as busy at eight and at eighteen."""
    times = range(first, last + 1)
    weights = [2.0 if hour in (8, 18) else 1.0 for hour in times]
    shares = tuple(weight / sum(weights) for weight in weights)
    return Split(("시간대",), tuple((f"{hour:02}시",) for hour in times), shares, (0.0,) * len(shares))
