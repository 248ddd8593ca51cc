"""Yearly totals as a series: which years are there as a whole, and where their meaning breaks."""

from app.charts.shape import Shape
from app.totals import Totals
from app.trends.breaks import breaks
from app.trends.series import Series, parts_of, series


def yearly(found: Totals, shape: Shape) -> Series:
    """Of totals by year. A stock has its last moment in every year, however few months are told."""
    parts = {} if found.kind == "stock" else parts_of(shape.periods.counts)
    return series(found.values, parts, breaks(shape.dataset, shape.chosen_places))
