"""Rows that are totals or means of other rows: by word here, by arithmetic in ``nesting``."""

import re
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from indexer.intake.meaning.facts import Facts
from indexer.intake.meaning.lexicon import MEAN_ROWS
from indexer.intake.meaning.roles import code_of
from indexer.intake.names import bare
from indexer.intake.table import Role
from search.language.gazetteer import gazetteer

# a row number that says 소계 is a word
_FEW_ROWS = 5
_LEVEL = re.compile(r"\(\d\)$")
_DIMENSIONS = (Role.REGION, Role.CATEGORY, Role.LABEL, Role.TIME, Role.TEXT, Role.CODE)


def rows_by_word(facts: Mapping[str, Facts], roles: Mapping[str, Role]) -> pd.Series:
    """Which rows say of themselves that they are totals."""
    index = next(iter(facts.values())).texts.index
    marked = pd.Series(False, index=index)
    if not any(role in (Role.MEASURE, Role.RATE) for role in roles.values()):
        # nothing to add up: "소계" is the name of a bus stop, not a subtotal
        return marked
    dimensions = [facts[name] for name, role in roles.items() if role in _DIMENSIONS]
    listing = is_listing(facts, roles)
    for found in dimensions:
        words = found.total_words | _other_totals(found)
        hits = found.rows_of(words) if words else pd.Series(False, index=index)
        # a column that says 합계 in every row marks nothing
        if not hits.any() or hits[found.filled].all():
            continue
        if listing:
            hits &= _mostly_blank(dimensions, hits)
        marked |= hits & ~_finest(facts, roles, found.name, hits)
    return marked | _the_whole(dimensions)


def _the_whole(dimensions: list[Facts]) -> pd.Series:
    """``서울시 | 서울시`` above ``성별 | 남자``, ``연령별 | 10대``: groupings side by side and the whole of each."""
    none = pd.Series(False, index=dimensions[0].texts.index) if dimensions else pd.Series(dtype=bool)
    for outer, inner in pairwise(dimensions):
        same = (outer.texts == inner.texts) & (outer.texts != "")
        if not same.any():
            continue
        others = set(outer.texts[~same]) - {""}
        divided = sum(value.endswith(("별", "분류", "구분")) for value in others)
        if len(set(outer.texts[same])) == 1 and len(others) >= 2 and divided >= 0.6 * len(others):
            return same
    return none


def _finest(facts: Mapping[str, Facts], roles: Mapping[str, Role], name: str, hits: pd.Series) -> pd.Series:
    """Rows called 소계 below which nothing is listed: a city without 구 in a column of 구 (시군구별(3))."""
    none = pd.Series(False, index=hits.index)
    before = list(roles)[: list(roles).index(name)]
    if roles[name] == Role.REGION:
        left = [n for n in before if roles[n] == Role.REGION]
    else:
        # 구분별(2) divides 구분별(1)
        left = [n for n in before if _LEVEL.search(name) and _LEVEL.sub("", n) == _LEVEL.sub("", name)]
    if not left:
        return none
    keys = facts[left[0]].texts
    for other in left[1:]:
        keys = keys.str.cat(facts[other].texts, sep="\n")
    named = np.logical_and.reduce([(facts[n].texts != "").to_numpy() for n in left])
    whole = np.logical_or.reduce([facts[n].cells.rows_of(facts[n].total_words) for n in left])
    if roles[name] != Role.REGION:
        # "서울시 | 소계" beside "성별 | 남자" is the whole of the groupings
        whole |= np.logical_or.reduce([facts[n].texts.isin(list(gazetteer().sido)).to_numpy() for n in left])
    listed = set(keys[~hits & facts[name].filled])
    if roles[name] != Role.REGION:
        # the next level down, if there is one, may divide it
        deeper = [
            n for n in list(roles)[list(roles).index(name) + 1 :] if _LEVEL.sub("", n) == _LEVEL.sub("", name)
        ]
        for other in deeper[:1]:
            listed |= set(keys[hits & ~facts[other].rows_of(facts[other].total_words)])
    finest: pd.Series = hits & named & ~whole & ~keys.isin(list(listed))
    return finest


def _other_totals(found: Facts) -> set[str]:
    """Cells that are no total words of themselves, but are in this column."""
    # "전산업…" under "산업별": the whole of what the column divides
    noun = re.sub(r"별.*$", "", bare(found.name))
    whole = re.compile(rf"(?:전|총|전체){re.escape(noun)}") if len(noun) >= 2 and "별" in found.name else None
    values = set(found.cells.texts) - {""}
    return {
        value
        for value in values
        if value.replace(" ", "") in MEAN_ROWS
        or (whole and whole.match(value))
        or (value.endswith("분류") and _is_coarser(value, values))
    }


def _is_coarser(value: str, values: set[str]) -> bool:
    """``지역대분류`` beside ``지역소분류``: the same things in bigger groups."""
    stem = re.fullmatch(r"(.+)[대중]분류", value)
    return stem is not None and f"{stem[1]}소분류" in values


def is_listing(facts: Mapping[str, Facts], roles: Mapping[str, Role]) -> bool:
    """A register of things with names, addresses and numbers, not a table of figures."""
    # a code beside the label it stands for, a translation, what all rows share: no further fact of a thing
    translated = {f"{name}_ENG" for name in roles} | {f"{name}ENG" for name in roles}
    roles = {
        name: role
        for name, role in roles.items()
        if not code_of(name, roles)
        and name.upper() not in translated
        and (
            len(facts[name].distinct) > 1
            or role in (Role.MEASURE, Role.RATE)
            or facts[name].count < _FEW_ROWS
        )
    }
    quantities = sum(role in (Role.MEASURE, Role.RATE) for role in roles.values())
    if any(role in (Role.LATITUDE, Role.LONGITUDE, Role.X, Role.Y) for role in roles.values()):
        return True
    return len(roles) - quantities > 4 and quantities < 0.5 * len(roles)


def _mostly_blank(dimensions: list[Facts], hits: pd.Series) -> pd.Series:
    filled = pd.Series(0, index=hits.index)
    for found in dimensions:
        filled += (found.texts != "").astype(int)
    return filled <= max(3, len(dimensions) // 3)
