"""``cond[FIELD::OP]`` of odcloud and of the ministry's services."""

import re
from collections.abc import Callable

from tests.sources.stubs.wire import Row

CONDITION = re.compile(r"cond\[(?P<field>.+)::(?P<how>[A-Z]+)\]")
STAMP = "DAT_UPDT_PNT"

Key = tuple[int, int, str]


def _key(text: str) -> Key:
    """Amounts and dates compare as numbers, ``2026-08-01`` as ``20260801``."""
    digits = re.sub(r"(?<=\d)[-: ](?=\d)", "", text.strip())
    return (0, int(digits), "") if digits.isdecimal() else (1, 0, text)


HOW: dict[str, Callable[[str, str], bool]] = {
    "EQ": lambda value, wanted: value == wanted,
    "NEQ": lambda value, wanted: value != wanted,
    "LIKE": lambda value, wanted: wanted in value,
    "GT": lambda value, wanted: _key(value) > _key(wanted),
    "GTE": lambda value, wanted: _key(value) >= _key(wanted),
    "LT": lambda value, wanted: _key(value) < _key(wanted),
    "LTE": lambda value, wanted: _key(value) <= _key(wanted),
}


class BadCondition(ValueError):
    """A field that no row has, an unknown comparison, or a stamp that is not YYYYMMDDHHMMSS."""


def meeting(rows: list[Row], params: dict[str, str]) -> list[Row]:
    for name, wanted in params.items():
        if not name.startswith("cond"):
            continue
        found = CONDITION.fullmatch(name)
        if not found or found["how"] not in HOW:
            raise BadCondition(name)
        field, compare = found["field"], HOW[found["how"]]
        if rows and all(field not in row for row in rows[:50]):
            raise BadCondition(name)
        if field == STAMP and not re.fullmatch(r"\d{14}", wanted, re.ASCII):
            raise BadCondition(f"{name}={wanted}")
        rows = [row for row in rows if compare(_text(row.get(field)), wanted)]
    return rows


def _text(value: object) -> str:
    return "" if value is None else str(value)
