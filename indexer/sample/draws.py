"""Columns drawn by chance: each function gives a `Draw`, which makes one column of any length."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np

from indexer.sample.kind import Values
from indexer.sample.places import strings, texts
from indexer.sample.words import OFFICES

Draw: TypeAlias = Callable[[np.random.Generator, int], Values]


def pick(*choices: str) -> Draw:
    """One of the words; the earlier the likelier."""
    weights = 1 / np.arange(1, len(choices) + 1)
    return lambda rng, rows: rng.choice(texts(choices), rows, p=weights / weights.sum())


def count(low: int, high: int) -> Draw:
    """Whole numbers from `low` to `high`, small ones far likelier, as counts and sizes are."""

    def draw(rng: np.random.Generator, rows: int) -> Values:
        spread: Values = np.floor((high - low + 1) * rng.random(rows) ** 2.5).astype(int)
        return low + spread

    return draw


def amount(low: int, high: int) -> Draw:
    """Like `count`, written with thousands commas: "1,234"."""
    numbers = count(low, high)
    return lambda rng, rows: commas(numbers(rng, rows))


def decimal(low: float, high: float, digits: int = 1) -> Draw:
    return lambda rng, rows: np.round(rng.uniform(low, high, rows), digits)


def flag(share: float) -> Draw:
    """Y or N; `share` of them Y."""
    return lambda rng, rows: np.where(rng.random(rows) < share, "Y", "N").astype(object)


def years(first: int, last: int) -> Draw:
    """Years, the later the likelier."""

    def draw(rng: np.random.Generator, rows: int) -> Values:
        elapsed: Values = np.floor((last - first + 1) * np.sqrt(rng.random(rows))).astype(int)
        return first + elapsed

    return draw


def months(first: int, last: int) -> Draw:
    """설치연월: 2018-07."""
    year = years(first, last)
    return lambda rng, rows: strings(year(rng, rows)) + "-" + two_digits(rng.integers(1, 13, rows))


def days(first: int, last: int) -> Draw:
    """Days of whole years as 2018-07-01."""
    start = date(first, 1, 1)
    span = (date(last, 12, 31) - start).days + 1
    table = texts((start + timedelta(days=day)).isoformat() for day in range(span))
    return lambda rng, rows: table[rng.integers(0, span, rows)]


def constant(value: str) -> Draw:
    return lambda _rng, rows: texts([value] * rows)


def mostly(draw: Draw, share: float) -> Draw:
    """Leave some cells blank; `share` of them stay."""

    def sparse(rng: np.random.Generator, rows: int) -> Values:
        return np.where(rng.random(rows) < share, draw(rng, rows).astype(object), "")

    return sparse


def phones(rng: np.random.Generator, rows: int) -> Values:
    """02-0000-1234: the exchange 0000 is given to nobody."""
    return "02-0000-" + np.char.zfill(rng.integers(0, 10_000, rows).astype(str), 4).astype(object)


def serials(numbers: Values, width: int, prefix: str = "") -> Values:
    """Running numbers with leading zeros: 000123."""
    return prefix + np.char.zfill(numbers.astype(str), width).astype(object)


def two_digits(numbers: Values) -> Values:
    return np.char.zfill(numbers.astype(str), 2).astype(object)


def commas(numbers: Values) -> Values:
    """1234 as "1,234"."""
    return texts(f"{number:,}" for number in numbers.tolist())


office = pick(*OFFICES)
