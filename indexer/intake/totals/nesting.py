"""Rows that are totals of other rows, found by names that contain each other and by arithmetic."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indexer.intake.distinct import Distinct, Places, combined
from indexer.intake.meaning.facts import Facts
from indexer.intake.meaning.regions import level_of
from indexer.intake.table import Role
from indexer.intake.totals.words import is_listing
from search.language.gazetteer import gazetteer, plain_place

_MOST_CHOICES = 12
_ENOUGH_BITS = 40.0
_SPARE_BITS = 14.0
_ENOUGH_ROWS = 3
_MOST_LABELS, _ASKED_SLICES = 400, 24

_CODE = re.compile(r"\s*\(\d{5,10}\)")
_HOLDS = re.compile(r"[가-힣](?:도|시|군|구|읍|면|동|전국)$|^전국$")
Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]


def rows_by_nesting(facts: Mapping[str, Facts], roles: Mapping[str, Role], left: pd.Series) -> pd.Series:
    """Total rows among those that are ``left`` after the ones that say so: parents of other rows."""
    quantities = [name for name, role in roles.items() if role in (Role.MEASURE, Role.RATE)]
    marked = pd.Series(False, index=left.index)
    if not quantities or left.sum() < 3 or is_listing(facts, roles):
        return marked
    values = np.column_stack([facts[name].numbers.to_numpy() for name in quantities])
    dims = {
        name: facts[name].cells
        for name, role in roles.items()
        if role in (Role.REGION, Role.CATEGORY, Role.TIME, Role.LABEL)
    }
    for name, role in roles.items():
        if role == Role.REGION:
            marked |= left & _prefixes(facts[name], left)
            others = [facts[n].texts for n in dims if roles[n] != Role.REGION]
            marked |= left & _said_twice(facts[name], values, others)
    categories = [name for name, role in roles.items() if role == Role.CATEGORY]
    for name in categories:
        rows = (left & ~marked).to_numpy()
        marked |= _choice(name, dims, values, rows, left.index)
    if len(left) < 20_000 and any(
        role in (Role.REGION, Role.CATEGORY, Role.LABEL) for role in roles.values()
    ):
        counts = [place for place, name in enumerate(quantities) if roles[name] == Role.MEASURE]
        figures = values[:, counts] if counts else values
        for name in categories:
            marked |= _labels(name, dims, figures, (left & ~marked).to_numpy(), left.index)
        leaves = _finest_places(facts, roles)
        marked |= _blocks(categories, dims, figures, (left & ~marked).to_numpy(), left.index) & ~leaves
    for name, role in roles.items():
        if role == Role.TIME and not categories:
            marked |= _sum_of_times(facts[name], values, (left & ~marked).to_numpy())
    return marked


def _finest_places(facts: Mapping[str, Facts], roles: Mapping[str, Role]) -> pd.Series:
    """Rows of the smallest places of a column: a 동 is no sum of other 동, whatever the figures say."""
    index = next(iter(facts.values())).texts.index
    places = [facts[name] for name, role in roles.items() if role == Role.REGION]
    if not places or Role.LABEL in roles.values():
        return pd.Series(False, index=index)
    levels = {value: level_of(value) for value in places[-1].distinct}
    finest = next((level for level in ("dong", "sigungu", "sido") if level in levels.values()), None)
    # a city holds wards, and both are 시군구
    same = [value for value, level in levels.items() if level == finest and not value.endswith("시")]
    return places[-1].texts.isin(same)


def _sum_of_times(time: Facts, values: Matrix, rows: Flags) -> pd.Series:
    """One row in a column of months that names none, and holds the sum of the months."""
    none = pd.Series(False, index=time.texts.index)
    odd = np.flatnonzero(rows & time.cells.rows(period is None for period in time.periods))
    if len(odd) != 1 or rows.sum() < 4:
        return none
    whole = np.nan_to_num(values[odd[0]])
    rest = np.nan_to_num(values[rows]).sum(axis=0) - whole
    counted = whole != 0
    if counted.any() and (np.abs(whole - rest)[counted] <= 1e-4 * np.abs(whole)[counted]).mean() >= 0.9:
        none.iloc[odd[0]] = True
    return none


def _prefixes(places: Facts, left: pd.Series) -> pd.Series:
    """``경기도 수원시`` is the parent of ``경기도 수원시 장안구``."""
    # "세종특별자치시 세종특별자치시": the whole stands in for the part
    plain = [" ".join(dict.fromkeys(_CODE.sub("", text).split())) for text in places.cells.texts]
    parents = set()
    for at in np.unique(places.cells.places[left.to_numpy()]):
        value = plain[at]
        words = value.split(" ")
        # "남양주 풍양" is a place beside "남양주"; only what is called a 도, 시, 군 … holds others
        parents |= {" ".join(words[:n]) for n in range(1, len(words)) if _HOLDS.search(words[n - 1])}
    # two-word names alone prove no nesting: at least two levels must be there
    hits = places.cells.rows(value in parents and value != "" for value in plain)
    return pd.Series(hits, index=left.index) & left


def _said_twice(places: Facts, values: Matrix, others: Sequence[pd.Series]) -> pd.Series:
    """세종특별자치시 as a 시도 and again, with the same figures, as its only 시군구: the first is the whole."""
    known = gazetteer().sido
    index = places.texts.index
    names = np.array([known.get(plain_place(text), "") for text in places.cells.texts], dtype=object)
    column = names[places.cells.places]
    rows = np.flatnonzero((column[:-1] != "") & (column[:-1] == column[1:]))
    here, below = values[rows], values[rows + 1]
    same = (here == below) | (np.isnan(here) & np.isnan(below))
    rows = rows[same.all(axis=1) & (here != 0).any(axis=1)]
    again = pd.Series(False, index=index)
    again.iloc[rows] = True
    for other in others:
        again &= other == other.shift(-1)
    return again if again.sum() == 1 else pd.Series(False, index=index)


def _choice(
    name: str, dims: Mapping[str, Distinct], values: Matrix, rows: Flags, index: pd.Index
) -> pd.Series:
    """The choice whose rows are the sum (or the mean) of the rows of all other choices."""
    marked = pd.Series(False, index=index)
    column = dims[name].places
    choices = pd.unique(column[rows])
    if not 3 <= len(choices) <= _MOST_CHOICES:
        return marked
    others = [dims[other].places for other in dims if other != name]
    codes = combined(others) if others else np.zeros(len(column), dtype=np.intp)
    cube = _cube(codes, column, choices, values, rows)
    if cube is None:
        return marked
    for place, choice in enumerate(choices):
        rest = [i for i in range(len(choices)) if i != place]
        if _is_sum(cube[place], cube[rest].sum(axis=0)) or _is_mean(cube[place], cube[rest]):
            return pd.Series((column == choice) & rows, index=index)
    return marked


def _cube(codes: Places, column: Places, choices: Places, values: Matrix, rows: Flags) -> Matrix | None:
    """Choice × group × quantity, for the groups that have each choice exactly once."""
    groups = int(codes.max()) + 1
    if groups * len(choices) > 4 * rows.sum() + 100:
        return None
    counts = np.zeros((len(choices), groups), dtype=int)
    cube = np.zeros((len(choices), groups, values.shape[1]))
    at = np.argsort(choices)[np.searchsorted(np.sort(choices), column[rows])]
    np.add.at(counts, (at, codes[rows]), 1)
    # where two rows are of one choice and group either stands here, and the group does not count
    cube[at, codes[rows]] = np.nan_to_num(values[rows])
    full = (counts == 1).all(axis=0)
    return (
        cube[:, full]
        if full.sum() >= _ENOUGH_ROWS and full.sum() >= 0.5 * (counts.any(axis=0)).sum()
        else None
    )


def _is_sum(whole: Matrix, parts: Matrix) -> bool:
    right = np.abs(whole - parts) <= 1e-6 * np.maximum(1.0, np.abs(whole))
    counted = whole != 0
    return bool(
        counted.any()
        and right[counted].mean() >= 0.95
        and np.log2(1 + np.abs(whole[counted])).sum() >= _ENOUGH_BITS
    )


def _is_mean(whole: Matrix, parts: Matrix) -> bool:
    """Means are rounded as they are printed; equal parts would prove nothing."""
    mean = parts.mean(axis=0)
    spread = np.ptp(parts, axis=0)
    telling = (spread > 0.1 * np.abs(mean)) & (mean != 0)
    # the same figures again and again are one piece of evidence
    if telling.sum() < 8 or len(np.unique(whole[telling])) < 8:
        return False
    slack = 0.0051 if (whole % 1 != 0).any() else 0.51
    return bool(
        (np.abs(whole - mean)[telling] <= slack + 1e-9).mean() >= 0.95
        and slack < 0.05 * np.median(spread[telling])
    )


def _blocks(
    categories: list[str], dims: Mapping[str, Distinct], values: Matrix, rows: Flags, index: pd.Index
) -> pd.Series:
    """A row that is the sum of the rows right below (or above) it, level by level."""
    marked = np.zeros(len(index), dtype=bool)
    slices = (
        combined([dims[name].places for name in categories])
        if categories
        else np.zeros(len(index), dtype=int)
    )
    for code in np.unique(slices[rows]):
        marked[_tree(np.flatnonzero(rows & (slices == code)), values)] = True
    return pd.Series(marked, index=index)


def _labels(
    name: str, dims: Mapping[str, Distinct], values: Matrix, rows: Flags, index: pd.Index
) -> pd.Series:
    """Labels whose row is the sum of the rows below it in one slice of the table after another (제조업)."""
    others = [dims[other].places for other in dims if other != name]
    column = dims[name].places
    if not others or not 5 <= len(np.unique(column[rows])) <= _MOST_LABELS:
        return pd.Series(False, index=index)
    slices = combined(others)
    asked = np.unique(slices[rows])
    asked = asked[:: max(1, len(asked) // _ASKED_SLICES)]
    hits: Counter[int] = Counter()
    for code in asked:
        here = np.flatnonzero(rows & (slices == code))
        hits.update(column[_tree(here, values)].tolist())
    parents = [label for label, count in hits.items() if count >= max(3, 0.3 * len(asked))]
    return pd.Series(np.isin(column, parents) & rows, index=index)


def _tree(here: NDArray[np.int64], values: Matrix) -> NDArray[np.int64]:
    """Those of the rows ``here`` that are parents, level by level from the innermost."""
    parents: list[NDArray[np.int64]] = []
    for _ in range(3):
        found = _parents(np.nan_to_num(values[here]))
        if not found.any():
            break
        parents.append(here[found])
        here = here[~found]
    return np.concatenate(parents) if parents else here[:0]


def _parents(values: Matrix) -> Flags:
    """Rows of one level that are sums of the rows after them; the innermost level first."""
    count = len(values)
    found = np.zeros(count, dtype=bool)
    # what rises and falls adds up too, but not one row after the other
    values = values[:, ~(values < 0).any(axis=0)]
    if count < 3 or not values.shape[1]:
        return found
    weights = np.random.default_rng(11).uniform(0.5, 1.5, values.shape[1])
    for order in (np.arange(count), np.arange(count)[::-1]):
        ordered = values[order]
        projected = ordered @ weights
        prefix = np.concatenate([[0.0], np.cumsum(projected)])
        start = np.arange(1, count + 1)
        goal = prefix[start] + projected
        slack = 1e-7 * np.maximum(1.0, prefix[-1])
        stop = np.searchsorted(prefix, goal - slack)
        possible = (stop <= count) & (stop >= start + 2) & (projected > 0)
        spans = [
            (i, int(stop[i])) for i in np.flatnonzero(possible) if abs(prefix[stop[i]] - goal[i]) <= slack
        ]
        # n rows offer some n² spans: that many bits and some to spare rule out chance
        needed = _SPARE_BITS + 2 * np.log2(count)
        good = [(i, j) for i, j in spans if _adds_up(ordered[i], ordered[i + 1 : j], needed)]
        for i, j in good:
            # an outer level that spans inner parents is found in a later pass, without them
            if not any(i < k < j for k, _ in good):
                found[order[i]] = True
        if found.any():
            return found
    return found


def _adds_up(whole: Matrix, parts: Matrix, needed: float) -> bool:
    right = np.abs(whole - parts.sum(axis=0)) <= 0.011 * len(parts) * (
        parts % 1 != 0
    ).any() + 1e-6 * np.maximum(1.0, whole)
    working = (parts > 0).sum(axis=0) >= 2
    bits = np.log2(1 + whole[working]).sum()
    alone = (whole > 0).sum() < 2
    return bool(right.all() and working.any() and bits >= needed + 20 * alone)
