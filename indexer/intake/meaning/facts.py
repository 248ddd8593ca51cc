"""What can be measured of a column before anything is decided about it."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from indexer.intake.cells import filled, numbers
from indexer.intake.names import bare, key


@dataclass(frozen=True)
class Facts:
    """A column with its name in two plain forms; everything dear is computed once, when asked for."""

    name: str
    texts: pd.Series

    @cached_property
    def key(self) -> str:
        return key(self.name)

    @cached_property
    def bare(self) -> str:
        return bare(self.name)

    @cached_property
    def filled(self) -> pd.Series:
        return filled(self.texts)

    @cached_property
    def values(self) -> pd.Series:
        """The cells that hold something."""
        return self.texts[self.filled]

    @cached_property
    def numbers(self) -> pd.Series:
        return numbers(self.texts)

    @cached_property
    def numeric_share(self) -> float:
        count = len(self.values)
        return float(self.numbers[self.filled].notna().sum()) / count if count else 0.0

    @cached_property
    def distinct(self) -> list[str]:
        return list(self.values.unique())

    @cached_property
    def whole(self) -> bool:
        """All numbers are whole (``12.0`` too)."""
        found = self.numbers.dropna()
        return bool((found % 1 == 0).all())

    @cached_property
    def leading_zeros(self) -> bool:
        """``0150``, ``01``: what is lost when it is read as a number is no number."""
        return bool(self.values.str.fullmatch(r"0\d+").mean() > 0.02) if len(self.values) else False

    @cached_property
    def mean_length(self) -> float:
        return float(self.values.str.len().mean()) if len(self.values) else 0.0

    def share_like(self, pattern: str) -> float:
        """Share of filled cells in which ``pattern`` is found."""
        return float(self.values.str.contains(pattern, regex=True).mean()) if len(self.values) else 0.0


def facts_of(frame: pd.DataFrame) -> dict[str, Facts]:
    return {name: Facts(name, frame[name]) for name in frame.columns}
