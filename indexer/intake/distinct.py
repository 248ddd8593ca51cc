"""A column by its different cells: public data repeat themselves, so a cell is asked once for all its rows."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Places = NDArray[np.intp]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Distinct:
    """``texts`` in the order in which they come; ``places[row]`` says which of them a row holds."""

    texts: list[str]
    places: Places

    @cached_property
    def counts(self) -> Places:
        """In how many rows each text stands."""
        return np.bincount(self.places, minlength=len(self.texts))

    def rows(self, answers: Iterable[bool]) -> Flags:
        """One answer for each text as one for each row."""
        return np.fromiter(answers, dtype=bool, count=len(self.texts))[self.places]

    def rows_of(self, texts: Collection[str]) -> Flags:
        """Which rows hold one of ``texts``."""
        return self.rows(text in texts for text in self.texts)


def distinct(column: pd.Series) -> Distinct:
    places, texts = pd.factorize(column)
    return Distinct(list(texts), places)


def combined(columns: Sequence[Places]) -> Places:
    """Which combination of places each row has, numbered from 0 in the order in which they come."""
    codes = columns[0]
    for column in columns[1:]:
        codes = pd.factorize(codes * (int(column.max(initial=0)) + 1) + column)[0]
    return pd.factorize(codes)[0]


def first_rows(codes: Places) -> Places:
    """The first row of each code; codes are numbered from 0 without a gap."""
    first = np.zeros(int(codes.max(initial=-1)) + 1, dtype=np.intp)
    # of several rows with one code, the last one written is the first of the column
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return first


def reaches(answers: Iterable[bool], count: int, needed: float) -> bool:
    """Are at least ``needed`` of the ``count`` answers yes? Asks no further than it must to know."""
    yes = no = 0
    for answer in answers:
        if answer:
            yes += 1
            if yes >= needed:
                return True
        else:
            no += 1
            if count - no < needed:
                return False
    return yes >= needed
