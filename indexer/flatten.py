"""A typed table to the documents of the engine: one dataset, and a record for each row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from catalogue.datasets import Current
from search.documents import DIMENSION_SLOTS, MEASURE_SLOTS, Column, Dataset, Record

MAX_DIMENSION_VALUES = 2_000
MAX_KEYWORD_CHARACTERS = 200
"""Beyond these a column is text to be found, not a dimension to count by."""

_DIMENSION_ROLES = frozenset({"category", "region", "label"})
_NUMBER_ROLES = frozenset({"measure", "rate"})
_TITLE_PARTS = 4


@dataclass(frozen=True)
class Flat:
    """A dataset with its records, ready for an engine."""

    dataset: Dataset
    frame: pd.DataFrame
    legal_dong: dict[str, tuple[str, ...]]

    def records(self) -> Iterator[Record]:
        """Records in file order; ``ordinal`` counts from 0."""
        return _records(self.dataset, self.frame, self.legal_dong)

    def sums(self) -> dict[str, tuple[int, float]]:
        """Number of values and their sum for each number slot: what the gate compares."""
        found = {}
        for column in self.dataset.numbers():
            values = self.frame["#" + column.name].dropna()
            found[str(column.slot)] = (len(values), float(values.sum()))
        return found


def flatten(current: Current, frame: pd.DataFrame, legal_dong: dict[str, tuple[str, ...]]) -> Flat:
    """Documents of a dataset's newest edition. ``frame`` is the stored typed table (intake's Long)."""
    columns = _slots(current.columns["columns"], frame)
    years = tuple(sorted(int(year) for year in frame["#year"].dropna().unique()))
    dataset = Dataset(
        id=current.id,
        title=current.title,
        area=current.area,
        provider=current.provider,
        description=current.description,
        source_file=current.source_file,
        edition=current.hash,
        fetched_at=current.fetched_at.isoformat(),
        records=len(frame),
        columns=columns,
        years=years,
        sample=current.sample,
        report=_reported(current.report, columns, frame),
    )
    return Flat(dataset, frame, legal_dong)


def _slots(columns: list[dict[str, Any]], frame: pd.DataFrame) -> tuple[Column, ...]:
    """Give number columns m0… and dimensions d0… in file order, while there are slots."""
    free_numbers = iter(f"m{n}" for n in range(MEASURE_SLOTS))
    free_dimensions = iter(f"d{n}" for n in range(DIMENSION_SLOTS))
    given = []
    for column in columns:
        slot = None
        if column["role"] in _NUMBER_ROLES and "#" + column["name"] in frame:
            slot = next(free_numbers, None)
        elif column["role"] in _DIMENSION_ROLES and _is_dimension(frame[column["name"]]):
            slot = next(free_dimensions, None)
        given.append(Column(column["name"], column["role"], column["kind"], column["unit"], slot))
    return tuple(given)


def _reported(report: dict[str, Any], columns: tuple[Column, ...], frame: pd.DataFrame) -> dict[str, Any]:
    """The intake report, with a line for number columns that found no slot: they are text only."""
    left = [c.name for c in columns if c.role in _NUMBER_ROLES and c.slot is None and "#" + c.name in frame]
    if not left:
        return report
    line = f"수치 항목이 {MEASURE_SLOTS}개를 넘어 {len(left)}개는 찾을 수만 있고 셈하지 않습니다: {', '.join(left[:5])}"
    return {**report, "messages": [*report.get("messages", ()), line]}


def _is_dimension(values: "pd.Series[str]") -> bool:
    distinct = values.unique()
    if not 1 < len(distinct) <= MAX_DIMENSION_VALUES:
        return False
    return max(len(value) for value in distinct) <= MAX_KEYWORD_CHARACTERS


def _records(
    dataset: Dataset, frame: pd.DataFrame, legal_dong: dict[str, tuple[str, ...]]
) -> Iterator[Record]:
    names = [column.name for column in dataset.columns]
    numbers = [(str(column.slot), "#" + column.name) for column in dataset.numbers()]
    dimensions = [
        (names.index(column.name), column.slot)
        for column in dataset.columns
        if column.slot and not column.is_number
    ]
    title = _TitleParts.of(dataset)
    texts = zip(*(frame[name].tolist() for name in names), strict=True)
    typed = zip(
        *(frame["#" + name].tolist() for name in ("year", "period", "region", "lat", "lon")), strict=True
    )
    measured = list(zip(*(frame[name].tolist() for _, name in numbers), strict=True)) if numbers else None
    for ordinal, (cells, (year, period, region, lat, lon)) in enumerate(zip(texts, typed, strict=True)):
        found = measured[ordinal] if measured else ()
        row = {name: cell for name, cell in zip(names, cells, strict=True) if cell}
        yield Record(
            dataset=dataset.id,
            ordinal=ordinal,
            area=dataset.area,
            provider=dataset.provider,
            title=title.of_row(cells, dataset.title),
            row=row,
            year=None if pd.isna(year) else int(year),
            period=None if pd.isna(period) else str(period),
            region=None if pd.isna(region) else str(region)[:MAX_KEYWORD_CHARACTERS],
            location=None if pd.isna(lat) or pd.isna(lon) else (float(lat), float(lon)),
            measures={
                slot: float(value)
                for (slot, _), value in zip(numbers, found, strict=True)
                if not pd.isna(value)
            },
            dimensions={slot: cells[at] for at, slot in dimensions if cells[at]},
            extra=_extra(year, region, legal_dong),
        )


def _extra(year: Any, region: Any, legal_dong: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Words that stand in no cell as people type them: the year, the place, the legal dong of a dong."""
    words: list[str] = []
    if not pd.isna(year):
        words.append(str(int(year)))
    if not pd.isna(region):
        words += [str(region), *legal_dong.get(str(region), ())]
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
