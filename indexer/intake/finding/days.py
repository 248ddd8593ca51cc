"""Days that are not written whole: only the first of each month (2020-01-01, 2, 3, …), or a spreadsheet's number."""

import re
from datetime import date, timedelta

import pandas as pd

_DAY_NAME = re.compile(r"^(?:날짜|일자|일시|date)$", re.IGNORECASE)
_DATED = re.compile(r"(?:일자|날짜|일시|년월일|기준일|date)$", re.IGNORECASE)
# days since 1899-12-30, of the years 1954 to 2063
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 60_000
_EPOCH = date(1899, 12, 30)
_WHOLE = re.compile(r"^((?:19|20)\d{2})-(\d{2})-(\d{2})$")


def complete_days(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The frame with whole days, and what was done; cells that are no day of their month stay as they are."""
    for name in frame.columns:
        if _DATED.search(str(name)) and _is_serial(frame[name]):
            known = {cell: _serial_day(cell) for cell in frame[name].unique()}
            days = frame[name].map(known).astype("str")
            example = next(cell for cell in known if cell)
            return frame.assign(**{name: days}), [
                f"'{name}' 열의 수({example} 등)는 스프레드시트의 날짜 번호입니다: 날짜({known[example]})로 읽었습니다"
            ]
        if _DAY_NAME.match(str(name)) and _is_shortened(frame[name]):
            days = pd.Series(_completed(list(frame[name])), index=frame.index, dtype="str")
            return frame.assign(**{name: days}), [f"'{name}' 열에 날만 적힌 칸을 앞의 달로 이어 읽었습니다"]
    return frame, []


def _is_serial(cells: pd.Series) -> bool:
    """A dated column of five-digit numbers: what a date cell becomes when its format is lost."""
    filled = cells[cells != ""]
    if not len(filled) or not filled.str.fullmatch(r"\d{5}(?:\.\d+)?").all():
        return False
    return bool(filled.astype("float64").between(_FIRST_SERIAL, _LAST_SERIAL).all())


def _serial_day(cell: str) -> str:
    return (_EPOCH + timedelta(days=int(float(cell)))).isoformat() if cell else ""


def _is_shortened(cells: pd.Series) -> bool:
    whole = cells.str.fullmatch(_WHOLE.pattern)
    bare = cells.str.fullmatch(r"\d{1,2}")
    return bool(whole.iloc[0] and bare.sum() > whole.sum() and (whole | bare).mean() > 0.95)


def _completed(cells: list[str]) -> list[str]:
    year = month = last = 0
    found = []
    for cell in cells:
        if match := _WHOLE.match(cell):
            year, month, last = (int(part) for part in match.groups())
        elif cell.isdigit():
            day = int(cell)
            if day < last:
                year, month = (year + 1, 1) if month == 12 else (year, month + 1)
            last = day
            cell = _day(year, month, day) or cell  # noqa: PLW2901 - the whole day takes its place
        found.append(cell)
    return found


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
