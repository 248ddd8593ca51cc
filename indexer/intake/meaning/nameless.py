"""Columns without a name: what their cells alone say of positions and codes."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from indexer.intake.meaning.coordinates import LAT_BOUNDS, LON_BOUNDS
from indexer.intake.meaning.facts import Facts
from indexer.intake.names import NAMELESS
from indexer.intake.table import Role

_ENOUGH, _POINTS = 40, 5


def nameless_roles(facts: Mapping[str, Facts], roles: Mapping[str, Role]) -> dict[str, Role]:
    """Roles of those that the cells alone make sure of."""
    return _codes(facts, roles) | _axes(facts)


def _codes(facts: Mapping[str, Facts], roles: Mapping[str, Role]) -> dict[str, Role]:
    """Without a name to say what they count, whole numbers that never recur, or recur with a word, are codes."""
    nameless = [n for n, role in roles.items() if n.startswith(NAMELESS) and role == Role.MEASURE]
    words = [facts[n] for n, role in roles.items() if role in (Role.CATEGORY, Role.REGION)]
    return {
        name: Role.CODE
        for name in nameless
        if facts[name].whole
        and (
            (facts[name].count >= _ENOUGH and len(facts[name].distinct) == facts[name].count)
            or _stands_for(facts[name], words)
        )
    }


def _stands_for(codes: Facts, words: Sequence[Facts]) -> bool:
    """One number for each word of another column, and one word for each number."""
    if not 2 <= len(codes.distinct) <= 0.5 * codes.count:
        return False
    for other in words:
        pairs = set(zip(codes.texts, other.texts, strict=True))
        if len(pairs) == codes.texts.nunique() == other.texts.nunique():
            return True
    return False


def _axes(facts: Mapping[str, Facts]) -> dict[str, Role]:
    """Columns without a name whose neighbours, all with decimals, are a latitude and a longitude."""
    names = [name for name in facts if name.startswith(NAMELESS) and facts[name].numeric_share > 0.9]
    for one, other in pairwise(names):
        for lat, lon in ((one, other), (other, one)):
            if _all_within(facts[lat], LAT_BOUNDS) and _all_within(facts[lon], LON_BOUNDS):
                return {lat: Role.LATITUDE, lon: Role.LONGITUDE}
    return {}


def _all_within(facts: Facts, bounds: tuple[float, float]) -> bool:
    values = facts.numbers.dropna()
    within = float(values.between(*bounds).mean()) if len(values) else 0.0
    return len(values) >= _POINTS and within > 0.9 and bool((values % 1 != 0).mean() > 0.9)
