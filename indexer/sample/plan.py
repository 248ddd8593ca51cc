"""Which files a sample consists of, and how many records each has."""

import itertools
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import log10

import numpy as np

from indexer.sample.catalogue import kinds
from indexer.sample.kind import FEWEST_RECORDS, FIRST_YEAR, LAST_YEAR, Form, Kind, Order
from indexer.sample.places import dongs_on
from indexer.sample.writers import SUFFIXES

MOST_RECORDS_OUTSIDE_CSV = 8000  # offices publish workbooks and JSON for small tables only
MOST_RECORDS = 1_000_000  # intake refuses tables of more than twenty million cells
COMMON_UP_TO = 30_000  # records of a sample that makes do with common words
RICHEST = 0.5  # share of rare words among the names of a sample of a million records and more
FORMS: tuple[Form, ...] = (
    "cp949",
    "utf-8-sig",
    "cp949",
    "utf-8",
    "xlsx",
    "utf-8-sig",
    "cp949",
    "json",
    "cp949",
)


@dataclass(frozen=True)
class Planned:
    """One file of the sample: a kind, perhaps of an earlier year or of one dong."""

    kind: Kind
    day: date
    dong: str | None = None
    older: bool = False
    records: int = 0

    @property
    def title(self) -> str:
        place = f"{self.dong} " if self.dong else ""
        return f"{self.day.year}년 {place}{self.kind.title}" if self.older else place + self.kind.title

    @property
    def form(self) -> Form:
        """The kind's own form, or one that the title fixes; large tables are always CSV."""
        if self.kind.form and not self.older:
            return self.kind.form
        form = FORMS[zlib.crc32(self.title.encode()) % len(FORMS)]
        return "utf-8" if self.records > MOST_RECORDS_OUTSIDE_CSV and form in ("xlsx", "json") else form

    @property
    def encoding(self) -> str | None:
        """The encoding of its text; None for a workbook."""
        return None if self.form == "xlsx" else "utf-8" if self.form == "json" else self.form

    @property
    def file(self) -> str:
        return f"{self.kind.provider}_{self.title}_{self.day:%Y%m%d}.{SUFFIXES[self.form]}"

    def order(self, seed: int, rich: float = 0.0) -> Order:
        """The order for its records; chance depends on seed and title, not on the other files."""
        rng = np.random.default_rng([seed, zlib.crc32(self.title.encode())])
        return Order(self.records, self.day, self.dong, rng, rich)

    def size(self, scale: int) -> int:
        """Records such a file has of itself; an earlier year had fewer places, one dong has a share."""
        typical = self.kind.typical * (1 - 0.03 * (LAST_YEAR - self.day.year)) / (18 if self.dong else 1)
        return min(max(FEWEST_RECORDS, int(typical * scale)), MOST_RECORDS)


def plan(datasets: int, records: int, scale: int = 1) -> tuple[Planned, ...]:
    """The files of a sample of so many datasets with `scale` times so many records in all.

    Raises ValueError when there are no datasets, fewer than ten records for each, too many datasets to tell
    apart, or more records than their files can hold.
    """
    if datasets < 1:
        raise ValueError(f"datasets must be at least 1, not {datasets}")
    if records < FEWEST_RECORDS * datasets:
        raise ValueError(
            f"{datasets} datasets need at least {FEWEST_RECORDS * datasets} records, not {records}"
        )
    chosen = list(itertools.islice(candidates(), datasets))
    if len(chosen) < datasets:
        raise ValueError(f"at most {len(chosen)} datasets can be made, not {datasets}")
    sizes = shared(chosen, records * scale, scale)
    return tuple(replace(item, records=size) for item, size in zip(chosen, sizes, strict=True))


def richness(records: int) -> float:
    """The share of rare words among the names of so large a sample: it grows with every tenfold."""
    return RICHEST * min(max(log10(records / COMMON_UP_TO), 0) / log10(1_000_000 / COMMON_UP_TO), 1)


def candidates() -> Iterator[Planned]:
    """Every kind, then the lists of places as they stood in earlier years, then those of single dong."""
    today = date(LAST_YEAR, 12, 31)
    yearly = [kind for kind in kinds() if kind.snapshots]
    yield from (Planned(kind, today) for kind in kinds())
    for year in range(LAST_YEAR - 1, FIRST_YEAR - 1, -1):
        yield from (Planned(kind, date(year, 12, 31), older=True) for kind in yearly)
    for year in range(LAST_YEAR, FIRST_YEAR - 1, -1):
        day = date(year, 12, 31)
        for dong in dongs_on(day):
            yield from (Planned(kind, day, dong.name, older=True) for kind in yearly)


def shared(chosen: list[Planned], records: int, scale: int) -> list[int]:
    """Records of each file, `records` in all: natural sizes where they fit, the rest to those that absorb.

    What even these cannot hold goes to the lists of places. Raises ValueError where that is not enough.
    """
    wanted = [item.size(scale) for item in chosen]
    most = ceiling(wanted, records)
    sizes = [item.kind.fit(min(size, most)) for item, size in zip(chosen, wanted, strict=True)]
    for takers in (absorbing(chosen), [at for at, item in enumerate(chosen) if item.kind.snapshots]):
        sizes = filled_up(sizes, takers, wanted, records)
    if sum(sizes) < records:
        raise ValueError(f"{len(chosen)} datasets can hold {sum(sizes)} records, not {records}")
    return sizes


def filled_up(sizes: list[int], takers: list[int], weights: list[int], records: int) -> list[int]:
    """The sizes after the takers, by weight, took what is missing to `records`, or all that they can."""
    grown = list(sizes)
    while (left := records - sum(grown)) and (room := [at for at in takers if grown[at] < MOST_RECORDS]):
        total = sum(weights[at] for at in room)
        parts = [left * weights[at] // total for at in room]
        parts[0] += left - sum(parts)
        for at, part in zip(room, parts, strict=True):
            grown[at] = min(grown[at] + part, MOST_RECORDS)
    return grown


def ceiling(sizes: list[int], total: int) -> int:
    """The size to which the largest are cut so that all have at most `total`; small ones stay whole."""
    left = total
    for at, size in enumerate(sorted(sizes)):
        share = left // (len(sizes) - at)
        if size > share:
            return share
        left -= size
    return max(sizes)


def absorbing(chosen: list[Planned]) -> list[int]:
    """The files that may have any length; without such, the longest list of places takes the rest."""
    lists = [at for at, item in enumerate(chosen) if item.kind.snapshots]
    longest = sorted(lists, key=lambda at: -chosen[at].kind.typical)[:1]
    return [at for at, item in enumerate(chosen) if item.kind.absorbs] or longest
