"""The numbers of a chart as a table: for people in words, for files as they are."""

from collections.abc import Callable, Iterator

import pandas as pd

from app.charts.chart import YEAR, Told
from app.wording import number

Raw = str | int | float | None
NOTHING = "자료 없음"
_FORMS: dict[str, Callable[[float], str]] = {
    "change": lambda value: f"{value:+.1f}",
    "index": lambda value: f"{value:.1f}",
    "lat": lambda value: f"{value:.3f}",
    "lon": lambda value: f"{value:.3f}",
}


def header(told: Told) -> tuple[str, ...]:
    """Names of the columns; of two fields those of the second one are columns."""
    if not is_crossed(told):
        return tuple(told.names.values())
    return (told.names["key"], *told.frame["column"].unique().tolist())


def is_crossed(told: Told) -> bool:
    return "column" in told.frame


def rows(told: Told) -> tuple[tuple[str, ...], ...]:
    """For people: thousands parted, a gap said in words; of rows with links only those that have one."""
    year = "년" if told.chart.by[:1] == (YEAR,) else ""
    if is_crossed(told):
        return tuple((f"{key}{year}", *map(_said, values)) for key, values in _crosswise(told))
    columns = list(told.names)
    return tuple(
        (f"{cells[0]}{year}", *(_form(name, cell) for name, cell in zip(columns[1:], cells[1:], strict=True)))
        for cells in _plain(told, columns, len(told.links) or None)
    )


def raw_rows(told: Told) -> Iterator[list[Raw]]:
    """For files: unrounded, a gap left blank."""
    if is_crossed(told):
        yield from ([key, *map(_raw, values)] for key, values in _crosswise(told))
        return
    for cells in _plain(told, list(told.names)):
        yield [_raw(cell) for cell in cells]


def _plain(told: Told, columns: list[str], most: int | None = None) -> Iterator[tuple[Raw, ...]]:
    return zip(*(told.frame[name].iloc[:most].tolist() for name in columns), strict=True)


def _crosswise(told: Told) -> Iterator[tuple[str, list[float]]]:
    columns = told.frame["column"].unique().tolist()
    for key, part in told.frame.groupby("key", sort=False):
        values = dict(zip(part["column"], part["value"], strict=True))
        yield str(key), [float(values.get(column, float("nan"))) for column in columns]


def _raw(cell: Raw) -> Raw:
    if not isinstance(cell, float):
        return cell
    if pd.isna(cell):
        return None
    return int(cell) if cell.is_integer() else cell


def _said(value: float) -> str:
    return NOTHING if pd.isna(value) else number(value)


def _form(column: str, cell: Raw) -> str:
    if isinstance(cell, str) or cell is None:
        return cell or ""
    if pd.isna(cell):
        return NOTHING if column == "value" else ""
    return _FORMS.get(column, number)(float(cell))
