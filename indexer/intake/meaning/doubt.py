"""The careful reading: columns whose own name does not say what they count are summed only if it is safe."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from indexer.intake.meaning import lexicon
from indexer.intake.meaning.facts import Facts
from indexer.intake.meaning.units import is_rate_unit, unit_in_lines, unit_in_name
from indexer.intake.meaning.wide import read_heading
from indexer.intake.names import NAMELESS, bare
from indexer.intake.table import Role

# titles of tables whose figures are means, shares, prices or degrees
_RATE_TITLE = re.compile(
    r"지수|물가|가격|시세|혼잡도|농도|오염도|기온|온도|습도|위험도|만족도|체감|신뢰도|안전도|점수|비율|이용률|출산율|사망률|실업률|고용률|보급률|참여율|[가-힣]율|[가-힣]률|평균|밀도|단가|요금|금리|환율"
)


_PER_HEAD = re.compile(r"(?:두|마리|1인|가구|세대|호|병상|학급|교원|교사)당")
_MOST_SHARES, _SHARE_SLACK = 40, 0.6


def doubtful_rates(
    facts: Mapping[str, Facts], roles: Mapping[str, Role], title: str, preamble: Sequence[str]
) -> dict[str, Role]:
    """Measures that are better read as rates."""
    measures = [name for name, role in roles.items() if role == Role.MEASURE]
    said = " ".join([title, *preamble[:5], *_constants(facts, roles), *_dimension_names(roles)])
    unit = unit_in_lines(preamble) or _column_unit(facts)
    if is_rate_unit(unit) and not any(unit_in_name(name) for name in measures):
        return dict.fromkeys(measures, Role.RATE)
    if _PER_HEAD.search(bare(title)):
        return dict.fromkeys([name for name in measures if not unit_in_name(name)], Role.RATE)
    if shares := _shares(facts, measures):
        return dict.fromkeys(shares, Role.RATE)
    generic = [name for name in measures if _is_generic(name)]
    if (
        generic
        and _RATE_TITLE.search(said)
        and not unit
        and not any(name.startswith(NAMELESS) for name in generic)
    ):
        return dict.fromkeys(generic, Role.RATE)
    result = {}
    if _RATE_TITLE.search(said) and not unit and not _says_amount(said):
        # what names no count of its own is of what the title says: 용도지역_주거지역 of a 지가변동률
        result = {
            n: Role.RATE for n in measures if not facts[n].whole and not unit_in_name(n) and not _counts(n)
        }
    for name in generic:
        # a count is whole; a nameless figure with decimals and no unit may be anything
        if not unit and not unit_in_name(name) and not facts[name].whole and not _says_amount(said):
            result[name] = Role.RATE
    return result | _companions(generic, roles)


def _shares(facts: Mapping[str, Facts], measures: Sequence[str]) -> list[str]:
    """Neighbouring columns with decimals that add up to a hundred in row after row are shares of it."""
    if not 3 <= len(measures) <= _MOST_SHARES or all(facts[name].whole for name in measures):
        return []
    matrix = np.column_stack([facts[name].numbers.to_numpy() for name in measures])
    for width in range(len(measures), 2, -1):
        for first in range(len(measures) - width + 1):
            sums = matrix[:, first : first + width].sum(axis=1)
            given = sums[~np.isnan(sums)]
            near = np.abs(given - 100) <= _SHARE_SLACK
            if len(given) >= 4 and near.mean() >= 0.9:
                return list(measures[first : first + width])
    return []


def _counts(name: str) -> bool:
    """Does the name say a count or an amount?"""
    rest = bare(read_heading(name).rest)
    return any(words.search(rest) for words in (lexicon.FLOW, lexicon.STOCK, lexicon.MEASURE_END))


def _is_generic(name: str) -> bool:
    return name.startswith(NAMELESS) or not read_heading(name).rest


def _says_amount(text: str) -> bool:
    plain = bare(text)
    return bool(re.search(r"면적|금액|매출|생산량|배출량|소비량|사용량|강수량|강우량|예산|연장", plain))


def _companions(generic: Sequence[str], roles: Mapping[str, Role]) -> dict[str, Role]:
    """``평일(일평균)`` beside ``토요일``: what one column of a row of weekdays or hours is, all are."""
    kin = [name for name, role in roles.items() if role == Role.RATE and read_heading(name).dims]
    dims = {dim for name in kin for dim in read_heading(name).dims}
    return {name: Role.RATE for name in generic if set(read_heading(name).dims) & dims}


def _constants(facts: Mapping[str, Facts], roles: Mapping[str, Role]) -> list[str]:
    """What stands in every row says what the table is about (항목: 수입물가지수)."""
    texts = [n for n, role in roles.items() if role in (Role.CATEGORY, Role.TEXT, Role.LABEL)]
    return [
        facts[n].distinct[0] for n in texts if _says_one_thing(facts[n]) and len(facts[n].distinct[0]) < 40
    ]


def _says_one_thing(found: Facts) -> bool:
    """One value in every row, or a few items that are all rates (지수, 증감률)."""
    if len(found.distinct) == 1:
        return True
    return bare(found.name) in ("항목", "구분", "지표") and all(map(_RATE_TITLE.search, found.distinct[:6]))


def _dimension_names(roles: Mapping[str, Role]) -> list[str]:
    return [name for name, role in roles.items() if role in (Role.CATEGORY, Role.LABEL)]


def _column_unit(facts: Mapping[str, Facts]) -> str | None:
    """The unit that a column called 단위 gives to every row, if it is one for all."""
    for name, found in facts.items():
        if bare(name) in ("단위", "단위명", "unit", "unitnm") and len(found.distinct) == 1:
            return found.distinct[0]
    return None
