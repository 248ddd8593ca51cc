"""Axes whose labels have room on a phone."""

from itertools import pairwise

from bokeh.models import FixedTicker
from bokeh.plotting import figure
from hypothesis import given
from hypothesis import strategies as st

from app.charts import drawing

FITTING = 5
"""Years of four figures, beside an axis of thousands."""


@given(st.integers(1900, 2030), st.integers(0, 130))
def test_years_on_an_axis_are_as_many_as_fit_evenly_apart_up_to_the_last(first: int, more: int) -> None:
    plot = figure()
    drawing.year_axis(plot.xaxis, [first, first + more])
    ticker = plot.xaxis[0].ticker
    assert isinstance(ticker, FixedTicker)
    shown = [int(year) for year in ticker.ticks]
    assert 1 <= len(shown) <= FITTING
    assert shown[-1] == first + more
    assert first <= shown[0] < first + max(1, more) or more == 0
    assert len({later - earlier for earlier, later in pairwise(shown)}) <= 1
    assert plot.xaxis[0].major_label_overrides == {year: str(year) for year in shown}
