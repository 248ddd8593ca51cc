"""What a sample adds up to, worked out from its tables as they are made: benchmarks hold the portal to it."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import pandas as pd

from indexer.sample.kind import Kind
from indexer.sample.plan import Planned
from indexer.sample.tables import BLANK

VALUES = 40  # values of categories whose records are told
MOST_CATEGORIES = 12  # a column with more different words is a text, not a category
NAMELESS = "값"  # what the numbers below the years of a wide table are called when it is made long
RECORDS = "#"
NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")


@dataclass(frozen=True)
class Tally:
    """Records and sums of every number column of a file: by year, and by the words of one column."""

    years: pd.DataFrame
    column: str
    words: pd.DataFrame

    def measures(self) -> list[str]:
        return [str(name) for name in self.years if name != RECORDS]

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.years.add(other.years, fill_value=0),
            self.column,
            self.words.add(other.words, fill_value=0),
        )


def tally(item: Planned, piece: pd.DataFrame, before: Tally | None) -> Tally:
    """The tally of one piece of a file, after that of the first: the last may be too short to tell columns."""
    rows = lengthened(piece) if item.kind.wide else piece
    told = before.measures() if before else measures(item.kind, rows)
    numbers = rows[told].apply(as_numbers).assign(**{RECORDS: 1})
    years = rows[item.kind.time].astype(str).str[:4].astype(int) if item.kind.time else item.day.year
    column = before.column if before else category(item.kind, rows)
    words = rows[column] if column else ""
    return Tally(by(numbers, years), column, by(numbers, words))


def measures(kind: Kind, rows: pd.DataFrame) -> list[str]:
    return [NAMELESS] if kind.wide else [name for name in kind.numbers if is_number(rows[name])]


def by(numbers: pd.DataFrame, key: Any) -> pd.DataFrame:
    return numbers.assign(key=key).groupby("key").sum()


def lengthened(piece: pd.DataFrame) -> pd.DataFrame:
    """A row for each number below a year of a wide table."""
    years = [name for name in piece if re.fullmatch(r"\d{4}년", str(name))]
    others = [name for name in piece if name not in years]
    rows = piece.melt(others, years, var_name="연도", value_name=NAMELESS)
    return rows[rows[NAMELESS] != BLANK]


def is_number(column: pd.Series) -> bool:
    return all(NUMBER.fullmatch(str(value)) for value in column.head(100))


def as_numbers(column: pd.Series) -> pd.Series:
    """1234.0 for "1,234"."""
    return column.astype(str).str.replace(",", "").astype(float)


def category(kind: Kind, rows: pd.DataFrame) -> str:
    """The first of the kind's columns that holds few different words, or nothing."""
    few = (
        name
        for name in kind.categories
        if not is_number(rows[name]) and 2 <= rows[name].nunique() <= MOST_CATEGORIES
    )
    return next(few, "")


def write_truth(path: Path, planned: Iterable[Planned], tallies: Iterable[Tally]) -> Path:
    """All in all, by file, and some values of categories; a small file."""
    found = list(zip(planned, tallies, strict=True))
    told = {
        "datasets": len(found),
        "records": sum(item.records for item, _ in found),
        "records_by_year": whole(reduce(added, (one.years[RECORDS] for _, one in found))),
        "records_by_area": areas(found),
        "files": {item.file: of_file(item, one) for item, one in found},
        "values": values(found),
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return path


def added(one: pd.Series, other: pd.Series) -> pd.Series:
    return one.add(other, fill_value=0)


def areas(found: list[tuple[Planned, Tally]]) -> dict[str, int]:
    records = pd.Series([item.records for item, _ in found])
    return whole(records.groupby([item.kind.area for item, _ in found]).sum())


def of_file(item: Planned, one: Tally) -> dict[str, Any]:
    """Without a column of time, the year is that of the file's day."""
    return {
        "title": item.title,
        "area": item.kind.area,
        "records": item.records,
        "year_column": item.kind.time or None,
        "records_by_year": whole(one.years[RECORDS]),
        "sums": {
            str(name): {"sum": plain(sums.sum()), "by_year": whole(sums)}
            for name, sums in one.years.drop(columns=RECORDS).items()
        },
    }


def values(found: list[tuple[Planned, Tally]]) -> list[dict[str, Any]]:
    """From files all over the plan one value each: in turn the commonest, the second, …"""
    fitting = [(item, one) for item, one in found if one.column and one.measures()]
    chosen = fitting[:: max(len(fitting) // VALUES, 1)][:VALUES]
    return [of_value(item, one, at) for at, (item, one) in enumerate(chosen)]


def of_value(item: Planned, one: Tally, at: int) -> dict[str, Any]:
    row = (
        one.words.sort_index().sort_values(RECORDS, ascending=False, kind="stable").iloc[at % len(one.words)]
    )
    measure = one.measures()[0]
    return {
        "file": item.file,
        "column": one.column,
        "value": str(row.name),
        "records": int(row[RECORDS]),
        "measure": measure,
        "sum": plain(row[measure]),
    }


def whole(sums: pd.Series) -> dict[str, Any]:
    return {str(key): plain(value) for key, value in sums.items()}


def plain(value: float) -> int | float:
    """Two decimals at most, as the files have; none where it is a whole number."""
    rounded = round(float(value), 2)
    return int(rounded) if rounded.is_integer() else rounded
