"""Which charts a dataset gets: every kind is asked, those that tell most are shown."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from bokeh.embed import json_item

from app.charts.boundaries import Boundaries
from app.charts.chart import Chart, Kind, Source, Told
from app.charts.kinds import (
    bars,
    choropleth,
    compared,
    distribution,
    hours,
    months,
    multiples,
    points,
    pyramid,
    shares,
    trend,
)
from search.engine import TooManyGroups

_log = logging.getLogger(__name__)

MAX_CHARTS = 6
MAX_ASKED = 4
"""Of a kind: every chart is a question to the engine, and a table of many columns must not ask them all."""

AGAIN = 0.8
"""What another chart of a kind is worth beside the first: six lines tell less than six views."""

CHARTS: tuple[Kind, ...] = (
    trend,
    choropleth,
    points,
    pyramid,
    bars,
    months,
    hours,
    shares,
    multiples,
    distribution,
)


def told(source: Source, most: int = MAX_CHARTS) -> tuple[Told, ...]:
    """The charts that say most, the most telling first."""
    found = [one for kind in CHARTS for one in _told_of(kind, source)]
    return tuple(sorted(_without_doubles(found), key=lambda one: -one.worth)[:most])


def _told_of(kind: Kind, source: Source) -> Iterator[Told]:
    weight = 1.0
    for at, chart in enumerate(kind.charts(source)):
        if at == MAX_ASKED:
            return
        if one := _tell(kind, source, chart):
            yield replace(one, worth=one.worth * weight, notes=(*one.notes, *source.notes(chart.by)))
            weight *= AGAIN


def _tell(kind: Kind, source: Source, chart: Chart) -> Told | None:
    """A chart of more groups than an engine gives is left out, and said in the log: the others are worth showing."""
    try:
        return kind.tell(source, chart)
    except TooManyGroups as error:
        _log.warning("no %s of %s: %s", chart.id, source.shape.dataset.id, error)
        return None


def _without_doubles(found: Iterable[Told]) -> Iterator[Told]:
    """A map of dong shows what bars by place would show again; so does a pyramid of bars by age and by sex."""
    every = list(found)
    wider = {
        (one.chart.column, facet)
        for one in every
        if one.chart.kind in (choropleth.NAME, pyramid.NAME)
        for facet in one.chart.by
    }
    for one in every:
        if one.chart.kind != bars.NAME or (one.chart.column, one.chart.by[0]) not in wider:
            yield one


def candidates(source: Source) -> Iterator[Chart]:
    """Every chart that the shape of the data allows."""
    for kind in CHARTS:
        yield from kind.charts(source)


def one_told(source: Source, name: str) -> Told | None:
    """A chart by its id; None where there is none or it says nothing."""
    for chart in candidates(source):
        if chart.id == name:
            told = _tell(kind_of(chart), source, chart)
            return replace(told, notes=(*told.notes, *source.notes(chart.by))) if told else None
    return None


def kind_of(chart: Chart) -> Kind:
    return next(kind for kind in (*CHARTS, compared) if chart.kind == kind.NAME)


def item(one: Told, boundaries: Boundaries | None) -> dict[str, Any]:
    """The figure as JSON for ``Bokeh.embed.embed_item``."""
    return dict(json_item(kind_of(one.chart).draw(one, boundaries)))
