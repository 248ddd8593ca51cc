"""Tables that count, long or with the years across the header, built from their description."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from indexer.sample.draws import commas
from indexer.sample.kind import FEWEST_RECORDS, Kind, Order, Values
from indexer.sample.measures import Cells, own_ways, values_of
from indexer.sample.panels import Panel
from indexer.sample.places import texts
from indexer.sample.series import periods, start_of

BLANK = "-"  # as statistics write a cell without a number


def panel_kind(panel: Panel) -> Kind:
    return Kind(
        title=panel.title,
        area=panel.area,
        typical=panel.typical or sum(records_of(panel)),
        build=partial(build_wide if panel.wide else build_long, panel),
        about="연도가 열로 펼쳐진 표" if panel.wide else "기간별 집계표",
        provider=panel.provider,
        form=panel.form,
        fit=partial(fit_wide if panel.wide else fit_long, panel),
        time=panel.time,
        numbers=tuple(measure.header for measure in panel.measures if measure.sort != "rate"),
        categories=panel.split.headers[::-1],
        wide=panel.wide,
    )


def records_of(panel: Panel) -> list[int]:
    """Records of each period."""
    return [len(panel.where.on(day)) * len(panel.split.labels) for day in periods(panel.step)]


def fit_long(panel: Panel, records: int) -> int:
    """Whole years or periods, unless that leaves too few records: then the first period is cut."""
    sizes = records_of(panel)
    whole = sum(sizes[start_of(periods(panel.step), sizes, records) :])
    return min(records, whole if whole >= FEWEST_RECORDS else sum(sizes))


def fit_wide(panel: Panel, records: int) -> int:
    """Whole categories: each has a row for every place, with a record for every year it existed.

    Less than one category has fewer years: places are what people ask for.
    """
    categories = len(panel.split.labels)
    latest = np.cumsum(records_of(panel)[::-1]) // categories
    each = int(latest[-1])
    few = int(latest[latest <= records].max(initial=0))
    return each * min(records // each, categories) or (few if few >= FEWEST_RECORDS else records)


def cells(panel: Panel, start: int) -> Cells:
    """All rows of a panel from period number `start` on."""
    days = periods(panel.step)[start:]
    found = [panel.where.on(day) for day in days]
    places = tuple(dict.fromkeys(labels for here in found for labels, _ in here))
    number = {labels: at for at, labels in enumerate(places)}
    categories = len(panel.split.labels)
    place = np.array([number[labels] for here in found for labels, _ in here])
    return Cells(
        days=days,
        places=places,
        period=np.repeat(np.repeat(np.arange(len(days)), [len(here) for here in found]), categories),
        place=np.repeat(place, categories),
        category=np.tile(np.arange(categories), len(place)),
        size=np.repeat(np.array([size for here in found for _, size in here]), categories),
    )


def build_long(panel: Panel, order: Order) -> Iterator[pd.DataFrame]:
    """One row for each period, place and category; the first period is cut where the order asks for it."""
    sizes = records_of(panel)
    start = start_of(periods(panel.step), sizes, order.records)
    grid = cells(panel, start - 1 if sum(sizes[start:]) < order.records else start)
    columns = {panel.time: texts(written(day, panel.time) for day in grid.days)[grid.period]}
    for at, header in enumerate(panel.where.headers):
        columns[header] = texts(labels[at] for labels in grid.places)[grid.place]
    for at, header in enumerate(panel.split.headers):
        columns[header] = texts(labels[at] for labels in panel.split.labels)[grid.category]
    own = own_ways(panel, grid, order.rng)
    for measure in panel.measures:
        values = values_of(panel, measure, grid, own, order.rng)
        columns[measure.header] = commas(values) if measure.commas else values
    yield pd.DataFrame(columns).tail(order.records)


def build_wide(panel: Panel, order: Order) -> Iterator[pd.DataFrame]:
    """One row for each category and place, one column for each year; "-" where a dong did not exist."""
    grid = cells(panel, 0)
    own = own_ways(panel, grid, order.rng)
    values = values_of(panel, panel.measures[0], grid, own, order.rng).astype(object)
    places, categories = len(grid.places), len(panel.split.labels)
    table = np.full((categories, places, len(grid.days)), BLANK, dtype=object)
    table[grid.category, grid.place, grid.period] = values
    # by name: a dong that came later stands among its neighbours
    rank = sorted(range(places), key=lambda at: grid.places[at])
    columns: dict[str, Values] = {}
    for at, header in enumerate(panel.where.headers):
        columns[header] = np.tile(texts(grid.places[row][at] for row in rank), categories)
    for at, header in enumerate(panel.split.headers):
        columns[header] = np.repeat(texts(labels[at] for labels in panel.split.labels), places)
    columns["항목"] = texts([panel.measures[0].header] * (categories * places))
    cut = filled(table[:, rank, :].reshape(categories * places, len(grid.days)), places, order.records)
    years = {f"{day.year}년": cut[:, at] for at, day in enumerate(grid.days)}
    frame = pd.DataFrame(columns | years)
    yield frame[(cut != BLANK).any(axis=1)].drop(
        columns=[year for year in years if (frame[year] == BLANK).all()]
    )


def filled(table: Values, places: int, records: int) -> Values:
    """The table with so many filled cells: the first rows, of which the last begins later.

    A short table keeps the latest years only, so that it still has every place, or as many rows as a dataset
    needs.
    """
    latest = np.cumsum((table[:places, ::-1] != BLANK).sum(axis=0))
    years = max(min(int((latest <= records).sum()), records // FEWEST_RECORDS), 1)
    recent = table.copy()
    recent[:, :-years] = BLANK
    number = np.cumsum(recent[:, ::-1] != BLANK).reshape(recent.shape)[:, ::-1]
    return np.where(number <= records, recent, BLANK)


def written(day: date, header: str) -> str:
    """A period as offices write it under such a header."""
    formats = {
        "연도": f"{day:%Y}",
        "기준연도": f"{day:%Y}년",
        "기준년월": f"{day:%Y%m}",
        "사용월": f"{day:%Y%m}",
        "월": f"{day:%Y-%m}",
        "측정일자": f"{day:%Y-%m-%d}",
    }
    return formats.get(header, f"{day:%Y%m%d}")
