"""What the generator can write: a kind of file, and one order for such a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Values: TypeAlias = npt.NDArray[Any]
Form: TypeAlias = Literal["cp949", "utf-8-sig", "utf-8", "xlsx", "json"]
Fit: TypeAlias = Callable[[int], int]

DISTRICT = "서울특별시 강동구"
SEOUL = "서울특별시"
# fixed, so that the same seed gives the same bytes on every day
FIRST_YEAR = 2015
LAST_YEAR = 2025
FEWEST_RECORDS = 10  # a shorter table is a note, not a dataset
PIECE_RECORDS = 100_000  # lists longer than this are made and written in pieces, to bound the memory


@dataclass(frozen=True)
class Order:
    """One file to be made: exactly `records` records as they stood on `day`, in one dong or in all (None).

    Records are what intake makes of the file: its rows, or the filled cells of a wide table. `rich` is the
    share of rare words among the names: a larger sample has more of them, as a larger city has.
    """

    records: int
    day: date
    dong: str | None
    rng: np.random.Generator
    rich: float = 0.0


@dataclass(frozen=True)
class Kind:
    """A kind of file that offices publish.

    `typical` is the number of records such a file has; `build` gives its rows in pieces. `fit(n)` is the
    greatest number of records up to `n` that ends at a natural border (whole years, whole months). A kind that
    `absorbs` may grow to any length, as a list of events does; one with `snapshots` is published again each
    year.

    `time` is the column that says when each record was, `numbers` and `categories` are those that can hold
    numbers and words to sort by; a `wide` table has years across its header instead.
    """

    title: str
    area: str
    typical: int
    build: Callable[[Order], Iterator[pd.DataFrame]]
    about: str
    provider: str = DISTRICT
    form: Form | None = None
    fit: Fit = int
    absorbs: bool = False
    snapshots: bool = False
    time: str = ""
    numbers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    wide: bool = False
