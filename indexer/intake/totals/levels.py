"""Rows whose labels say that they hold other rows: ages that span ages, a 시도 above its 시군구, ``(a+b)``."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from indexer.intake.meaning import lexicon
from indexer.intake.meaning.facts import Facts
from indexer.intake.meaning.roles import code_of
from indexer.intake.table import Role
from indexer.intake.totals.words import is_listing
from search.language.gazetteer import gazetteer, is_aggregate, plain_place

_OLDEST = 200
_BLOCKS, _LONG_BLOCK, _MOSTLY = 2, 3, 0.9
_NAMED = (Role.CATEGORY, Role.REGION, Role.LABEL, Role.TEXT)
_AGES = (
    (re.compile(r"^(?:만\s*)?(\d{1,3})\s*세?\s*[-~∼–]\s*(\d{1,3})\s*세?(?:\s*이하)?$"), 0),
    (re.compile(r"^(?:만\s*)?(\d{1,3})\s*세\s*(?:이상|\+)$|^(\d{2,3})\+$"), _OLDEST),
    (re.compile(r"^(?:만\s*)?(\d{1,3})\s*세\s*미만$"), -1),
    (re.compile(r"^(?:만\s*)?(\d{1,3})\s*세$"), 1),
)
_CITY, _WARD = re.compile(r"^[가-힣]{2,4}시$"), re.compile(r"^[가-힣]{1,4}구$")


def rows_by_label(facts: Mapping[str, Facts], roles: Mapping[str, Role]) -> pd.Series:
    """Parents of other rows by what they are called."""
    index = next(iter(facts.values())).texts.index
    marked = pd.Series(False, index=index)
    if is_listing(facts, roles) or not any(role in (Role.MEASURE, Role.RATE) for role in roles.values()):
        return marked
    for name, role in roles.items():
        found = facts[name]
        if (label := code_of(name, facts)) and roles[label] in _NAMED:
            marked |= _prefixes_of_codes(found)
        if role in (Role.CATEGORY, Role.LABEL, Role.TEXT):
            parents = _wider_ages(found.distinct) | {
                text for text in found.distinct if lexicon.FORMULA.search(text)
            }
            marked |= found.texts.isin(list(parents))
        elif role == Role.TIME:
            marked |= _wider_times(found)
        elif role == Role.REGION:
            alone = not any(r in (Role.CATEGORY, Role.TIME) for r in roles.values())
            marked |= _aggregates(found)
            # beside a column of 시도, none of those in this one holds what follows it
            if not _is_inner(name, roles):
                marked |= _above(found, alone=alone)
    return marked | _blank_inside(facts, roles)


def _is_inner(name: str, roles: Mapping[str, Role]) -> bool:
    left = list(roles)[: list(roles).index(name)]
    return any(roles[other] == Role.REGION for other in left)


def _blank_inside(facts: Mapping[str, Facts], roles: Mapping[str, Role]) -> pd.Series:
    """``서울 | (blank)`` right above ``서울 | 종로구``, ``서울 | 중구``: the block's first row is the whole of it."""
    names = list(roles)
    quantities = [n for n in names if roles[n] in (Role.MEASURE, Role.RATE)]
    marked = pd.Series(False, index=facts[names[0]].texts.index)
    for outer, inner in pairwise(names[: names.index(quantities[0])]):
        if roles[outer] not in _NAMED or roles[inner] not in _NAMED:
            continue
        marked |= _stair(facts[outer].texts, facts[inner].texts)
        blank = facts[inner].texts == ""
        starts = facts[outer].texts != facts[outer].texts.shift()
        followed = (~blank).shift(-1, fill_value=False) & ~starts.shift(-1, fill_value=True)
        heads = blank & starts & followed
        # a few blanks are gaps; blocks whose first rows are all blank are a way of printing
        several = heads.sum() >= _BLOCKS or (heads.any() and (~blank).sum() >= _LONG_BLOCK)
        if several and (blank & starts).sum() >= _MOSTLY * starts.sum():
            marked |= heads
    return marked


def _stair(outer: pd.Series, inner: pd.Series) -> pd.Series:
    """``용인시 |`` above ``| 처인구``, ``| 기흥구``: either column is filled, the inner one in rows of its own."""
    steps = (outer == "") & (inner != "")
    both = (outer != "") & (inner != "")
    heads = (outer != "") & (inner == "") & steps.shift(-1, fill_value=False)
    several = heads.sum() >= _BLOCKS or (heads.any() and steps.sum() >= _LONG_BLOCK)
    return heads if several and not both.any() else pd.Series(False, index=outer.index)


def _prefixes_of_codes(codes: Facts) -> pd.Series:
    """``001`` holds ``001025``: the longer code goes on where the shorter ends."""
    known = set(codes.distinct)
    if _is_counted(known):
        return pd.Series(False, index=codes.texts.index)
    parents = {code[:end] for code in known for end in range(2, len(code)) if code[:end] in known}
    return codes.texts.isin(list(parents))


