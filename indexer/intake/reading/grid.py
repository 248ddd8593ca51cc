"""What a reader hands on: text cells in rows, with nothing guessed yet."""

import re
from dataclasses import dataclass, field

MOST_CELLS = 20_000_000
"""More than a file of a million records has: what is larger comes as several files."""


@dataclass(frozen=True)
class Grid:
    """Rows of trimmed text cells as they stand in the file; rows may differ in length.

    ``numbers[i]`` is the number of row ``i`` in the file (from 1). ``named`` means that the first row
    holds the field names beyond doubt (json, xml). ``notes`` are lines from beside the table
    (a second sheet, an envelope); ``unit`` and the like are read from them later.
    """

    rows: list[list[str]]
    numbers: list[int]
    format: str
    encoding: str | None = None
    named: bool = False
    captions: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()


def numbered(rows: list[list[str]]) -> list[int]:
    return list(range(1, len(rows) + 1))


def is_blank(row: list[str]) -> bool:
    return not any(row)


def is_title_in_cells(cells: list[str]) -> bool:
    """``<``, ``자동차``, ``통계표``, ``>``: a title set wide over the cells of a printed form."""
    return len(cells) >= 2 and bool(re.fullmatch(r"[<〈《【\[].*[>〉》】\]]", "".join(cells)))
