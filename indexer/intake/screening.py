"""Personal data in a table: what would identify a person must not be published unseen.

Identity numbers are known by their shape and the date in them, not by their check digit: since October 2020
the last six digits are random. A corporation's registration number has the same shape and is told apart by
its column's name and its own check digit over the whole column. What is found is only ever shown masked.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from indexer.intake.meaning.facts import Facts, facts_of
from indexer.intake.names import bare
from indexer.intake.table import Finding, Personal, Table

_LATEST_BIRTH_YEAR = 2039
_CENTURY = {"9": 1800, "0": 1800, "1": 1900, "2": 1900, "5": 1900, "6": 1900, "3": 2000, "4": 2000, "7": 2000, "8": 2000}  # fmt: skip
# digits before or after, or a decimal point before, make it a part of some other number
_HYPHENED = re.compile(r"(?<![\d.\-])(\d{6})\s?[-–]\s?(\d)(\d{6})(?![\d\-])")
_BARE = re.compile(r"(?<![\d.\-])(\d{6})(\d)(\d{6})(?![\d\-])")
_PASSPORT = re.compile(r"(?<![A-Za-z0-9])[MSRODG](?:\d{8}|\d{3}[A-Z]\d{4})(?![A-Za-z0-9])")
_LICENCE = re.compile(r"(?<![\d\-])(?:1[1-9]|2[0-68])-\d{2}-\d{6}-\d{2}(?![\d\-])")
_CARD = re.compile(r"(?<![\d\-])(?:\d{4}-){3}\d{4}(?![\d\-])")
_ACCOUNT = re.compile(r"(?<![\d\-])\d{2,6}-\d{2,6}-\d{2,7}(?:-\d{1,3})?(?![\d\-])")
_MOBILE = re.compile(r"(?<![\w.\-=/&])01[016789][-.\s]?\d{3,4}[-.\s]?\d{4}(?!\d)")
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z]{2,})+")
_MASKS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_HYPHENED, lambda found: f"{found[1]}-{found[2]}******"),
    (_BARE, lambda found: f"{found[1]}{found[2]}******" if is_identity(found) else found[0]),
    (_LICENCE, lambda found: found[0][:5] + "-******-**"),
    (_CARD, lambda found: found[0][:4] + "-****-****-****"),
    (_PASSPORT, lambda found: found[0][:2] + "*" * (len(found[0]) - 2)),
    (_MOBILE, lambda found: found[0][:3] + "-****-****"),
    (_MAIL, lambda found: found[0][0] + "***@" + found[0].split("@")[1]),
)
# what no cell with any of the above is without, for RE2 and a little too wide: Python's patterns then decide.
# Digits of other scripts are digits to Python: a cell with one of them is looked at in any case
_NEAR = (
    r"@|[0-9]{6}(?s:.{0,3})[0-9]{7}|[0-9]{10}|[MSRODG][0-9]{3}|[0-9]-[0-9]{2}-[0-9]{6}"
    r"|[0-9]{4}-[0-9]{4}-[0-9]{4}|01[016789](?s:.)?[0-9]{3}|[^\x00-\x7F\PN]"
)
_FOUR_DIGITS = re.compile(r"\d{4}|@")
_PERSON_NUMBER = re.compile(r"주민|외국인등록|등록번호|실명번호|(?<!발)생년월일|식별번호|개인번호|신분")
_LOSES_ZEROS = re.compile(r"주민|외국인등록|실명번호|개인번호")
_CORPORATION = re.compile(r"법인|회사|사업자|기업|고유번호|단체")
_PERSON_NAME = re.compile(
    r"^(?:이름|성명|성함|한글성명|신청자명?|대상자명?|수급자명?|환자명?|학생명|고객명|회원명)$"
)
_BIRTH = re.compile(r"(?<!발)생년월일|출생일|생일")
_HOME = re.compile(r"주소|거주지|자택")
_SHOWN = 30


def screen(table: Table, facts: Mapping[str, Facts] | None = None) -> tuple[Finding, ...]:
    """Everything found, the sure ones first. ``facts`` are those of the table, where they are known already."""
    columns = facts or facts_of(table.frame)
    found = [finding for column in columns.values() for finding in _in_column(column)]
    found += _beside(table)
    found += _persons(table.frame)
    return tuple(sorted(found, key=lambda finding: not finding.sure))


def mask(text: str) -> str:
    """The text without what may identify a person: for messages and examples."""
    for pattern, masked in _MASKS:
        text = pattern.sub(masked, text)
    return text


def is_identity(found: re.Match[str]) -> bool:
    """Six digits that are a day, and a seventh that fits its century."""
    year = _CENTURY[str(int(found[2]))] + int(found[1][:2])  # full-width digits are digits, too
    try:
        date(year, int(found[1][2:4]), int(found[1][4:]))
    except ValueError:
        return False
    return year <= _LATEST_BIRTH_YEAR


def suspects(facts: Facts) -> pd.Series:
    """The cells that may hold any of the kinds: most columns have none, and are done with in one pass."""
    texts = facts.cells.texts
    near = pc.match_substring_regex(pa.array(texts, pa.string()), _NEAR).to_numpy(zero_copy_only=False)
    if "계좌" in facts.name:
        near = np.array([_FOUR_DIGITS.search(text) is not None for text in texts], dtype=bool)
    return facts.texts[near[facts.cells.places]] if near.any() else facts.texts[:0]


def _in_column(facts: Facts) -> Iterator[Finding]:
    name, cells = facts.name, suspects(facts)
    if not len(cells):
        return
    yield from _identity(name, cells)
    for kind, pattern, is_sure in (
        (Personal.PASSPORT, _PASSPORT, re.search("여권", name) is not None),
        (Personal.LICENCE, _LICENCE, True),
        (Personal.MOBILE, _MOBILE, False),
        (Personal.MAIL, _MAIL, False),
    ):
        hits = cells[cells.str.contains(pattern)]
        if len(hits):
            yield _finding(kind, name, hits, sure=is_sure)
    cards = cells[cells.str.contains(_CARD)]
    cards = cards[[any(_luhn(number) for number in _CARD.findall(cell)) for cell in cards]]
    if len(cards):
        yield _finding(Personal.CARD, name, cards, sure=True)
    if re.search("계좌", name) and len(hits := cells[cells.str.contains(_ACCOUNT)]):
        yield _finding(Personal.ACCOUNT, name, hits, sure=True)


def _identity(name: str, cells: pd.Series) -> Iterator[Finding]:
    hyphened = _those(cells, _HYPHENED)
    if len(hyphened) and not _is_corporate(name, cells, hyphened):
        yield _finding(Personal.IDENTITY, name, hyphened, sure=True)
        return
    named = bool(_PERSON_NUMBER.search(bare(name))) and not _CORPORATION.search(bare(name))
    whole = _padded(cells) if named and _LOSES_ZEROS.search(bare(name)) else cells
    bare_numbers = _those(whole, _BARE)
    alike = int(whole.str.fullmatch(r"\d{13}").sum())
    # one time stamp or code in fifty has the shape by chance
    enough = len(bare_numbers) > 0 and (named or len(bare_numbers) > 0.5 * max(alike, 1))
    if enough and not _is_corporate(name, whole, bare_numbers):
        yield _finding(Personal.IDENTITY, name, bare_numbers, sure=named or alike >= 3)


def _padded(cells: pd.Series) -> pd.Series:
    """A number in a sheet loses the zeros in front that those born from 2000 to 2009 have."""
    short = cells.str.fullmatch(r"\d{10,12}")
    return cells.where(~short, cells.str.zfill(13))


def _those(cells: pd.Series, pattern: re.Pattern[str]) -> pd.Series:
    near = cells[cells.str.contains(r"\d{6}\s?[-–]?\s?\d{7}", regex=True)]
    return near[[any(map(is_identity, pattern.finditer(cell))) for cell in near]]


def _is_corporate(name: str, cells: pd.Series, hits: pd.Series) -> bool:
    """A column of corporations' numbers: nearly all pass their check digit, or its name says what they are.

    Half of those numbers look like a person's, and a tenth of persons' pass this digit: so it is never
    one cell that decides.
    """
    shaped = [
        "".join(found.groups())
        for cell in cells
        for pattern in (_HYPHENED, _BARE)
        for found in pattern.finditer(cell)
    ]
    passing = sum(map(_corporate_digit, shaped)) / max(len(shaped), 1)
    if _CORPORATION.search(bare(name)):
        return passing >= 0.5 or not _PERSON_NUMBER.search(bare(name))
    return len(shaped) >= 5 and passing >= 0.95 and len(hits) < len(shaped)


def _corporate_digit(number: str) -> bool:
    weighted = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(number[:12]))
    return (10 - weighted % 10) % 10 == int(number[12])


def _luhn(text: str) -> bool:
    digits = [int(letter) for letter in text if letter.isdigit()][::-1]
    doubled = [digit if place % 2 == 0 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(digits)]
    return sum(doubled) % 10 == 0 and len(set(digits)) > 1


def _finding(kind: Personal, name: str, hits: pd.Series, *, sure: bool) -> Finding:
    return Finding(kind, name, len(hits), int(hits.index[0]), _shown(str(hits.iloc[0])), sure)


def _shown(cell: str) -> str:
    """The masked cell, or the part of a long one around what is masked."""
    masked = mask(cell)
    if masked == cell:
        # what no pattern masks (an account, a number that lost its zeros) is hidden but for its beginning
        return cell[:6] + "*" * min(10, max(0, len(cell) - 6))
    start = max(0, masked.index("*") - _SHOWN // 2)
    return masked[start : start + _SHOWN]


def _beside(table: Table) -> Iterator[Finding]:
    """Title rows, notes and rows set aside are no records, but the file is kept."""
    lines = [(row.row, " ".join(row.cells)) for row in table.set_aside] + [
        (1, line) for line in table.preamble
    ]
    for row, line in lines:
        if any(map(is_identity, _HYPHENED.finditer(line))):
            yield Finding(Personal.IDENTITY, "", 1, row, _shown(line), sure=True)


def _persons(frame: pd.DataFrame) -> Iterator[Finding]:
    """Names with their days of birth and addresses: a list of persons, whatever else it holds."""
    names = _first(frame, _PERSON_NAME)
    births, homes = _first(frame, _BIRTH), _first(frame, _HOME)
    if names and births and homes:
        # hidden whole: a name is short
        row = int(frame.index[0])
        yield Finding(Personal.PERSONS, f"{names}, {births}, {homes}", len(frame), row, "***", sure=True)


def _first(frame: pd.DataFrame, pattern: re.Pattern[str]) -> str | None:
    return next(
        (name for name in frame.columns if pattern.search(bare(name)) and (frame[name] != "").any()), None
    )


def said(findings: Sequence[Finding]) -> Iterator[str]:
    """One line for each kind and column, masked."""
    for found in findings:
        where = f"'{found.column}' 열" if found.column else "표 밖의 줄"
        what = (
            "개인정보가 있어 담당자가 풀어 주기 전에는 공개하지 않습니다"
            if found.sure
            else "개인정보인지 살펴보아야 합니다"
        )
        yield f"{where}에 {found.kind}로 보이는 칸이 {found.cells:,}개 있습니다(처음은 {found.row}행 '{found.example}'): {what}"
