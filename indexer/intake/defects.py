"""Defects that do not stop a file from being read, but that a reader of its numbers must know."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from indexer.intake.distinct import combined, first_rows
from indexer.intake.meaning.facts import Facts
from indexer.intake.meaning.roles import PHONE
from indexer.intake.period import years_in_text
from indexer.intake.profile import Understood
from indexer.intake.table import Role

_FEW_SHARE = 0.2
_ROUNDED = r"^\d\.\d+[eE]\+\d{1,2}$|^\d{1,3}(?:,\d{3}){3,},000,000$"
_LOST = r"[가-힣]\?[가-힣0-9]|\d\?\d"
# what cannot be, whatever the file says: a column beyond these bounds holds something else than its name says
_BOUNDS = (
    (
        re.compile(r"이산화탄소.*ppm|co2.*ppm", re.IGNORECASE),
        250.0,
        1e6,
        "바깥 공기의 이산화탄소는 400ppm 안팎입니다",
    ),
    (re.compile(r"기온|온도.*℃"), -90.0, 70.0, "사람이 사는 곳의 기온이 아닙니다"),
    (re.compile(r"습도"), 0.0, 100.0, "습도는 0–100%입니다"),
    (re.compile(r"(?:가동|운영|휴관|근무|영업)일수"), 0.0, 366.0, "한 해는 366일을 넘지 않습니다"),
)


def defects_of(found: Understood, file: str) -> Iterator[str]:
    """One line for each, with the row where it is seen first."""
    roles = {column.name: column.role for column in found.profile.columns}
    yield from _repeated_rows(found.facts)
    yield from _repeated_keys(found.facts, roles)
    yield from _lost_letters(found.facts)
    yield from _names_that_lie(found.facts, roles)
    for name, role in roles.items():
        if role in (Role.MEASURE, Role.RATE):
            yield from _odd_numbers(found.facts[name], role)
        elif role == Role.CATEGORY:
            yield from _mixed_codes(found.facts[name])
        elif role in (Role.CODE, Role.TEXT):
            yield from _spoilt_codes(found.facts[name])
        elif role in (Role.X, Role.Y):
            yield from _odd_grid(found.facts[name])
    yield from _marked(found.facts, roles)
    yield from _cut_off(found.table.frame)
    yield from _missing_years(found, file)


def _first(rows: pd.Series) -> int:
    return int(rows.index[rows.to_numpy(dtype=bool)][0])


def _repeated(columns: list[Facts]) -> pd.Series:
    """Rows that say in these columns what a row before them said."""
    codes = combined([column.cells.places for column in columns])
    repeated = np.ones(len(codes), dtype=bool)
    repeated[first_rows(codes)] = False
    return pd.Series(repeated, index=columns[0].texts.index)


def _repeated_rows(facts: dict[str, Facts]) -> Iterator[str]:
    if len(facts) < 3:
        return
    # rows are the same although they are numbered
    told = [
        column
        for name, column in facts.items()
        if not re.fullmatch(r"연번|번호|순번|no\.?|일련번호", name, re.IGNORECASE)
    ]
    if told and (repeated := _repeated(told)).any():
        yield f"앞의 행과 똑같은 행이 {int(repeated.sum()):,}개 있습니다(처음은 {_first(repeated)}행): 합이 그만큼 클 수 있습니다"


def _repeated_keys(facts: dict[str, Facts], roles: dict[str, Role]) -> Iterator[str]:
    """The same time, place and category twice with different figures, in a table that has nothing else."""
    keys = [name for name, role in roles.items() if role in (Role.TIME, Role.REGION, Role.CATEGORY)]
    rest = [role for name, role in roles.items() if name not in keys]
    if len(keys) < 2 or Role.TIME not in roles.values() or not set(rest) <= {Role.MEASURE, Role.RATE}:
        return
    again = _repeated([facts[name] for name in keys]) & ~_repeated(list(facts.values()))
    if 0 < again.sum() < _FEW_SHARE * len(again):
        yield f"{', '.join(keys)}이 같은데 값이 다른 행이 {int(again.sum()):,}개 있습니다(처음은 {_first(again)}행): 어느 값이 맞는지 확인이 필요합니다"


def _lost_letters(facts: dict[str, Facts]) -> Iterator[str]:
    """A middle dot that cp949 software could not write comes out as a question mark: 종로1?2?3?4가동."""
    for name, column in facts.items():
        lost = {t for t in column.cells.texts if "?" in t and "://" not in t and re.search(_LOST, t)}
        if lost:
            hits = column.rows_of(lost)
            example = re.search(rf"\S*(?:{_LOST})\S*", column.texts[hits].iloc[0])
            shown = example.group()[:30] if example else ""
            yield f"'{name}' 열에서 글자가 '?'로 깨진 칸이 {int(hits.sum()):,}개 있습니다(처음은 {_first(hits)}행 '{shown}')"


def _names_that_lie(facts: dict[str, Facts], roles: dict[str, Role]) -> Iterator[str]:
    for name, found in facts.items():
        if not found.count:
            continue
        if re.search(r"부서|기관명|담당자|주소|성명$", found.bare) and found.share_like(PHONE) > 0.5:
            yield f"'{name}' 열은 이름과 달리 전화번호를 담고 있습니다: 번호로 다룹니다"
        if (
            re.search(r"(?:연도|년도|기준년)$", found.bare)
            and roles[name] == Role.CATEGORY
            and found.share_like(r"\d") < 0.1
        ):
            yield f"'{name}' 열은 이름과 달리 연도가 아니라 '{found.distinct[0]}' 같은 값을 담고 있습니다"
        if (
            re.search(r"(?:일자|날짜|년월일|일시)$", found.bare)
            and roles[name] != Role.TIME
            and found.share_like(r"\d") < 0.1
        ):
            yield f"'{name}' 열은 이름과 달리 날짜가 아니라 '{found.distinct[0]}' 같은 값을 담고 있습니다"


def _odd_numbers(facts: Facts, role: Role) -> Iterator[str]:
    numbers = facts.numbers
    words = facts.filled & numbers.isna()
    if words.any():
        example = facts.texts[words].iloc[0]
        yield f"'{facts.name}' 열에 수가 아닌 값이 {int(words.sum()):,}개 있습니다(처음은 {_first(words)}행 '{example[:20]}'): 셈에 넣지 않습니다"
    for pattern, low, high, why in _BOUNDS:
        outside = (numbers < low) | (numbers > high)
        if pattern.search(facts.name) and outside.any():
            yield f"'{facts.name}' 열에 있을 수 없는 값이 {int(outside.sum()):,}개 있습니다(처음은 {_first(outside)}행): {why}"
    if len(numbers) >= 20 and numbers.notna().all() and not numbers.any():
        yield f"'{facts.name}' 열의 모든 값이 0입니다: 아직 채우지 않은 열일 수 있습니다"
    if role == Role.RATE:
        return
    negative = numbers < 0
    if 0 < negative.mean() < 0.05:
        yield f"'{facts.name}' 열에 음수가 {int(negative.sum()):,}개 있습니다(처음은 {_first(negative)}행)"
    elif negative.mean() >= 0.05 and not re.search(
        r"증감|증가|순|변동|차이|차액|손익|수지|잔액|대비", facts.name
    ):
        yield f"'{facts.name}' 열에 음수가 {negative.mean():.0%} 있습니다: 수가 아니라 늘고 준 양일 수 있습니다"
    yield from _outlier(facts)
    yield from _fractions(facts)


def _outlier(facts: Facts) -> Iterator[str]:
    """One cell of a long column that holds a third of its sum is most likely a slip of the pen."""
    values = facts.numbers.dropna()
    positive = values[values > 0]
    if len(positive) < 100 or positive.max() < 0.3 * positive.sum():
        return
    row = int(positive.index[int(positive.to_numpy().argmax())])
    share = positive.max() / positive.sum()
    yield f"'{facts.name}' 열의 {row}행 값 {positive.max():,.0f}이 열 전체 합의 {share:.0%}입니다: 잘못 적힌 값인지 확인이 필요합니다"


def _fractions(facts: Facts) -> Iterator[str]:
    """Persons and households come whole; a fraction means that a figure was estimated or shared out."""
    if not re.search(r"인구|세대수|학생수|명\)|\d세", facts.name) or facts.whole:
        return
    broken = facts.numbers.notna() & (facts.numbers % 1 != 0)
    if broken.mean() < 0.2:
        yield f"'{facts.name}' 열에 사람 수가 소수인 칸이 {int(broken.sum()):,}개 있습니다(처음은 {_first(broken)}행): 나누어 어림한 값입니다"


def _mixed_codes(facts: Facts) -> Iterator[str]:
    values = set(facts.distinct)
    mixed = [
        value for value in values if value.isdigit() and not value.startswith("0") and f"0{value}" in values
    ]
    if mixed:
        yield f"'{facts.name}' 열에 같은 코드가 두 가지로 적혀 있습니다('{min(mixed)}'과 '0{min(mixed)}')"


def _spoilt_codes(facts: Facts) -> Iterator[str]:
    """Long numbers that went through a spreadsheet: 2.02E+15, or with commas and zeros for their last digits."""
    spoilt = facts.rows_like(_ROUNDED)
    if spoilt.any():
        yield f"'{facts.name}' 열에 스프레드시트가 줄여 적은 번호가 {int(spoilt.sum()):,}개 있습니다(처음은 {_first(spoilt)}행 '{facts.texts[spoilt].iloc[0][:24]}'): 원래 번호를 알 수 없습니다"


def _odd_grid(facts: Facts) -> Iterator[str]:
    """Metres of one grid vary by a few hundred kilometres; degrees or another grid among them stand far off."""
    numbers = facts.numbers.dropna()
    if len(numbers) < 5:
        return
    middle = numbers.median()
    odd = (facts.numbers - middle).abs() > max(0.45 * abs(middle), 100_000)
    spread = float(np.nanpercentile((numbers - middle).abs(), 90))
    odd &= (facts.numbers - middle).abs() > 8 * max(spread, 1.0)
    if odd.any():
        yield f"'{facts.name}' 열에 좌표계와 맞지 않는 값이 {int(odd.sum()):,}개 있습니다(처음은 {_first(odd)}행 {facts.texts[odd].iloc[0]})"


def _marked(facts: dict[str, Facts], roles: dict[str, Role]) -> Iterator[str]:
    """Numbers with a mark behind them are provisional, estimated or measured for too short a time."""
    quantities = [facts[name] for name, role in roles.items() if role in (Role.MEASURE, Role.RATE)]
    marked = {one.name: one.rows_like(r"\d\s*(?:\*+|\(?[pe]\)?)$") for one in quantities}
    cells = sum(int(hits.sum()) for hits in marked.values())
    if cells:
        name, hits = next((name, hits) for name, hits in marked.items() if hits.any())
        row = _first(hits)
        yield f"값 뒤에 표시가 붙은 칸이 {cells:,}개 있습니다(처음은 '{name}' 열 {row}행 '{facts[name].texts[row]}'): 잠정치나 참고값일 수 있습니다"


def _cut_off(frame: pd.DataFrame) -> Iterator[str]:
    last = str(frame.iloc[-1, -1])
    if re.fullmatch(r"\d+\.", last):
        yield f"마지막 칸이 '{last}'에서 잘렸습니다: 파일이 끝까지 받아졌는지 확인해 주십시오"


def _missing_years(found: Understood, file: str) -> Iterator[str]:
    """A file name that promises a span of years of which the table has only some."""
    promised = years_in_text(file)
    years = found.profile.years
    stated = re.findall(r"(?<!\d)(?:19|20)\d{2}(?=년|_|\.|\)|$)(?!\d)", file.rsplit(".", 1)[0])
    if (
        len(promised) == 1
        and stated
        and years
        and promised[0] > max(years)
        and found.profile.years_from == "header"
    ):
        yield f"파일 이름은 {promised[0]}년이라고 하나 머리글은 {years[-1]}년입니다"
    if len(promised) > 1 and years and set(years) < set(promised):
        yield f"파일 이름은 {promised[0]}–{promised[-1]}년이라고 하나 표에는 {', '.join(map(str, years))}년만 있습니다"
    for name, role in ((c.name, c.role) for c in found.profile.columns):
        if role == Role.TIME and found.profile.years_from == "column":
            facts = found.facts[name]
            named = zip(facts.cells.texts, facts.periods, strict=True)
            wrong = facts.filled & facts.rows_of({text for text, p in named if len(text) > 5 and p is None})
            if 0 < wrong.mean() < 0.4:
                yield f"'{name}' 열에 날짜로 읽히지 않는 값이 {int(wrong.sum()):,}개 있습니다(처음은 {_first(wrong)}행 '{facts.texts[wrong].iloc[0][:20]}')"