def _is_counted(codes: set[str]) -> bool:
    """1, 2, … 120: numbers one after the other, of which 12 does not hold 120."""
    numbers = [int(code) for code in codes if code.isdigit() and not code.startswith("0")]
    return len(numbers) == len(codes) > 2 and max(numbers) - min(numbers) < 1.5 * len(numbers)


def _wider_times(found: Facts) -> pd.Series:
    """``2022`` beside ``2022. 01`` … ``2022. 12``: the year is the whole of its months."""
    parts = Counter(p.year for p in found.periods if p and p.granularity in ("half", "quarter", "month"))
    wholes = (p is not None and p.granularity == "year" and parts[p.year] > 1 for p in found.periods)
    return pd.Series(found.cells.rows(wholes), index=found.texts.index)


def age_span(text: str) -> tuple[int, int] | None:
    """First age and the one after the last: ``65세 이상`` → (65, 200), ``15~19세`` → (15, 20)."""
    for pattern, kind in _AGES:
        if match := pattern.match(text.strip()):
            first = int(match[1] or match[2])
            if kind == 0:
                return first, int(match[2]) + 1
            return (0, first) if kind == -1 else (first, _OLDEST if kind == _OLDEST else first + 1)
    return None


def _wider_ages(values: list[str]) -> set[str]:
    """Ages that two or more of the other ages fill without a gap."""
    spans = {value: span for value in values if (span := age_span(value))}
    if len(spans) < 4:
        return set()
    return {value for value, span in spans.items() if _is_tiled(span, set(spans.values()) - {span})}


def _is_tiled(whole: tuple[int, int], others: set[tuple[int, int]]) -> bool:
    inside = sorted(span for span in others if whole[0] <= span[0] and span[1] <= whole[1])
    reached = {whole[0]: 0}
    for first, last in inside:
        if first in reached:
            reached[last] = max(reached.get(last, 0), reached[first] + 1)
    return reached.get(whole[1], 0) >= 2


def _aggregates(found: Facts) -> pd.Series:
    """``동부``, ``수도권`` in a column of 시도 or 시군구: another split of the same country."""
    known = gazetteer()
    groups = [
        value for value in found.distinct if is_aggregate(value) and plain_place(value) not in known.sido
    ]
    places = sum(plain_place(value) in known.sido for value in found.distinct)
    return found.texts.isin(groups if groups and places >= 2 else [])


def _above(found: Facts, *, alone: bool) -> pd.Series:
    """A 시도 right above its 시군구, a city right above its 구, all in one column.

    Where other columns divide the places (sexes, items), one label stands on several rows: blocks are compared.
    """
    texts = found.texts.map(plain_place)
    known = gazetteer()
    # 동부, 면부 between a city and its wards are set aside by themselves
    between = [value for value in texts.unique() if is_aggregate(value) and value not in known.sido]
    starts = (~texts.eq(texts.shift()) | alone) & ~texts.isin(between)
    blocks = texts[starts]
    names = blocks.map(known.sido.get)
    # "세종특별자치시" above "세종시" is no second 시도
    again = blocks == blocks.where(names.notna()).ffill().shift()
    is_sido = names.notna() & (again | (names != names.ffill().shift()))
    is_inner = ~is_sido & (blocks.str.contains(r"[시군구]$", regex=True) | names.notna())
    level = is_sido.astype(int) + 2 * is_inner.astype(int)
    named = blocks[is_sido]
    if len(named) > 1.5 * named.nunique():
        # a 시도 that comes again and again holds nothing: 창원 among the 시도 of the fire brigades
        return pd.Series(False, index=texts.index)
    if (level == 1).sum() < 2 or (level == 2).sum() < 10 or (level == 0).mean() > 0.1:
        return pd.Series(False, index=texts.index)
    city = blocks.str.match(_CITY) & (level == 2)
    ward = blocks.str.match(_WARD) & (level == 2)
    metropolitan = blocks.where(level == 1).ffill().fillna("").str.contains(r"광역시|특별시", regex=True)
    following = level.shift(-1, fill_value=0)
    # "경기도 의정부시" below "세종특별자치시" is none of its own
    other = found.texts[starts].str.split().str[0].map(known.sido.get)
    strange = (other.notna() & (other != names.ffill())).shift(-1, fill_value=False)
    parents = ((level == 1) & (following == 2) & ~strange) | (
        city & ward.shift(-1, fill_value=False) & ~metropolitan
    )
    flags = np.where(parents.to_numpy(), 1.0, 0.0)
    spread = pd.Series(flags, index=blocks.index).reindex(texts.index).ffill()
    return spread.eq(1.0)
