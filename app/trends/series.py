"""A yearly series: gaps, years that are not over, breaks, change on year, index, mean growth."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.totals import Value

_PART = re.compile(r"\d{4}-(\d\d|Q[1-4]|H[12])")
_WHOLE = {"Q": 4, "H": 2}
_MONTHS = 12
MOSTLY = 0.8
"""Of the years between the first and the last: so many are full where a table has every month."""


@dataclass(frozen=True)
class Point:
    """A year of a series. ``value`` is None in a gap; ``parts`` says how much of a year is there (``1–6월``)."""

    year: int
    value: float | None = None
    records: int = 0
    period: str = ""
    parts: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it can be compared with other years."""
        return self.value is not None and not self.parts


@dataclass(frozen=True)
class Break:
    """From this year on the numbers mean something else than before."""

    year: int
    why: str


@dataclass(frozen=True)
class Series:
    """Every year from first to last, gaps among them."""

    points: tuple[Point, ...]
    breaks: tuple[Break, ...] = ()

    @property
    def gaps(self) -> tuple[int, ...]:
        return tuple(point.year for point in self.points if point.value is None)

    @property
    def whole(self) -> tuple[Point, ...]:
        """Points that can be compared."""
        return tuple(point for point in self.points if point.is_whole)

    def since_break(self) -> tuple[Point, ...]:
        """Comparable points after the last break."""
        last = max((one.year for one in self.breaks), default=0)
        return tuple(point for point in self.whole if point.year >= last)


def series(values: Iterable[Value], parts: Mapping[int, str], breaks: Iterable[Break] = ()) -> Series:
    """A series of yearly values. ``parts``: years that are not there as a whole, each with what there is."""
    known = {int(value.key): value for value in values}
    if not known:
        return Series((), ())
    years = range(min(known), max(known) + 1)
    points = tuple(_point(year, known.get(year), parts) for year in years)
    return Series(points, tuple(one for one in breaks if years[0] < one.year <= years[-1]))


def _point(year: int, value: Value | None, parts: Mapping[int, str]) -> Point:
    if value is None:
        return Point(year)
    return Point(year, value.value, value.records, value.period, parts.get(year, ""))


def parts_of(periods: Iterable[str]) -> dict[int, str]:
    """Years of which only a part is there, in a table that has whole ones otherwise.

    A list of rare events has empty months too: only where most years are full a year counts as cut short.
    A single year is told by its months in any case.
    """
    found: dict[int, set[str]] = {}
    for period in periods:
        if match := _PART.match(period):
            found.setdefault(int(period[:4]), set()).add(match[1])
    full = max((_full(parts) for parts in found.values()), default=0)
    whole = sum(len(parts) == full for parts in found.values())
    inner = max(1, len(found) - 2)  # the first and the last year may be cut by when the table begins and ends
    if len(found) > 1 and (not whole or whole < MOSTLY * inner):
        return {}
    return {year: _said(parts) for year, parts in sorted(found.items()) if len(parts) < full}


def _full(parts: set[str]) -> int:
    return _WHOLE.get(min(parts)[0], _MONTHS)


def _said(parts: set[str]) -> str:
    """``1–6월``, ``1–3분기``."""
    if min(parts)[0] == "H":
        return "상반기" if "H1" in parts else "하반기"
    numbers = sorted(int(part.lstrip("Q")) for part in parts)
    unit = "분기" if min(parts)[0] == "Q" else "월"
    first, last = numbers[0], numbers[-1]
    return f"{first}{unit}" if first == last else f"{first}–{last}{unit}"


def changes(found: Series) -> dict[int, float]:
    """Change against the year before in percent, where both are whole, next to each other and of one meaning."""
    broken = {one.year for one in found.breaks}
    by_year = {point.year: float(point.value or 0) for point in found.whole}
    return {
        year: (value - by_year[year - 1]) / abs(by_year[year - 1]) * 100
        for year, value in by_year.items()
        if year not in broken and by_year.get(year - 1)
    }


def index(found: Series) -> dict[int, float]:
    """Every value as part of the first comparable one, which is 100; nothing where that is not above 0."""
    points = found.since_break()
    base = float(points[0].value or 0) if points else 0.0
    return {point.year: float(point.value or 0) / base * 100 for point in points} if base > 0 else {}


def steps(found: Series) -> dict[int, float]:
    """Difference to the year before in the unit of the values: what can be said of rates and degrees."""
    broken = {one.year for one in found.breaks}
    by_year = {point.year: float(point.value or 0) for point in found.whole}
    return {
        year: value - by_year[year - 1]
        for year, value in by_year.items()
        if year not in broken and year - 1 in by_year
    }


def growth(found: Series) -> float | None:
    """Mean yearly growth in percent (geometric) over the comparable years since the last break."""
    points = found.since_break()
    if len(points) < 2:
        return None
    first, last = float(points[0].value or 0), float(points[-1].value or 0)
    if first <= 0 or last <= 0:
        return None
    return float(((last / first) ** (1 / (points[-1].year - points[0].year)) - 1) * 100)
