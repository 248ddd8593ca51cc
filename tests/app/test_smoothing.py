"""Smoothing tells what statsmodels tells with the same parameters."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.trends.smoothing import Smoothing

with warnings.catch_warnings():
    # statsmodels 0.14 uses a decorator that pandas 3 deprecates; Python says so once, when it is imported
    warnings.simplefilter("ignore", DeprecationWarning)
    from statsmodels.tsa.holtwinters import Holt, SimpleExpSmoothing

VALUES = st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), min_size=3, max_size=40)
SHARE = st.floats(0.05, 0.95)
NUMBER = st.floats(-1e6, 1e6)


@given(VALUES, NUMBER, NUMBER, SHARE, SHARE, SHARE)
def test_a_damped_trend_is_that_of_statsmodels(
    values: list[float], level: float, trend: float, weight: float, taken_up: float, damping: float
) -> None:
    with np.errstate(all="ignore"):  # of a perfect fit it takes the logarithm of zero
        fit = Holt(
            values,
            damped_trend=True,
            initialization_method="known",
            initial_level=level,
            initial_trend=trend,
        ).fit(smoothing_level=weight, smoothing_trend=taken_up, damping_trend=damping, optimized=False)
        ahead = np.asarray(fit.forecast(5))

    ours = Smoothing(level, trend, weight, taken_up, damping).over(values)

    assert ours.ahead(5) == pytest.approx(ahead, rel=1e-6, abs=1e-3)
    assert ours.squares == pytest.approx(float(fit.sse), rel=1e-6, abs=1e-3)


@given(VALUES, SHARE)
def test_without_a_trend_it_is_simple_exponential_smoothing(values: list[float], weight: float) -> None:
    with np.errstate(all="ignore"):
        model = SimpleExpSmoothing(values, initialization_method="known", initial_level=values[0])
        fit = model.fit(smoothing_level=weight, optimized=False)
        ahead = np.asarray(fit.forecast(3))

    ours = Smoothing(values[0], weight=weight).over(values)

    assert ours.ahead(3) == pytest.approx(ahead, rel=1e-6, abs=1e-3)
    assert ours.squares == pytest.approx(float(fit.sse), rel=1e-6, abs=1e-3)


def test_what_does_not_surprise_goes_on_as_it_was() -> None:
    steady = Smoothing(level=10.0, trend=2.0, weight=0.5, trend_weight=0.2).over([12.0, 14.0, 16.0])

    assert steady.squares == 0
    assert steady.ahead(3).tolist() == [18.0, 20.0, 22.0]
