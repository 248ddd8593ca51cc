"""A typed table to the documents of the engine: one dataset, and a record for each row."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from catalogue.datasets import Current
from indexer.tables import texts_of
from indexer.wordlist import regions, spoken, words
from search.batch import TEXT, Batch, laid, listed, mapped, present
from search.documents import DIMENSION_SLOTS, MEASURE_SLOTS, Column, Dataset, Record
from search.language.hanja import HANJA

MAX_DIMENSION_VALUES = 2_000
MAX_KEYWORD_CHARACTERS = 200
"""Beyond these a column is text to be found, not a dimension to count by."""

_DIMENSION_ROLES = frozenset({"category", "region", "label"})
_NUMBER_ROLES = frozenset({"measure", "rate"})
_TYPED = ("year", "period", "region", "lat", "lon")
"""Of the stored table, beside its numbers, each under its name with '#'."""
_TITLE_PARTS = 4
_MONTH = re.compile(r"\d{4}-(\d\d)")
_HANJA_BEGIN = np.isin(np.arange(256), [*range(0xE3, 0xEA), 0xEF])
"""Of each byte whether a letter of ``HANJA`` may begin with it (U+3400 to U+9FFF, U+F900 to U+FAFF in UTF-8)."""

ROWS_AT_A_TIME = 5_000
"""What an engine takes in while the next are made: fewer cost more calls, more fall out of the processor's cache."""


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

    def batches(self) -> Iterator[Batch]:
        """Records in file order, side by side; ``ordinal`` counts from 0."""
        for start in range(0, len(self.frame), ROWS_AT_A_TIME):
            yield _batch(
                self.dataset, self.frame.iloc[start : start + ROWS_AT_A_TIME], start, self.legal_dong
            )

    def records(self) -> Iterator[Record]:
        """The same one by one."""
        for batch in self.batches():
            yield from batch.records()

    def sums(self) -> dict[str, Sum]:
        """The sum of each number slot: what the gate compares."""
        found = {}
        for column in self.dataset.numbers():
            values = self.frame["#" + column.name].dropna()
            found[str(column.slot)] = Sum(len(values), float(values.sum()), float(values.abs().sum()))
        return found


def flatten(current: Current, frame: pd.DataFrame, legal_dong: dict[str, tuple[str, ...]]) -> Flat:
    """Documents of a dataset's newest edition. ``frame`` is the stored typed table (intake's Long)."""
    described = _once(current.columns["columns"])
    frame = _finite(frame, described)
    columns, left = _slots(described, frame)
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


def _once(columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each name once: of tables stored by versions before, two columns may be one in the table, which holds the last."""
    return list({column["name"]: column for column in columns}.values())


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


def _batch(
    dataset: Dataset, frame: pd.DataFrame, start: int, legal_dong: Mapping[str, tuple[str, ...]]
) -> Batch:
    """Records of some rows; ``start`` is the ordinal of the first."""
    row = {column.name: texts_of(frame[column.name]) for column in dataset.columns}
    slots = {column.name: column.slot for column in dataset.columns if column.slot and not column.is_number}
    region = texts_of(frame["#region"])
    year = pa.array(frame["#year"], pa.int64(), from_pandas=True)
    period = texts_of(frame["#period"])
    return Batch(
        dataset=dataset.id,
        area=dataset.area,
        provider=dataset.provider,
        called=dataset.title,
        ordinal=pa.array(range(start, start + len(frame)), pa.int64()),
        title=tuple(row[name] for name in _named_by(dataset)),
        row=row,
        year=year,
        period=period,
        region=pc.utf8_slice_codeunits(region, 0, MAX_KEYWORD_CHARACTERS),
        lat=_numbers(frame["#lat"]),
        lon=_numbers(frame["#lon"]),
        measures={str(one.slot): _numbers(frame["#" + one.name]) for one in dataset.numbers()},
        dimensions={slot: row[name] for name, slot in slots.items()},
        extra=(*_extra(year, period, region, legal_dong), *_spoken(row.values())),
    )


def _numbers(column: "pd.Series[Any]") -> pa.Array:
    return pa.array(column, pa.float64(), from_pandas=True)


def _extra(
    year: pa.Array, period: pa.Array, region: pa.Array, legal_dong: Mapping[str, tuple[str, ...]]
) -> Iterator[pa.Array]:
    """Words that stand in no cell as people type them: year and month, the place, the legal dong of a dong, its district."""
    yield year.cast(TEXT)
    yield region
    here = [str(name) for name in listed(region.unique()) if name]
    yield from _words({name: legal_dong.get(name, ()) for name in here}, region)
    months = mapped(period, lambda text: (f"{int(m[1])}월" if (m := _MONTH.match(text)) else "",), 1)
    yield present(months[0])


def _spoken(columns: Iterable[pa.Array]) -> Iterator[pa.Array]:
    """Hanja in cells as they are read, a column for each word of a cell."""
    for column in columns:
        if not _may_hold_hanja(column):
            continue
        cells = column.unique()
        held = [
            str(value)
            for value in listed(cells.filter(pc.match_substring_regex(cells, HANJA.pattern)))
            if value
        ]
        yield from _words({value: tuple(spoken([value])) for value in held}, column)


def _may_hold_hanja(values: pa.Array) -> bool:
    """Whether a letter begins as hanja do, by the bytes of all texts at once; few columns have any."""
    places, data = laid(values)
    return data is not None and bool(
        _HANJA_BEGIN[np.frombuffer(data, np.uint8)[places[0] : places[-1]]].any()
    )


def _words(known: Mapping[str, tuple[str, ...]], values: pa.Array) -> Iterator[pa.Array]:
    """The words known for each value: the first, then the second, as far as there are any."""
    if most := max(map(len, known.values()), default=0):
        yield from map(present, mapped(values, lambda value: _padded(known.get(value, ()), most), most))


def _padded(words: tuple[str, ...], length: int) -> tuple[str, ...]:
    return (*words, *("",) * (length - len(words)))


def _named_by(dataset: Dataset) -> tuple[str, ...]:
    """Which columns name a record: its label, else its time, place and categories."""
    by_role = {
        role: [column.name for column in dataset.columns if column.role == role]
        for role in ("label", "time", "region", "category")
    }
    if by_role["label"]:
        return (by_role["label"][0],)
    return (*by_role["time"][:1], *by_role["region"][-1:], *by_role["category"])[:_TITLE_PARTS]
