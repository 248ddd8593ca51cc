"""A table on its way to a file: what every kind of file needs of it."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from typing import Literal
from urllib.parse import quote

from flask import Response

from app.downloads.about import SAMPLE, About

Kind = Literal["csv", "xlsx", "json"]
Cell = str | int | float | None
Row = Sequence[Cell]
LINES_A_PIECE = 500
EXACT = 10**15
"""Below it a float holds every whole number, and a spreadsheet shows all digits."""

_NAME_BYTES = 230
"""File systems hold 255; browsers number files of one name."""
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Sheet:
    """A table for a file called ``name``, its rows read once. ``total`` is their number where it is known."""

    name: str
    header: tuple[str, ...]
    rows: Iterator[Row]
    about: About
    total: int | None = None

    @property
    def file(self) -> str:
        """The file's name without its ending; made-up data are called so."""
        return f"{SAMPLE}_{self.name}" if self.about.sample else self.name


def attached(response: Response, name: str, kind: Kind) -> Response:
    """The response as a file to keep."""
    kept = sound(_NOT_IN_NAMES.sub("_", name)).encode()[:_NAME_BYTES].decode(errors="ignore")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=data.{kind}; filename*=UTF-8''{quote(kept, safe='')}.{kind}"
    )
    return response


def begun(rows: Iterator[Row]) -> Iterator[Row]:
    """The same rows, the first one fetched: an engine that is down is an error and not half a file."""
    return chain(list(islice(rows, 1)), rows)


def plain(cell: Cell) -> Cell:
    """Whole numbers whole; nothing in place of what is no number."""
    if not isinstance(cell, float):
        return cell
    if not math.isfinite(cell):
        return None
    return int(cell) if cell.is_integer() and abs(cell) < EXACT else cell


def sound(text: str) -> str:
    """Text that UTF-8 can hold: half a surrogate pair, as broken JSON brings it, would end a file midway."""
    return _SURROGATES.sub("\ufffd", text)


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """Names none of which stands twice: 값, 값 (2)."""
    found: dict[str, None] = {}
    for name in map(sound, names):
        numbered = chain([name], (f"{name} ({at})" for at in count(2)))
        found[next(one for one in numbered if one not in found)] = None
    return tuple(found)
