"""What may come next of a measure as the API's JSON."""

from app.api.bodies import Body, build
from app.charts.kinds.trend import Course
from app.trends.backtest import BackTest
from app.trends.forecast import Forecast, Refusal
from search.documents import Column
from search.engine import Build

INTERVAL = 0.8
"""Of the values that come are meant to lie between low and high."""


def forecast(column: Column, found: Course, of: Build) -> Body:
    """``values`` are empty where nothing is forecast, and ``refused`` says why."""
    ahead = found.ahead
    told = ahead if isinstance(ahead, Forecast) else None
    return {
        "measure": column.name,
        "unit": column.unit,
        "kind": found.totals.kind,
        "rule": found.totals.rule,
        "course": [
            {"year": point.year, "value": point.value, "part": point.parts or None}
            for point in found.series.points
        ],
        "breaks": [{"year": one.year, "why": one.why} for one in found.series.breaks],
        "method": told.method if told else None,
        "refused": None if told else _refused(ahead),
        "values": [
            {"year": one.year, "value": one.value, "low": one.low, "high": one.high}
            for one in (told.points if told else ())
        ],
        "interval": INTERVAL,
        "back_test": _back_test(told.back_test) if told else None,
        "build": build(of),
    }


def _refused(ahead: Forecast | Refusal | None) -> str:
    return ahead.reason if isinstance(ahead, Refusal) else "해마다의 값이 아니어서 예측하지 않습니다."


def _back_test(test: BackTest) -> Body:
    return {
        "origins": test.origins,
        "mase": test.mase,
        "error": test.error,
        "naive_error": test.naive_error,
        "covered": test.covered,
    }
