"""What can be measured of a column before anything is decided about it."""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indexer.intake.cells import is_blank_mark, numbers
from indexer.intake.distinct import Distinct, Flags, distinct
from indexer.intake.meaning.lexicon import is_total_word
from indexer.intake.names import bare, key
from indexer.intake.period import Period, parse


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
    def cells(self) -> Distinct:
        return distinct(self.texts)

    @cached_property
    def _holds(self) -> Flags:
        """Of the different cells, those that hold something; marks for "none" not counted."""
        return np.array([not is_blank_mark(text) for text in self.cells.texts], dtype=bool)

    @cached_property
    def _figures(self) -> NDArray[np.float64]:
        return numbers(pd.Series(self.cells.texts, dtype="str")).to_numpy()

    @cached_property
    def filled(self) -> pd.Series:
        return pd.Series(self._holds[self.cells.places], index=self.texts.index)

    @cached_property
    def count(self) -> int:
        """Number of cells that hold something."""
        return int(self.cells.counts[self._holds].sum())

    @cached_property
    def numbers(self) -> pd.Series:
        return pd.Series(self._figures[self.cells.places], index=self.texts.index)

    @cached_property
    def numeric_share(self) -> float:
        numeric = self._holds & ~np.isnan(self._figures)
        return float(self.cells.counts[numeric].sum()) / self.count if self.count else 0.0

    @cached_property
    def distinct(self) -> list[str]:
        """The different cells that hold something."""
        return [text for text, holds in zip(self.cells.texts, self._holds, strict=True) if holds]

    @cached_property
    def total_words(self) -> frozenset[str]:
        return frozenset(filter(is_total_word, self.cells.texts))

    @cached_property
    def periods(self) -> list[Period | None]:
        """The period that each of the different cells names."""
        return [parse(text) for text in self.cells.texts]

    @cached_property
    def whole(self) -> bool:
        """All numbers are whole (``12.0`` too)."""
        found = self._figures[~np.isnan(self._figures)]
        return bool((found % 1 == 0).all())

    @cached_property
    def leading_zeros(self) -> bool:
        """``0150``, ``01``: what is lost when it is read as a number is no number."""
        return self.share_like(r"^0\d+\Z") > 0.02

    @cached_property
    def mean_length(self) -> float:
        lengths = np.fromiter(map(len, self.distinct), dtype=np.intp, count=len(self.distinct))
        return float((lengths * self.cells.counts[self._holds]).sum()) / self.count if self.count else 0.0

    def share_like(self, pattern: str) -> float:
        """Share of filled cells in which ``pattern`` is found."""
        hits = np.array(_found(pattern, self.distinct), dtype=bool)
        return float(self.cells.counts[self._holds][hits].sum()) / self.count if self.count else 0.0

    def rows_like(self, pattern: str) -> pd.Series:
        """Rows in whose cell ``pattern`` is found."""
        return pd.Series(self.cells.rows(_found(pattern, self.cells.texts)), index=self.texts.index)

    def rows_of(self, texts: "set[str] | frozenset[str]") -> pd.Series:
        """Which rows hold one of ``texts``."""
        return pd.Series(self.cells.rows_of(texts), index=self.texts.index)


def _found(pattern: str, texts: list[str]) -> list[bool]:
    search = re.compile(pattern).search
    return [search(text) is not None for text in texts]


def facts_of(frame: pd.DataFrame) -> dict[str, Facts]:
    return {name: Facts(name, frame[name]) for name in frame.columns}
