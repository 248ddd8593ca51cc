"""Names and words by rule, few of them common and most of them rare, as in real lists."""

from functools import cache

import numpy as np

from indexer.sample.kind import Values
from indexer.sample.words import BUILDINGS, ENDINGS, NAMES, SPOTS, STEMS


@cache
def names() -> Values:
    """Every name that the stems can make, the likeliest first; always in the same order."""
    stems = [*NAMES, *STEMS]
    made = [first + second for first in stems for second in (*ENDINGS, *stems) if first != second]
    order = np.random.default_rng(len(made)).permutation(len(made))
    return np.array(list(dict.fromkeys(made[at] for at in order)), dtype=object)


def heavy_tailed(rng: np.random.Generator, pool: Values, rows: int) -> Values:
    """The n-th word of the pool with a chance of about 1 to n (Zipf's law)."""
    chosen: Values = pool[np.floor((len(pool) + 1) ** rng.random(rows)).astype(int) - 1]
    return chosen


def coined(rng: np.random.Generator, rows: int) -> Values:
    """Made-up names: 솔바람뜰, 다온누리."""
    return heavy_tailed(rng, names(), rows)


def buildings_named(rng: np.random.Generator, rows: int) -> Values:
    """다온누리빌라"""
    return coined(rng, rows) + heavy_tailed(rng, np.array(BUILDINGS, dtype=object), rows)


def landmarks(rng: np.random.Generator, rows: int) -> Values:
    """A spot by what stands there: 다온누리아파트 정문."""
    return coined(rng, rows) + heavy_tailed(rng, np.array(SPOTS, dtype=object), rows)
