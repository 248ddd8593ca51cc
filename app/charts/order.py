"""Values with an order of their own: ages, hours, weekdays, months, sexes. They are never sorted by size."""

import re
from collections.abc import Callable, Iterable

_NUMBER = re.compile(r"\d+")
_AGE = re.compile(
    r"(?:만\s*)?\d{1,3}\s*(?:세|~|-|∼|–|대)[\d\s세이상하미만초과~\-∼–+]*|\d{2,3}\+|연령대\s*\d+(?:\s*이상)?"
)
_HOUR = re.compile(
    r"\d{1,2}\s*시(?:\s*\d{1,2}분)?(?:\s*[~∼–-]\s*\d{1,2}\s*시(?:\s*\d{1,2}분)?)?(?:\s*(?:이전|이후))?(?:간대)?"
    r"|\d{1,2}(?::\d\d){1,2}(?:\s*[~∼–-]\s*\d{1,2}(?::\d\d){1,2})?|[0-2]\d(?:\s*[~∼–-]\s*[0-2]\d)?"
)
_MONTH = re.compile(r"(?:1[0-2]|0?[1-9])\s*월")
_SIZED = re.compile(
    r"\d[\d,.]*\s*(?:[~∼–-]\s*\d[\d,.]*\s*)?"
    r"(?:인|명|학년|등급|층|단계|급|위|회|분기|㎡|억|만|년|개월|일)?(?:\s*(?:이상|이하|미만|초과))?"
)
MOST_AGES = 30
WEEKDAYS = ("월", "화", "수", "목", "금", "토", "일")
MALE = frozenset({"남", "남자", "남성", "M", "m", "남학생"})
FEMALE = frozenset({"여", "여자", "여성", "F", "f", "여학생"})
_HOUR_NAMES = ("시간", "시각")


def is_sexes(values: Iterable[str]) -> bool:
    """Whether there is one name for men and one for women, and nothing beside."""
    found = set(values)
    return len(found) == 2 and len(found & MALE) == 1 and len(found & FEMALE) == 1


def is_ages(values: Iterable[str]) -> bool:
    found = list(values)
    return len(found) > 2 and all(_AGE.fullmatch(value.strip()) for value in found)


def is_hours(name: str, values: Iterable[str]) -> bool:
    """Hours of a day; bare numbers only in a column that is called so."""
    found = [value.strip() for value in values]
    if not len(found) > 2 or not all(map(_HOUR.fullmatch, found)):
        return False
    bare = any(value.isdigit() for value in found)
    return not bare or any(word in name for word in _HOUR_NAMES)


def is_weekdays(values: Iterable[str]) -> bool:
    found = {value.strip().removesuffix("요일") for value in values}
    return len(found) > 2 and found <= set(WEEKDAYS)


def is_months(values: Iterable[str]) -> bool:
    found = list(values)
    return len(found) > 2 and all(_MONTH.fullmatch(value.strip()) for value in found)


def order(name: str, values: Iterable[str]) -> list[str] | None:
    """Values in their own order; None where they have none and are sorted by size."""
    found = list(values)
    if is_weekdays(found):
        return sorted(found, key=lambda value: WEEKDAYS.index(value.strip()[0]))
    if is_sexes(found):
        return sorted(found, key=lambda value: value not in MALE)
    if is_ages(found):
        return sorted(found, key=age)
    if is_hours(name, found) or is_months(found) or _is_graded(found):
        return sorted(found, key=_numbers)
    return None


def _is_graded(values: list[str]) -> bool:
    """``1인``, ``2인``, ``7인이상``; ``초등학교 1학년`` is not: the schools come first there."""
    return len(values) > 2 and all(map(_SIZED.fullmatch, values)) and len(set(map(_numbers, values))) > 2


def age(value: str) -> tuple[int, ...]:
    """``0~4세`` before ``5~9세``; ``60세 미만`` before ``60세 이상``."""
    above = 1 if "이상" in value or "초과" in value or "+" in value else 0
    below = -1 if "미만" in value or "이하" in value else 0
    numbers = _numbers(value)
    # "65세 이상" comes behind "65~69세"
    return (numbers[0], below + above, *numbers[1:])


def band(value: str) -> str:
    """The five years an age lies in: 37세 → 35~39세; an open end stays as it is."""
    numbers = _numbers(value)
    if len(numbers) != 1 or "이상" in value or "+" in value or "초과" in value:
        return value
    low = numbers[0] // 5 * 5
    return f"{low}~{low + 4}세"


def is_every_age(values: Iterable[str]) -> bool:
    """Whether ages stand year by year, too many to tell apart on a phone."""
    found = list(values)
    return len(found) > MOST_AGES and is_ages(found)


def _numbers(value: str) -> tuple[int, ...]:
    return tuple(int(found) for found in _NUMBER.findall(value)) or (-1,)


def ranked(values: Iterable[str], size: Callable[[str], float]) -> list[str]:
    """Values by size, the greatest first; of one size by name."""
    return sorted(values, key=lambda value: (-size(value), value))
