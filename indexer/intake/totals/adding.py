"""Which columns are sums of other columns, found by arithmetic.

A few rows are projected to one number a column; a run, pair or triple of columns whose numbers add up to
another's is a candidate, and is then checked on every row. Chance is kept out by asking for enough digits.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

_TRIALS, _ROWS = 14, 5
_MOST_STRIDE = 12
_TRIPLES_UP_TO = 40
_MOST_CHECKED = 12
_FIRST_ROWS = 300
# so many bits of agreement that no search over some 100,000 combinations meets them by chance
_ENOUGH_BITS = 40.0

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Sum:
    """Column ``total`` is the sum of ``parts`` (places in the matrix) in ``share`` of its rows."""

    total: int
    parts: tuple[int, ...]
    share: float


@dataclass(frozen=True)
class _Groups:
    """Groups of columns laid end to end: group ``i`` starts at ``starts[i]``."""

    members: NDArray[np.int64]
    starts: NDArray[np.int64]

    def at(self, place: int) -> tuple[int, ...]:
        end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.members)
        return tuple(int(c) for c in self.members[self.starts[place] : end])


@dataclass(frozen=True)
class _Candidates:
    """Sums of column groups for one projection, sorted."""

    values: Matrix
    order: NDArray[np.int64]
    groups: "_Groups"


def find_sums(matrix: Matrix) -> dict[int, Sum]:
    """For each column that is a total, the best group of parts. Blank cells are NaN."""
    count = matrix.shape[1]
    if matrix.shape[0] < 3 or count < 3:
        return {}
    zero = np.nan_to_num(matrix)
    alive = [c for c in range(count) if (zero[:, c] != 0).any()]
    if len(alive) < 3:
        return {}
    found: dict[int, Sum] = {}
    tried: set[tuple[int, tuple[int, ...]]] = set()
    random = np.random.default_rng(7)
    groups = _groups(alive)
    for rows in _samples(zero, random):
        weights = random.uniform(0.5, 1.5, len(rows))
        projected = weights @ zero[rows]
        candidates = _sorted_sums(projected, groups)
        for total in alive:
            if projected[total] > 0 and (total not in found or found[total].share < 0.999):
                _check(matrix, total, _near(candidates, projected[total], total), found, tried)
    return found


def _samples(zero: Matrix, random: np.random.Generator) -> list[NDArray[np.int64]]:
    """A few rows at a time, rich ones first: one slip in a file must not hide its sums."""
    filled = (zero != 0).sum(axis=1)
    rich = np.flatnonzero(filled >= max(2, np.quantile(filled, 0.5)))
    rich = rich if len(rich) >= 3 else np.arange(len(zero))
    size = min(_ROWS, len(rich))
    return [random.choice(rich, size, replace=False) for _ in range(_TRIALS)]


def _groups(alive: list[int]) -> _Groups:
    """Runs (every column, every second …), pairs and, in narrow tables, triples."""
    groups: set[tuple[int, ...]] = set()
    for stride in range(1, _MOST_STRIDE + 1):
        for offset in range(stride):
            line = alive[offset::stride]
            groups |= {tuple(line[i:j]) for i in range(len(line)) for j in range(i + 2, len(line) + 1)}
    groups |= set(combinations(alive, 2))
    if len(alive) <= _TRIPLES_UP_TO:
        groups |= set(combinations(alive, 3))
    ordered = sorted(groups)
    sizes = np.fromiter(map(len, ordered), dtype="int64", count=len(ordered))
    members = np.fromiter((c for group in ordered for c in group), dtype="int64", count=int(sizes.sum()))
    return _Groups(members, np.concatenate([[0], np.cumsum(sizes)[:-1]]))


def _sorted_sums(projected: Matrix, groups: _Groups) -> _Candidates:
    sums = np.add.reduceat(projected[groups.members], groups.starts)
    order = np.argsort(sums, kind="stable")
    return _Candidates(sums[order], order, groups)


def _near(candidates: _Candidates, value: float, total: int) -> list[tuple[int, ...]]:
    # rounding of parts may leave a unit or two
    slack = max(1e-6 * value, 1e-9)
    low, high = np.searchsorted(candidates.values, [value - slack, value + slack])
    near = [candidates.groups.at(place) for place in candidates.order[low : min(high, low + 500)]]
    near = [group for group in near if total not in group]
    return sorted(near, key=lambda group: (-len(group), group))[:_MOST_CHECKED]


def _check(
    matrix: Matrix,
    total: int,
    groups: list[tuple[int, ...]],
    found: dict[int, Sum],
    tried: set[tuple[int, tuple[int, ...]]],
) -> None:
    for group in groups:
        if (total, group) in tried:
            continue
        tried.add((total, group))
        # a long table is asked in a few hundred rows first
        if len(matrix) > 2 * _FIRST_ROWS and not _agrees_roughly(
            matrix[:: len(matrix) // _FIRST_ROWS], total, group
        ):
            continue
        share = agreement(matrix, total, group)
        if share and (total not in found or share > found[total].share):
            found[total] = Sum(total, group, share)


def _agrees_roughly(matrix: Matrix, total: int, parts: tuple[int, ...]) -> bool:
    whole, pieces = matrix[:, total], matrix[:, list(parts)]
    full = ~np.isnan(whole) & (whole != 0)
    return not full.any() or bool(_right(whole[full], pieces[full]).mean() >= 0.6)


def agreement(matrix: Matrix, total: int, parts: tuple[int, ...]) -> float:
    """Share of rows in which the parts add up to the total; 0 if that proves nothing."""
    whole = matrix[:, total]
    pieces = matrix[:, list(parts)]
    if ((pieces < 0).mean(axis=0) > 0.05).any() and not (whole < 0).any():
        # arrivals are departures and the net change: true, and no total
        return 0.0
    known = ~np.isnan(whole) & ((whole != 0) | (np.nan_to_num(pieces) != 0).any(axis=1))
    full = known & ~np.isnan(pieces).any(axis=1)
    for rows, least in ((known, 0.9), (full, 0.96)):
        # rows that hold all parts decide where blanks mean "not counted" instead of none
        if rows.sum() < max(3, 0.3 * known.sum()):
            continue
        right = _right(whole[rows], pieces[rows])
        if right.mean() >= least and _proves(whole[rows][right], pieces[rows][right]):
            return float(right.mean())
    return 0.0


def _right(whole: Matrix, pieces: Matrix) -> NDArray[np.bool_]:
    difference = np.abs(whole - np.nansum(pieces, axis=1))
    if not len(difference):
        return np.zeros(0, dtype=bool)
    exact: NDArray[np.bool_] = difference <= 1e-6 * np.maximum(1.0, np.abs(whole))
    if exact.mean() < 0.5:
        return exact
    # published parts are rounded one by one: the sum may be off by half a unit for each
    slack = 0.5 * pieces.shape[1] * _unit(whole)
    near: NDArray[np.bool_] = (difference <= slack) & (np.abs(whole) > 100 * slack)
    return exact | near


def _unit(values: Matrix) -> float:
    return 1.0 if (values % 1 == 0).all() else 0.01


def _proves(whole: Matrix, pieces: Matrix) -> bool:
    """Several parts at work in many rows, and digits enough to rule out chance."""
    working = (np.nan_to_num(pieces) != 0).sum(axis=1) >= 2
    used = (np.nan_to_num(pieces) != 0).any(axis=0).sum() >= 2
    bits = np.log2(1 + np.abs(whole[working])).sum() if working.any() else 0.0
    return bool(used and working.sum() >= 3 and working.mean() >= 0.15 and bits >= _ENOUGH_BITS)


def wrong_rows(matrix: Matrix, found: Sum) -> NDArray[np.int64]:
    """Rows that have the total and all its parts, and in which they do not agree."""
    whole, pieces = matrix[:, found.total], matrix[:, list(found.parts)]
    full = ~np.isnan(whole) & ~np.isnan(pieces).any(axis=1)
    return np.flatnonzero(full)[~_right(whole[full], pieces[full])]
