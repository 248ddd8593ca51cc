"""A typed table to the documents of the engine: one dataset, and a record for each row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from catalogue.datasets import Current
from indexer.wordlist import regions, spoken, words
from search.documents import DIMENSION_SLOTS, MEASURE_SLOTS, Column, Dataset, Record
from search.language.hanja import has_hanja

MAX_DIMENSION_VALUES = 2_000
MAX_KEYWORD_CHARACTERS = 200
"""Beyond these a column is text to be found, not a dimension to count by."""

_DIMENSION_ROLES = frozenset({"category", "region", "label"})
_NUMBER_ROLES = frozenset({"measure", "rate"})
_TYPED = ("year", "period", "region", "lat", "lon")
"""Of the stored table, beside its numbers, each under its name with '#'."""
_TITLE_PARTS = 4
_MONTH = re.compile(r"\d{4}-(\d\d)")
_ROWS_AT_A_TIME = 10_000


@dataclass(frozen=True)
class Sum:
    """What a number column holds: how many values, their sum, and the sum of their sizes."""

    count: int
    total: float
    size: float


@dataclass(frozen=True)
class Flat:
    """A dataset with its records, ready for an engine."""

    dataset: Dataset
    frame: pd.DataFrame
    legal_dong: dict[str, tuple[str, ...]]

    def records(self) -> Iterator[Record]:
        """Records in file order; ``ordinal`` counts from 0."""
        for start in range(0, len(self.frame), _ROWS_AT_A_TIME):
            part = self.frame.iloc[start : start + _ROWS_AT_A_TIME]
            yield from _records(self.dataset, part, start, self.legal_dong)

    def sums(self) -> dict[str, Sum]:
        """The sum of each number slot: what the gate compares."""
        found = {}
        for column in self.dataset.numbers():
            values = self.frame["#" + column.name].dropna()
            found[str(column.slot)] = Sum(len(values), float(values.sum()), float(values.abs().sum()))
        return found


def flatten(current: Current, frame: pd.DataFrame, legal_dong: dict[str, tuple[str, ...]]) -> Flat:
    """Documents of a dataset's newest edition. ``frame`` is the stored typed table (intake's Long)."""
    frame = _finite(frame, current.columns["columns"])
    columns, left = _slots(current.columns["columns"], frame)
    years = tuple(sorted(int(year) for year in frame["#year"].dropna().unique()))
    dataset = Dataset(
        id=current.id,
        title=current.title,
        area=current.area,
        provider=current.provider,
        description=current.described,
        source_file=current.source_file,
        edition=current.hash,
        fetched_at=current.fetched_at.isoformat(),
        records=len(frame),
        columns=columns,
        years=years,
        sample=current.sample,
        regions=regions(frame, MAX_KEYWORD_CHARACTERS),
        words=words(columns, frame),
        report={**current.report, "messages": [*current.report.get("messages", ()), *left]},
    )
    return Flat(dataset, frame, legal_dong)


def _finite(frame: pd.DataFrame, columns: list[dict[str, Any]]) -> pd.DataFrame:
    """Without what is no number; a number column called ``year`` does not pass for the year of a row."""
    frame = frame.copy(deep=False)
    for column in columns:
        name = "#" + column["name"]
        if column["role"] not in _NUMBER_ROLES or name not in frame:
            continue
        if column["name"] in _TYPED:
            frame[name] = float("nan")
        else:
            frame[name] = frame[name].replace([np.inf, -np.inf], np.nan)
    return frame


def _slots(columns: list[dict[str, Any]], frame: pd.DataFrame) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """Give number columns m0… and dimensions d0… in file order while there are slots; tell who got none."""
    free_numbers = iter(f"m{n}" for n in range(MEASURE_SLOTS))
    free_dimensions = iter(f"d{n}" for n in range(DIMENSION_SLOTS))
    given: list[Column] = []
    numbers_left: list[str] = []
    dimensions_left: list[str] = []
    for column in columns:
        name, role, slot = column["name"], column["role"], None
        if role in _NUMBER_ROLES and "#" + name in frame:
            slot = next(free_numbers, None) if name not in _TYPED else None
            numbers_left += [] if slot else [name]
        elif role in _DIMENSION_ROLES and _is_dimension(frame[name]):
            slot = next(free_dimensions, None)
            dimensions_left += [] if slot else [name]
        given.append(Column(name, role, column["kind"], column["unit"], slot))
    told = (
        *_told(numbers_left, f"수치 열은 {MEASURE_SLOTS}개까지 셈합니다", "찾을 수만 있고 셈하지 않습니다"),
        *_told(
            dimensions_left,
            f"분류 열은 {DIMENSION_SLOTS}개까지 나눕니다",
            "찾을 수만 있고 나누어 세지 않습니다",
        ),
    )
    return tuple(given), told


def _told(names: list[str], limit: str, instead: str) -> tuple[str, ...]:
    return (f"{limit}: 나머지 {len(names)}개는 {instead}({', '.join(names)})",) if names else ()


def _is_dimension(values: "pd.Series[str]") -> bool:
    distinct = values.unique()
    if not 1 <= len(distinct) <= MAX_DIMENSION_VALUES or not any(distinct):
        return False
    return max(len(value) for value in distinct) <= MAX_KEYWORD_CHARACTERS


def _records(
    dataset: Dataset, frame: pd.DataFrame, start: int, legal_dong: dict[str, tuple[str, ...]]
) -> Iterator[Record]:
    """Records of some rows; ``start`` is the ordinal of the first."""
    names = [column.name for column in dataset.columns]
    numbers = [(str(column.slot), "#" + column.name) for column in dataset.numbers()]
    dimensions = [
        (at, column.slot) for at, column in enumerate(dataset.columns) if column.slot and not column.is_number
    ]
    title = _TitleParts.of(dataset)
    in_hanja = [at for at, name in enumerate(names) if frame[name].map(has_hanja).any()]
    texts = zip(*(frame[name].tolist() for name in names), strict=True)
    typed = zip(*(frame["#" + name].tolist() for name in _TYPED), strict=True)
    measured = list(zip(*(frame[name].tolist() for _, name in numbers), strict=True)) if numbers else None
    for at, (cells, (year, period, region, lat, lon)) in enumerate(zip(texts, typed, strict=True)):
        found = measured[at] if measured else ()
        yield Record(
            dataset=dataset.id,
            ordinal=start + at,
            area=dataset.area,
            provider=dataset.provider,
            title=title.of_row(cells, dataset.title),
            row={name: cell for name, cell in zip(names, cells, strict=True) if cell},
            year=None if pd.isna(year) else int(year),
            period=None if pd.isna(period) else str(period),
            region=None if pd.isna(region) else str(region)[:MAX_KEYWORD_CHARACTERS],
            location=None if pd.isna(lat) or pd.isna(lon) else (float(lat), float(lon)),
            measures={
                slot: float(value)
                for (slot, _), value in zip(numbers, found, strict=True)
                if not pd.isna(value)
            },
            dimensions={slot: cells[place] for place, slot in dimensions if cells[place]},
            extra=(*_extra(year, period, region, legal_dong), *spoken(cells[at] for at in in_hanja)),
        )


def _extra(year: Any, period: Any, region: Any, legal_dong: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Words that stand in no cell as people type them: year and month, the place, the legal dong of a dong, its district."""
    words: list[str] = []
    if not pd.isna(year):
        words.append(str(int(year)))
    if not pd.isna(region) and region:
        words += [str(region), *legal_dong.get(str(region), ())]
    if not pd.isna(period) and (month := _MONTH.match(str(period))):
        words.append(f"{int(month[1])}월")
    return tuple(words)


@dataclass(frozen=True)
class _TitleParts:
    """Which cells name a record: its label, else its time, place and categories."""

    positions: tuple[int, ...]

    @classmethod
    def of(cls, dataset: Dataset) -> "_TitleParts":
        at = {
            role: [n for n, c in enumerate(dataset.columns) if c.role == role]
            for role in ("label", "time", "region", "category")
        }
        if at["label"]:
            return cls((at["label"][0],))
        return cls((*at["time"][:1], *at["region"][-1:], *at["category"])[:_TITLE_PARTS])

    def of_row(self, cells: tuple[str, ...], fallback: str) -> str:
        return " · ".join(cells[at] for at in self.positions if cells[at]) or fallback
