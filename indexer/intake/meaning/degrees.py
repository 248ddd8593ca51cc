"""Degrees in all their spellings: 37.54, 37°32'24.5", 37도 32분 24초, and minutes and seconds in columns of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indexer.intake.meaning.facts import Facts

# letters of the compass, degrees, minutes, seconds; whatever marks stand between and behind them
_WRITTEN = re.compile(
    r"^[NEne]?\s*(?P<d>\d{1,3})\s*[°º˚도]\s*(?:(?P<m>\d{1,2}(?:\.\d+)?)\s*['′’‘분]?\s*)?"
    r"(?:(?P<s>\d{1,2}(?:\.\d+)?)\s*(?:\"|″|”|“|''|′′|’’|초)?)?\s*[NEne]?$"
)
_SPACED = re.compile(r"^(?P<d>\d{2,3})[\s:\-]+(?P<m>\d{1,2})[\s:\-]+(?P<s>\d{1,2}(?:\.\d+)?)$")
_PART = re.compile(r"^(?P<stem>.*?)[\s_]*[(（\[]?(?P<part>[도분초])[)）\]]?$")
_AXIS = re.compile(r"위도|경도|북위|동경|lat|lon|lng", re.IGNORECASE)
_ASKED = 200


@dataclass(frozen=True)
class Split:
    """One axis in two or three columns, named by their parts."""

    degrees: Facts
    minutes: Facts
    seconds: Facts | None

    def decimal(self) -> pd.Series:
        """Degrees as one number; NaN where a part is missing or minutes and seconds are none."""
        minutes = self.minutes.numbers
        seconds = self.seconds.numbers if self.seconds else pd.Series(0.0, index=minutes.index)
        return _together(self.degrees.numbers, minutes, seconds)


def is_written(facts: Facts) -> bool:
    """Degrees, minutes and seconds in nearly every cell."""
    return _form(facts) is not None


def _form(facts: Facts) -> re.Pattern[str] | None:
    """The way in which nearly all cells write degrees: with their signs, or with blanks (126 58 28.79)."""
    sample = facts.distinct[:_ASKED]
    if not sample:
        return None
    return next(
        (
            form
            for form in (_WRITTEN, _SPACED)
            if sum(bool(form.match(text)) for text in sample) >= 0.8 * len(sample)
        ),
        None,
    )


def degrees_of(facts: Facts) -> pd.Series:
    """The column as decimal degrees, float64; NaN where a cell is none."""
    form = None if facts.numeric_share >= 0.5 else _form(facts)
    if form is None:
        return facts.numbers
    parts = facts.texts.str.extract(form.pattern)
    return _together(
        parts["d"].astype("float64"),
        parts["m"].astype("float64").fillna(0),
        parts["s"].astype("float64").fillna(0),
    )


def _together(degrees: pd.Series, minutes: pd.Series, seconds: pd.Series) -> pd.Series:
    possible = minutes.between(0, 60, inclusive="left") & seconds.between(0, 60, inclusive="left")
    return (degrees + minutes / 60 + seconds / 3600).where(possible, np.nan)


def part_of(name: str) -> tuple[str, str] | None:
    """``위도(도)`` → (위도, 도): the axis and which part of it the column holds."""
    match = _PART.match(name.strip())
    # the last letter of 위도 is no part of it
    if not match or re.search(r"[위경]$", match["stem"]) or not _AXIS.search(match["stem"]):
        return None
    return match["stem"].strip(), match["part"]


def split_axes(columns: Sequence[Facts]) -> dict[str, Split]:
    """Axes whose degrees, minutes and seconds stand in columns of their own, by the name they share."""
    found: dict[str, dict[str, Facts]] = {}
    for column in columns:
        if (named := part_of(column.name)) and column.numeric_share > 0.8:
            found.setdefault(named[0], {})[named[1]] = column
    return {
        stem: Split(held["도"], held["분"], held.get("초"))
        for stem, held in found.items()
        if {"도", "분"} <= set(held)
    }
