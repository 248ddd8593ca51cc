"""Periods, seasons and breaks: how made-up numbers move in time."""

from datetime import date, timedelta
from typing import Literal, TypeAlias

import numpy as np

from indexer.sample.kind import FIRST_YEAR, LAST_YEAR, Values

Step: TypeAlias = Literal["year", "month", "day"]
Season: TypeAlias = Literal["even", "summer", "winter", "spring", "outdoor", "school", "heat"]

BASE_YEAR = 2020  # growth is counted from here
# what a month carries, January first; each list has a mean of about 1
SEASONS: dict[Season, tuple[float, ...]] = {
    "even": (1,) * 12,
    "summer": (0.6, 0.6, 0.7, 0.9, 1.1, 1.4, 1.6, 1.6, 1.2, 0.9, 0.7, 0.7),
    "winter": (1.4, 1.3, 1.2, 1.0, 0.8, 0.7, 0.7, 0.7, 0.8, 0.9, 1.1, 1.4),
    "spring": (1.2, 1.2, 1.4, 1.3, 1.1, 0.8, 0.6, 0.6, 0.7, 0.9, 1.1, 1.1),
    "outdoor": (0.5, 0.5, 0.8, 1.1, 1.3, 1.3, 1.1, 1.1, 1.4, 1.3, 1.0, 0.6),
    "heat": (-0.15, 0.05, 0.5, 1.0, 1.4, 1.75, 1.95, 2.0, 1.65, 1.1, 0.55, 0.05),
    "school": (0.9, 0.8, 1.1, 1.1, 1.1, 1.1, 0.9, 0.8, 1.1, 1.1, 1.1, 0.9),
}
# share of the usual where people go out, meet or travel: the epidemic years
OUTINGS = {2020: 0.72, 2021: 0.76, 2022: 0.9}


def periods(step: Step) -> tuple[date, ...]:
    """The last day of every year, month or day from the first to the last year of the sample."""
    if step == "year":
        return tuple(date(year, 12, 31) for year in range(FIRST_YEAR, LAST_YEAR + 1))
    if step == "month":
        starts = (date(year, month, 1) for year in range(FIRST_YEAR, LAST_YEAR + 1) for month in range(1, 13))
        return tuple((start + timedelta(days=31)).replace(day=1) - timedelta(days=1) for start in starts)
    first = date(FIRST_YEAR, 1, 1)
    return tuple(first + timedelta(days=day) for day in range((date(LAST_YEAR, 12, 31) - first).days + 1))


def start_of(days: tuple[date, ...], sizes: list[int], rows: int) -> int:
    """The period to begin with so that all from there on have at most `rows` rows.

    Whole years where one fits, since half a year looks like a fall; else the last periods, at least one.
    """
    fitting = int((np.cumsum(sizes[::-1]) <= rows).sum())
    start = len(days) - max(fitting, 1)
    borders = (at for at in range(start, len(days)) if at == 0 or days[at].year != days[at - 1].year)
    return next(borders, start)


def growth(days: tuple[date, ...], trend: float) -> Values:
    """Factor of each period for a yearly growth, 0.03 being three per cent."""
    elapsed = np.array([day.year + day.timetuple().tm_yday / 366 for day in days]) - BASE_YEAR
    return np.asarray((1 + trend) ** elapsed)


def season(days: tuple[date, ...], step: Step, name: Season) -> Values:
    """Factor of each period for the time of year; a year as a whole has none."""
    if step == "year":
        return np.ones(len(days))
    return np.array([SEASONS[name][day.month - 1] for day in days])


def outings(days: tuple[date, ...]) -> Values:
    return np.array([OUTINGS.get(day.year, 1.0) for day in days])
