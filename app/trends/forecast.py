"""What a yearly series may become in the next years, or why that is not told (design §7).

A forecast is shown only where it would have been clearly better than "stays at the last value" in the years
known already; many series are too short or too restless for that, and then one sentence says so.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.trends.backtest import BackTest, back_test, from_scale, predict, to_scale, widening
from app.trends.smoothing import Values

METHOD = "감쇠 추세·세타 평균"

MIN_YEARS = 6
MAX_HORIZON = 5
# A test of a handful of errors can be passed by luck: of random walks, which nothing can forecast better than
# their last value, a third get below 1 and a tenth below this.
MARGIN = 0.85
# six years after a break are enough to go by
_RECENT_CHANGES = MIN_YEARS - 1
_BREAK = 5.0
_BREAK_OF_RANGE = 0.1
# above this a float no longer tells neighbouring counts apart
_LARGEST = 1e15

_FEW = "여섯 해가 되지 않아 예측하지 않습니다."
_GAPS = "빠지거나 겹친 해가 있어 예측하지 않습니다."
_UNREADABLE = "값이 없거나 지나치게 큰 해가 있어 예측하지 않습니다."
_NEGATIVE = "음수일 수 없는 값에 음수가 있어 예측하지 않습니다."
_SAME = "값이 해마다 같아 예측할 변화가 없습니다."
_BROKEN = "{year}년에 값이 갑자기 크게 달라져 지난 흐름으로는 예측하지 않습니다."
_NO_BETTER = "지난 해들로 시험해 보니 마지막 값을 그대로 쓰는 것보다 뚜렷이 낫지 않아 예측하지 않습니다."


@dataclass(frozen=True)
class Point:
    """A forecast year with its 80 % interval, in the unit of the values; ``low`` <= ``value`` <= ``high``."""

    year: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Forecast:
    """``method`` is its name for people; ``back_test`` is to be printed beside it."""

    method: str
    points: tuple[Point, ...]
    back_test: BackTest


@dataclass(frozen=True)
class Refusal:
    """Why nothing is forecast: one sentence for residents."""

    reason: str


def forecast(
    years: Sequence[int], values: Sequence[float], *, flow_or_stock: bool, horizon: int = 3
) -> Forecast | Refusal:
    """The next ``horizon`` years (1 to 5) of a series with one value for each year, oldest first.

    ``flow_or_stock``: the values are counts or amounts, never below zero; nor is what is told of them.
    The last year must be a whole one: part of a year's flow would be read as a fall.

    ValueError for unequal numbers of years and values or another horizon; any values are answered.
    """
    if len(years) != len(values) or not 1 <= horizon <= MAX_HORIZON:
        raise ValueError(f"{len(years)} years, {len(values)} values, horizon {horizon}")
    reason = _unfit(years, values, counts=flow_or_stock)
    if reason:
        return Refusal(reason)
    series = np.asarray(values, dtype=np.float64)
    tested, spread = back_test(series, horizon, counts=flow_or_stock)
    if tested.mase > MARGIN:
        return Refusal(_NO_BETTER)
    return Forecast(METHOD, _points(years[-1], series, spread, horizon, counts=flow_or_stock), tested)


def _points(last: int, series: Values, spread: float, horizon: int, *, counts: bool) -> tuple[Point, ...]:
    middle = predict(to_scale(series, counts=counts), horizon)
    half = spread * widening(horizon)
    columns = [from_scale(line, counts=counts).tolist() for line in (middle, middle - half, middle + half)]
    return tuple(Point(last + step, *row) for step, row in enumerate(zip(*columns, strict=True), start=1))


def _unfit(years: Sequence[int], values: Sequence[float], *, counts: bool) -> str:
    """Why the series cannot be forecast whatever the model; empty if it can."""
    if len(values) < MIN_YEARS:
        return _FEW
    if any(later - earlier != 1 for earlier, later in pairwise(years)):
        return _GAPS
    # asked this way round NaN is caught too
    if not all(abs(value) <= _LARGEST for value in values):
        return _UNREADABLE
    if counts and min(values) < 0:
        return _NEGATIVE
    if math.isclose(min(values), max(values), rel_tol=1e-9):
        return _SAME
    year = _break_year(years, to_scale(np.asarray(values, dtype=np.float64), counts=counts))
    return "" if year is None else _BROKEN.format(year=year)


def _break_year(years: Sequence[int], scaled: Values) -> int | None:
    """The year of the last five changes that is unlike the others, if there is one.

    A change counts as a break when it is away from the usual one (the median) by more than five times what
    three quarters of the others are, and by a tenth of all that the series ever moved. Of series without
    a break a tenth of six years is taken for broken, of ten years 2 %. What this misses the back-test seldom
    lets pass: of series with a new level in the last five years 2 % were shown.
    """
    changes = np.diff(scaled)
    away = np.abs(changes - np.median(changes))
    least = float(np.ptp(scaled)) * _BREAK_OF_RANGE
    breaks = [
        place
        for place in range(max(0, len(away) - _RECENT_CHANGES), len(away))
        if away[place] > max(least, _BREAK * float(np.quantile(np.delete(away, place), 0.75)))
    ]
    return years[max(breaks, key=lambda place: float(away[place])) + 1] if breaks else None
