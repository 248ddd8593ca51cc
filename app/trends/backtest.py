"""The model, and how well it would have told the years that are known already (design §7).

Counts and amounts are told on a scale of their own, see ``to_scale``. Nothing here does any input or output.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from app.trends.smoothing import Smoothed, Smoothing, Values

_MAX_ORIGINS = 8
_FEWEST_KNOWN = 3
# Weight of the newest value. The best of three fits the known years; an optimiser finds little more in six to
# forty values, does not always converge, and takes ten times as long.
_LEVELS = (0.2, 0.5, 0.8)
# Too few years to estimate these: a trend that takes up a fifth of a surprise and loses a tenth each year.
_TREND, _DAMPING = 0.2, 0.9
_YEARS_FOR_START = 5
# 80 % of Student's t lie between -t and t, by degrees of freedom
_T80 = {2: 1.886, 3: 1.638, 4: 1.533, 5: 1.476, 6: 1.440, 7: 1.415, 8: 1.397}


@dataclass(frozen=True)
class BackTest:
    """How the forecast did from earlier years on, each time with nothing but the years before.

    From each of the last ``origins`` years (at most eight) one to ``horizon`` years were forecast, as far
    as they are known. ``error`` and ``naive_error`` are the mean absolute errors over all of these, of the
    forecast and of "stays at the last value", in the unit of the values.

    ``mase`` is ``error`` / ``naive_error``: below 1 beats naive. Hyndman & Koehler (2006, "Another look at
    measures of forecast accuracy") divide by the one-step naive error within the known years; here both
    errors are of the same forecast years, what they call the relative MAE.

    ``covered`` is the share (0 to 1) of these years' values in an 80 % interval as wide as the errors from
    all other origins make it.

    There is one method and no choice among methods, so none was chosen by these numbers. But only series
    that pass the test are shown, and some pass by luck: of generated series that are shown ``mase`` is 0.68
    here and 0.73 in the years to come, ``covered`` 0.86 here and 0.83 then. ``forecast.MARGIN`` leaves room
    for this, but no back-test knows of a pandemic.
    """

    origins: int
    mase: float
    naive_error: float
    error: float
    covered: float


@dataclass(frozen=True)
class _Origin:
    """Absolute errors from one origin, for one, two … years ahead; ``steps`` on the scale, as if one year."""

    model: Values
    naive: Values
    steps: Values


def to_scale(values: Values, *, counts: bool) -> Values:
    """Counts and amounts as logarithms (of one more, for zeros): they change by shares, not by so many.

    That holds growth and intervals in proportion and keeps both above zero.
    """
    return np.log1p(values) if counts else values


def from_scale(values: Values, *, counts: bool) -> Values:
    """The inverse of ``to_scale``; never below zero for counts."""
    return np.maximum(np.expm1(values), 0) if counts else values


def widening(years: int) -> Values:
    """How much wider an interval is one, two … ``years`` ahead than one: by the root, as a random walk's."""
    return np.sqrt(np.arange(1, years + 1, dtype=np.float64))


def predict(scaled: Values, horizon: int) -> Values:
    """The next ``horizon`` values of at least three, on their scale: the mean of a damped trend and theta.

    A plain mean of simple methods does as well as picking one by its past, and nothing has to be picked
    (Bates & Granger 1969, "The combination of forecasts"; Makridakis et al. 2020, "The M4 competition").
    """
    return (_damped_trend(scaled, horizon) + _theta(scaled, horizon)) / 2


def back_test(values: Values, horizon: int, *, counts: bool) -> tuple[BackTest, float]:
    """The back-test of at least six values, and half the width of the 80 % interval one year ahead.

    The width is on the scale of ``to_scale``.
    """
    size = len(values)
    known = range(max(_FEWEST_KNOWN, size - _MAX_ORIGINS), size)
    origins = [_origin(values, years, horizon, counts=counts) for years in known]
    error = float(_all(origins, lambda origin: origin.model).mean())
    naive = float(_all(origins, lambda origin: origin.naive).mean())
    mase = error / naive if naive else math.inf
    return BackTest(len(origins), mase, naive, error, _covered(origins)), _spread(origins)


def _damped_trend(values: Values, horizon: int) -> Values:
    """Gardner & McKenzie (1985), "Forecasting trends in time series". Starts on a line through five years."""
    first = values[:_YEARS_FOR_START]
    slope, start = np.polyfit(np.arange(len(first)), first, 1)
    ways = (
        Smoothing(float(start - _DAMPING * slope), float(slope), level, trend_weight=_TREND, damping=_DAMPING)
        for level in _LEVELS
    )
    return _best(ways, values).ahead(horizon)


def _theta(values: Values, horizon: int) -> Values:
    """Assimakopoulos & Nikolopoulos (2000), "The theta model: a decomposition approach to forecasting".

    Computed as exponential smoothing that drifts by half the slope of the whole series, which is the same
    (Hyndman & Billah 2003, "Unmasking the Theta method").
    """
    best = _best((Smoothing(float(values[0]), weight=level) for level in _LEVELS), values)
    size = len(values)
    slope = np.polyfit(np.arange(size), values, 1)[0]
    drift: Values = slope / 2 * (np.arange(horizon) + (1 - (1 - best.weight) ** size) / best.weight)
    return best.ahead(horizon) + drift


def _best(ways: Iterable[Smoothing], values: Values) -> Smoothed:
    """What has told the known values best."""
    known = values.tolist()
    return min((way.over(known) for way in ways), key=lambda one: one.squares)


def _origin(values: Values, known: int, horizon: int, *, counts: bool) -> _Origin:
    """What is told from the first ``known`` values against what came."""
    came = values[known : known + horizon]
    scaled = to_scale(values, counts=counts)
    told = predict(scaled[:known], len(came))
    away = np.abs(scaled[known : known + horizon] - told)
    return _Origin(
        model=np.abs(came - from_scale(told, counts=counts)),
        naive=np.abs(came - values[known - 1]),
        steps=away / widening(len(came)),
    )


def _all(origins: Sequence[_Origin], errors: Callable[[_Origin], Values]) -> Values:
    return np.concatenate([errors(origin) for origin in origins])


def _spread(origins: Sequence[_Origin]) -> float:
    """Half the width of the 80 % interval one year ahead, from errors out of sample.

    Errors within the known years make intervals of short series far too narrow. Errors from one origin go
    together, so the degrees of freedom are the origins, not the errors; the root of 1 + 1/origins is the
    price of a mean from so few. Quantiles of the errors need more of them than six years give.
    """
    count = len(origins)
    size = math.sqrt(float(np.mean(_all(origins, lambda origin: origin.steps) ** 2)))
    return _T80[count] * size * math.sqrt(1 + 1 / count)


def _covered(origins: Sequence[_Origin]) -> float:
    """Share of the errors that lie within the interval that the other origins give."""
    within = [
        origin.steps <= _spread([*origins[:place], *origins[place + 1 :]])
        for place, origin in enumerate(origins)
    ]
    return float(np.concatenate(within).mean())
