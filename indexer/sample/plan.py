"""Which files a sample consists of, and how many rows each has."""

import itertools
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from indexer.sample.catalogue import kinds
from indexer.sample.kind import FEWEST_ROWS, FIRST_YEAR, LAST_YEAR, Form, Kind, Order
from indexer.sample.places import dongs_on
from indexer.sample.writers import SUFFIXES

MOST_ROWS_OUTSIDE_CSV = 8000  # offices publish workbooks and JSON for small tables only
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
    rows: int = 0

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
        return "utf-8" if self.rows > MOST_ROWS_OUTSIDE_CSV and form in ("xlsx", "json") else form

    @property
    def encoding(self) -> str | None:
        """The encoding of its text; None for a workbook."""
        return None if self.form == "xlsx" else "utf-8" if self.form == "json" else self.form

    @property
    def file(self) -> str:
        return f"{self.kind.provider}_{self.title}_{self.day:%Y%m%d}.{SUFFIXES[self.form]}"

    def order(self, seed: int) -> Order:
        """The order for its rows; chance depends on seed and title, not on the other files."""
        rng = np.random.default_rng([seed, zlib.crc32(self.title.encode())])
        return Order(self.rows, self.day, self.dong, rng)

    def size(self) -> int:
        """Rows such a file has of itself; an earlier year had fewer places, one dong has a share."""
        typical = self.kind.typical * (1 - 0.03 * (LAST_YEAR - self.day.year)) / (18 if self.dong else 1)
        return max(FEWEST_ROWS, int(typical))


def plan(datasets: int, records: int) -> tuple[Planned, ...]:
    """The files of a sample of so many datasets with so many rows in all.

    Raises ValueError when there are no datasets, fewer than ten rows for each, or too many to tell apart.
    """
    if datasets < 1:
        raise ValueError(f"datasets must be at least 1, not {datasets}")
    if records < FEWEST_ROWS * datasets:
        raise ValueError(f"{datasets} datasets need at least {FEWEST_ROWS * datasets} records, not {records}")
    chosen = list(itertools.islice(candidates(), datasets))
    if len(chosen) < datasets:
        raise ValueError(f"at most {len(chosen)} datasets can be made, not {datasets}")
    return tuple(
        Planned(item.kind, item.day, item.dong, item.older, rows)
        for item, rows in zip(chosen, shared(chosen, records), strict=True)
    )


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


def shared(chosen: list[Planned], records: int) -> list[int]:
    """Rows of each file, `records` in all: natural sizes where they fit, the rest to those that absorb."""
    wanted = [item.size() for item in chosen]
    most = ceiling(wanted, records)
    rows = [item.kind.fit(min(size, most)) for item, size in zip(chosen, wanted, strict=True)]
    takers = [at for at, item in enumerate(chosen) if item.kind.absorbs] or flexible(chosen)
    weights = np.array([wanted[at] for at in takers], dtype=float)
    parts = np.floor((records - sum(rows)) * weights / weights.sum()).astype(int)
    parts[0] += records - sum(rows) - parts.sum()
    for at, part in zip(takers, parts.tolist(), strict=True):
        rows[at] += part
    return rows


def ceiling(sizes: list[int], total: int) -> int:
    """The size to which the largest are cut so that all have at most `total`; small ones stay whole."""
    left = total
    for at, size in enumerate(sorted(sizes)):
        share = left // (len(sizes) - at)
        if size > share:
            return share
        left -= size
    return max(sizes)


def flexible(chosen: list[Planned]) -> list[int]:
    """Without a kind that absorbs, the longest list of places takes the rest."""
    lists = [at for at, item in enumerate(chosen) if item.kind.snapshots]
    return sorted(lists, key=lambda at: -chosen[at].kind.typical)[:1]
