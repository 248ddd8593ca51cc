"""A column of days of which only the first of each month is written out: 2020-01-01, 2, 3, … 31, 2020-02-01, 2."""

import re
from datetime import date

import pandas as pd

_DAY_NAME = re.compile(r"^(?:날짜|일자|일시|date)$", re.IGNORECASE)
_WHOLE = re.compile(r"^((?:19|20)\d{2})-(\d{2})-(\d{2})$")


def complete_days(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The frame with whole days, and what was done; cells that are no day of their month stay as they are."""
    for name in frame.columns:
        if _DAY_NAME.match(str(name)) and _is_shortened(frame[name]):
            days = pd.Series(_completed(list(frame[name])), index=frame.index, dtype="str")
            return frame.assign(**{name: days}), [f"'{name}' 열에 날만 적힌 칸을 앞의 달로 이어 읽었습니다"]
    return frame, []


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
