"""Columns that are totals of other columns: by word, by arithmetic, or as the whole of named parts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from indexer.intake.meaning import lexicon
from indexer.intake.meaning.facts import Facts
from indexer.intake.meaning.lexicon import COLUMN_TOTALS, MEAN_WORDS, words_of
from indexer.intake.meaning.units import unit_in_name
from indexer.intake.meaning.wide import read_heading
from indexer.intake.names import bare
from indexer.intake.table import Role
from indexer.intake.totals.across import agreed, countries, repeated
from indexer.intake.totals.adding import Matrix, Sum, agreement, find_sums, wrong_rows

_TOTAL_ENDING = re.compile(r"[가-힣](?:소계|합계|총계|전체|계)$")
_HUNDRED = 100.0
_WIDEST, _WIDEST_BLOCK = 260, 40


BY_NAME = "이름이 합계"
"""Called a total, but no sum of what stands beside it."""


@dataclass(frozen=True)
class TotalColumns:
    """Name of each total column and why it is taken for one."""

    columns: dict[str, str] = field(default_factory=dict)
    messages: tuple[str, ...] = ()


def find_total_columns(facts: Mapping[str, Facts], roles: Mapping[str, Role], title: str) -> TotalColumns:
    measures = [name for name, role in roles.items() if role == Role.MEASURE]
    quantities = [name for name, role in roles.items() if role in (Role.MEASURE, Role.RATE)]
    named = {
        name: found
        for name in quantities
        if (found := siblings(name, quantities) or _formula(name, quantities))
    }
    named = {
        name: parts
        for name, parts in named.items()
        if not _is_hundred(facts[name])
        and (
            len(parts) > 1
            or "".join(words_of(name)) in COLUMN_TOTALS
            or facts[name].numbers.equals(facts[parts[0]].numbers)
        )
    }
    matrix = _matrix(facts, measures)
    sums = agreed(measures, _find_all(matrix, _blocks_of(measures))) if len(measures) <= _WIDEST else {}
    columns = {measures[place]: _by_sum(measures, found) for place, found in sums.items()}
    columns |= _by_ending(measures, matrix, columns)
    columns |= repeated(measures, columns) | countries(measures)
    messages = []
    for name, parts in named.items():
        if name not in columns or _is_partial(name, parts, measures, sums, matrix):
            columns.setdefault(name, BY_NAME)
            messages += _does_not_add_up(name, parts, facts, roles)
    messages += _slips(measures, sums, matrix, next(iter(facts.values())).texts.index.to_list())
    subject = _subject(measures, matrix, title, set(columns))
    if subject:
        columns[subject] = "제목이 가리키는 전체로, 나란한 항목의 합보다 늘 크거나 같음"
        messages.append(
            f"'{subject}' 열은 나란한 항목들의 합과 같지 않습니다: 전체로 보고 항목과 더하지 않습니다"
        )
    return TotalColumns({name: columns[name] for name in quantities if name in columns}, tuple(messages))


def _is_hundred(found: Facts) -> bool:
    """The whole of shares is 100 in every row: no total that could be used or mistaken."""
    values = found.numbers.dropna()
    return bool(len(values) and (values == _HUNDRED).all())


def _matrix(facts: Mapping[str, Facts], names: list[str]) -> Matrix:
    return np.column_stack([facts[name].numbers.to_numpy() for name in names]) if names else np.empty((0, 0))


def _blocks_of(measures: list[str]) -> list[list[int]]:
    """Places of the columns that say the same year or place: 2020 취업자, 2020 실업자, …"""
    blocks: dict[tuple[object, ...], list[int]] = {}
    for place, name in enumerate(measures):
        heading = read_heading(name)
        blocks.setdefault((heading.period_text, heading.dims.get("region")), []).append(place)
    return [block for block in blocks.values() if 3 <= len(block) <= _WIDEST_BLOCK] if len(blocks) > 1 else []


def _by_ending(measures: list[str], matrix: Matrix, known: Mapping[str, str]) -> dict[str, str]:
    """``인명피해소계`` before ``사망``, ``부상``: small numbers prove little, but name and sum together do."""
    found = {}
    for place, name in enumerate(measures):
        if name in known or not _TOTAL_ENDING.search(bare(name)):
            continue
        runs = [range(place + 1, place + 1 + n) for n in range(2, 7)] + [
            range(place - n, place) for n in range(2, 7)
        ]
        for run in runs:
            if run.start >= 0 and run.stop <= len(measures) and _adds_up(matrix, place, tuple(run)):
                found[name] = f"= {measures[run.start]} + … + {measures[run.stop - 1]}"
                break
    return found


def _adds_up(matrix: Matrix, total: int, parts: tuple[int, ...]) -> bool:
    whole, pieces = np.nan_to_num(matrix[:, total]), np.nan_to_num(matrix[:, list(parts)])
    working = whole != 0
    used = (pieces[working] != 0).any(axis=0)
    return bool(
        working.sum() >= 3 and used.all() and (np.abs(whole - pieces.sum(axis=1)) < 1e-6).mean() >= 0.99
    )


def _find_all(matrix: Matrix, blocks: list[list[int]]) -> dict[int, Sum]:
    """Sums of columns, and sums of what is left when the parts of those are taken out: 계 = 초 + 중 + 고등학교계.

    In each block of a wide table they are looked for by themselves too, in more ways than the width allows.
    """
    found: dict[int, Sum] = {}
    for block in blocks:
        found |= {block[total]: _moved(one, block) for total, one in find_sums(matrix[:, block]).items()}
    found |= {total: one for total, one in find_sums(matrix).items() if total not in found}
    parts = {place for one in found.values() for place in one.parts}
    left = [place for place in range(matrix.shape[1]) if place not in parts]
    if not parts or len(left) < 3:
        return found
    outer = find_sums(matrix[:, left])
    return {left[total]: _moved(one, left) for total, one in outer.items()} | found


def _moved(found: Sum, places: list[int]) -> Sum:
    return replace(found, total=places[found.total], parts=tuple(places[part] for part in found.parts))


def _is_partial(name: str, parts: list[str], names: list[str], sums: dict[int, Sum], matrix: Matrix) -> bool:
    """A column called total that adds up only a few of the columns it stands for.

    Groupings side by side (by sex, by age) add up to a multiple of it: that is no defect.
    """
    place = names.index(name)
    if place not in sums or len(sums[place].parts) >= len(parts):
        return False
    whole = np.nansum(matrix[:, place])
    siblings_sum = np.nansum(matrix[:, [names.index(part) for part in parts if part in names]])
    times = siblings_sum / whole if whole else 0.0
    return abs(times - round(times)) > 0.002 and len(sums[place].parts) < 0.5 * len(parts)


def _slips(names: list[str], sums: dict[int, Sum], matrix: Matrix, rows: list[int]) -> list[str]:
    messages = []
    for place, found in sums.items():
        wrong = wrong_rows(matrix, found)
        if len(wrong):
            messages.append(
                f"'{names[place]}' 열이 {_by_sum(names, found)[2:]}과 다른 행이 {len(wrong):,}개 있습니다(처음은 {rows[wrong[0]]}행)"
            )
    return messages


def _by_sum(names: list[str], found: Sum) -> str:
    parts = [names[place] for place in found.parts]
    listed = " + ".join(parts) if len(parts) <= 3 else f"{parts[0]} + … + {parts[-1]} ({len(parts)}개)"
    return f"= {listed}"


def siblings(name: str, names: list[str]) -> list[str]:
    """The columns a total word in ``name`` stands for: those that differ from it at that word."""
    words = words_of(name)
    for place, word in enumerate(words):
        if word not in COLUMN_TOTALS:
            continue
        found = []
        for other in names:
            parts = words_of(other)
            if (
                other != name
                and parts[:place] == words[:place]
                and len(parts) > place
                and parts[place] not in COLUMN_TOTALS
            ):
                found.append(other)
        # "합계 남자" stands for "한국인 남자" and "등록외국인 남자", not for their 여자
        tail = words[place + 1 :]
        found = [other for other in found if words_of(other)[place + 1 :] == tail] if tail else found
        same_unit = [other for other in found if unit_in_name(other) == unit_in_name(name)]
        found = same_unit if len(same_unit) >= 2 else found
        # what the whole divides may come in one part only: 합계 신호위반 = 운전자법규위반 신호위반
        if len(found) >= 2 or (found and (tail or place)):
            return found
    return others if (others := _whole_of_few(name, names)) else []


def _formula(name: str, names: list[str]) -> list[str]:
    """``전체방문자(a+b+c)`` stands for the columns marked (a), (b) and (c)."""
    letters = lexicon.FORMULA.search(name)
    if not letters:
        return []
    marks = [f"({letter.strip()})" for letter in letters[1].split("+")]
    return [other for other in names if any(other.replace(" ", "").endswith(mark) for mark in marks)]


def _whole_of_few(name: str, names: list[str]) -> list[str]:
    """A column called nothing but 계 beside a single other is the whole of it and of what is not shown."""
    others = [other for other in names if other != name and unit_in_name(other) == unit_in_name(name)]
    return others if "".join(words_of(name)) in COLUMN_TOTALS and len(names) == 2 else []


def _does_not_add_up(
    name: str, parts: list[str], facts: Mapping[str, Facts], roles: Mapping[str, Role]
) -> list[str]:
    """A column called total that is no sum of what stands beside it is reported."""
    if roles[name] == Role.RATE or any(word in MEAN_WORDS for word in words_of(name)):
        return []
    whole = facts[name].numbers
    counted = [part for part in parts if roles[part] == Role.MEASURE]
    pieces = _matrix(facts, counted)
    if pieces.size == 0 or agreement(
        np.column_stack([whole.to_numpy(), pieces]), 0, tuple(range(1, pieces.shape[1] + 1))
    ):
        return []
    difference = (whole - np.nansum(pieces, axis=1)).abs() > 1e-6 * whole.abs().clip(lower=1)
    wrong = difference & whole.notna() & (np.nansum(pieces, axis=1) != 0)
    if not wrong.any():
        return []
    first, sums = int(wrong.index[wrong.to_numpy()][0]), float(np.nansum(pieces))
    return [
        (
            f"'{name}' 열이 옆 열들의 합과 다른 행이 {int(wrong.sum()):,}개 있습니다(처음은 {first}행; "
            f"모두 더하면 {whole.sum():,.0f}이나 옆 열들은 {sums:,.0f}): 옆 열들과 더하지 않고 따로 둡니다"
        )
    ]


def _subject(measures: list[str], matrix: Matrix, title: str, known: set[str]) -> str | None:
    """A count named like the file's subject before its kinds (``집객시설_수`` before ``은행_수`` …).

    The kinds shown are often only some of all, so the whole is larger than their sum in every row.
    """
    suffix = re.compile(r"[\s_]수$")
    kinds = [place for place, name in enumerate(measures) if suffix.search(name) and name not in known]
    if len(kinds) < 4:
        return None
    first = kinds[0]
    noun = bare(suffix.sub("", measures[first]))
    rest = np.nansum(matrix[:, kinds[1:]], axis=1)
    whole = np.nan_to_num(matrix[:, first])
    return (
        measures[first]
        if noun in bare(title) + title.replace(" ", "") and (whole >= rest).mean() >= 0.99
        else None
    )
