"""Columns that are totals of other columns: by word, by arithmetic, or as the whole of named parts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from indexer.intake.adding import Matrix, Sum, agreement, find_sums, wrong_rows
from indexer.intake.facts import Facts
from indexer.intake.lexicon import COLUMN_TOTALS, MEAN_WORDS
from indexer.intake.names import bare
from indexer.intake.table import Role
from indexer.intake.units import unit_in_name

_BRACKETS = re.compile(r"[(\[（].*?[)\]）]")
_WIDEST = 260


@dataclass(frozen=True)
class TotalColumns:
    """Name of each total column and why it is taken for one."""

    columns: dict[str, str] = field(default_factory=dict)
    messages: tuple[str, ...] = ()


def find_total_columns(facts: Mapping[str, Facts], roles: Mapping[str, Role], title: str) -> TotalColumns:
    measures = [name for name, role in roles.items() if role == Role.MEASURE]
    quantities = [name for name, role in roles.items() if role in (Role.MEASURE, Role.RATE)]
    named = {name: found for name in quantities if (found := siblings(name, quantities))}
    matrix = (
        np.column_stack([facts[name].numbers.to_numpy() for name in measures])
        if measures
        else np.empty((0, 0))
    )
    sums = find_sums(matrix) if len(measures) <= _WIDEST else {}
    columns = {measures[place]: _by_sum(measures, found) for place, found in sums.items()}
    messages = []
    for name, parts in named.items():
        if name not in columns or _is_partial(name, parts, measures, sums, matrix):
            columns.setdefault(name, "이름이 합계")
            messages += _does_not_add_up(name, parts, facts, roles)
    messages += _slips(measures, sums, matrix, next(iter(facts.values())).texts.index.to_list())
    subject = _subject(measures, matrix, title, set(columns))
    if subject:
        columns[subject] = "제목이 가리키는 전체로, 나란한 항목의 합보다 늘 크거나 같음"
        messages.append(
            f"'{subject}' 열은 나란한 항목들의 합과 같지 않습니다: 전체로 보고 항목과 더하지 않습니다"
        )
    return TotalColumns({name: columns[name] for name in quantities if name in columns}, tuple(messages))


def _is_partial(name: str, parts: list[str], names: list[str], sums: dict[int, Sum], matrix: Matrix) -> bool:
    """A column called total that adds up only a few of the columns it stands for.

    Groupings side by side (by sex, by age) add up to a multiple of it: that is no defect.
    """
    place = names.index(name)
    if len(sums[place].parts) >= len(parts):
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


def words_of(name: str) -> list[str]:
    plain = _BRACKETS.sub(" ", name)
    # "총 계" is one word set wide
    whole = re.sub(r"\s+", "", plain)
    return [whole] if whole in COLUMN_TOTALS else [word for word in re.split(r"[\s_]+", plain) if word]


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
        if len(found) >= 2:
            return found
    return []


def _does_not_add_up(
    name: str, parts: list[str], facts: Mapping[str, Facts], roles: Mapping[str, Role]
) -> list[str]:
    """A column called total that is no sum of what stands beside it is reported."""
    if roles[name] == Role.RATE or any(word in MEAN_WORDS for word in words_of(name)):
        return []
    whole = facts[name].numbers
    pieces = np.column_stack(
        [facts[part].numbers.to_numpy() for part in parts if roles[part] == Role.MEASURE]
    )
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
            f"모두 더하면 {whole.sum():,.0f}이나 옆 열들은 {sums:,.0f}): 합계 열을 쓰지 않습니다"
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
