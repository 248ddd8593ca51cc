"""What every source is: some facts, one ``fetch``, and a pure reading of what came."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sources.client import Client
from sources.entry import Entry, EntryError
from sources.errors import SourceError
from sources.packing import Packed
from sources.paging import MOST_PAGES, Page, Progress
from sources.shelf import Shelf
from sources.tags import Tag


@dataclass(frozen=True)
class Means:
    """What a connector works with. ``keys`` are by source; ``now`` is the office's time."""

    client: Client
    shelf: Shelf
    keys: Mapping[str, str]
    now: datetime
    progress: Progress
    tag: Tag = field(default_factory=Tag)

    def key(self, source: str, setting: str) -> str:
        """Raises SourceError where the operator has set none."""
        if key := self.keys.get(source, ""):
            return key
        raise SourceError(
            "key", f"인증키가 없습니다: 환경 변수 {setting}(또는 {setting}_FILE)을 정해 주십시오"
        )


@dataclass(frozen=True)
class Connector:
    """A source. ``fetch`` gives an edition, packed pages or a file as published; ``read`` the rows of a page.

    ``fetch`` raises SourceError, and Unchanged where the source says that the edition we hold is still the one.
    """

    name: str
    label: str
    hosts: frozenset[str]
    key_setting: str
    fetch: Callable[[Entry, Means], Packed | bytes]
    read: Callable[[bytes], Page]
    key_of: str = ""
    """The source whose key it takes, where that is another."""
    table: Callable[[Sequence[Page]], Page] | None = None
    """Where rows of pages are not yet rows of the table: one page made of all."""


def times(entry: Entry, now: datetime) -> list[str]:
    """The times that ``request.span`` asks for, the oldest first; [""] where it asks for none.

    ``{unit = "day", lag = 5, count = 31}``: 31 days, the last of them five days ago.
    """
    span: Mapping[str, Any] | None = entry.request.get("span")
    if span is None:
        return [""]
    unit, lag, count = str(span.get("unit")), int(span.get("lag", 0)), int(span.get("count", 1))
    if unit not in _UNITS or count < 1:
        raise EntryError(f"dataset {entry.id}, request.span: unit day, month or year; count from 1")
    return sorted(_UNITS[unit](now, lag + back) for back in range(count))


def _day(now: datetime, back: int) -> str:
    return f"{now - timedelta(days=back):%Y%m%d}"


def _month(now: datetime, back: int) -> str:
    months = now.year * 12 + now.month - 1 - back
    return f"{months // 12}{months % 12 + 1:02d}"


def _year(now: datetime, back: int) -> str:
    return str(now.year - back)


_UNITS: Mapping[str, Callable[[datetime, int], str]] = {"day": _day, "month": _month, "year": _year}


def filled(value: Any, time: str) -> str:
    """``{time}`` in a value of the request."""
    return str(value).replace("{time}", time)


def numbered(entry: Entry, now: datetime) -> Iterator[tuple[int, str]]:
    """Each time with where its pages begin on the shelf."""
    yield from ((place(number), time) for number, time in enumerate(times(entry, now)))


def place(number: int) -> int:
    """Where the pages of a question begin on the shelf; questions are counted from 0."""
    return number * MOST_PAGES + 1
