"""Tables that count, long or with the years across the header, built from their description."""

from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from indexer.sample.draws import commas
from indexer.sample.kind import FEWEST_ROWS, Kind, Order, Values
from indexer.sample.measures import Cells, own_ways, values_of
from indexer.sample.panels import Panel
from indexer.sample.places import texts
from indexer.sample.series import periods, start_of


def panel_kind(panel: Panel) -> Kind:
    sizes = sum(rows_of(panel))
    layout = "연도가 열로 펼쳐진 표" if panel.wide else "기간별 집계표"
    return Kind(
        title=panel.title,
        area=panel.area,
        typical=panel.typical
        or (len(cells(panel, 0).places) * len(panel.split.labels) if panel.wide else sizes),
        build=partial(build_wide if panel.wide else build_long, panel),
        about=layout,
        provider=panel.provider,
        form=panel.form,
        fit=partial(fit_wide if panel.wide else fit_long, panel),
    )


def rows_of(panel: Panel) -> list[int]:
    """Rows of each period."""
    return [len(panel.where.on(day)) * len(panel.split.labels) for day in periods(panel.step)]


def fit_long(panel: Panel, rows: int) -> int:
    """Whole years or periods, unless that leaves too few rows: then the first period is cut."""
    sizes = rows_of(panel)
    whole = sum(sizes[start_of(periods(panel.step), sizes, rows) :])
    return min(rows, whole if whole >= FEWEST_ROWS else sum(sizes))


def fit_wide(panel: Panel, rows: int) -> int:
    """Whole categories: each has a row for every place."""
    places = len(cells(panel, 0).places)
    return min(rows, places * min(max(rows // places, 1), len(panel.split.labels)))


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


def build_long(panel: Panel, order: Order) -> pd.DataFrame:
    """One row for each period, place and category; the first period is cut where `rows` asks for it."""
    sizes = rows_of(panel)
    start = start_of(periods(panel.step), sizes, order.rows)
    grid = cells(panel, start - 1 if sum(sizes[start:]) < order.rows else start)
    columns = {panel.time: texts(written(day, panel.time) for day in grid.days)[grid.period]}
    for at, header in enumerate(panel.where.headers):
        columns[header] = texts(labels[at] for labels in grid.places)[grid.place]
    for at, header in enumerate(panel.split.headers):
        columns[header] = texts(labels[at] for labels in panel.split.labels)[grid.category]
    own = own_ways(panel, grid, order.rng)
    for measure in panel.measures:
        values = values_of(panel, measure, grid, own, order.rng)
        columns[measure.header] = commas(values) if measure.commas else values
    return pd.DataFrame(columns).tail(order.rows)


def build_wide(panel: Panel, order: Order) -> pd.DataFrame:
    """One row for each category and place, one column for each year; "-" where a dong did not exist."""
    grid = cells(panel, 0)
    measure = panel.measures[0]
    own = own_ways(panel, grid, order.rng)
    values = values_of(panel, measure, grid, own, order.rng).astype(object)
    places, categories = len(grid.places), len(panel.split.labels)
    table = np.full((categories, places, len(grid.days)), "-", dtype=object)
    table[grid.category, grid.place, grid.period] = values
    # by name: a dong that came later stands among its neighbours
    rank = sorted(range(places), key=lambda at: grid.places[at])
    flat = table[:, rank, :].reshape(categories * places, len(grid.days))
    columns: dict[str, Values] = {}
    for at, header in enumerate(panel.where.headers):
        columns[header] = np.tile(texts(grid.places[row][at] for row in rank), categories)
    for at, header in enumerate(panel.split.headers):
        columns[header] = np.repeat(texts(labels[at] for labels in panel.split.labels), places)
    columns["항목"] = texts([measure.header] * len(flat))
    years = {f"{day.year}년": flat[:, at] for at, day in enumerate(grid.days)}
    return pd.DataFrame(columns | years).head(order.rows)


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
