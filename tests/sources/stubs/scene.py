"""What a service knows when it answers, and the gate that says which fault meets which request."""

from dataclasses import dataclass
from threading import Lock

from tests.sources.stubs.faults import NO_FAULT, Fault
from tests.sources.stubs.wire import Answer, Row, Worlds, page_of_html

KEYS = ("stub-key",)
GATEWAY_KEYS = ("stub-key", "stub+key/with=signs")
MOST_ROWS = 1000


@dataclass(frozen=True)
class Scene:
    worlds: Worlds
    fault: Fault
    base: str
    url: str
    generation: int
    kosis_most_cells: int
    seoul_arguments: dict[str, tuple[str, ...]]

    def rows(self, key: str) -> list[Row] | None:
        found = self.worlds.get(key)
        return found if isinstance(found, list) else None


@dataclass(frozen=True)
class Page:
    """``total`` is ``None`` when the service keeps silent about it."""

    rows: list[Row]
    total: int | None
    number: int
    size: int


def page(rows: list[Row], number: int, size: int, fault: Fault, start: int | None = None) -> Page:
    """Page ``number`` (from 1) of the rows, or what begins at ``start`` (from 0); the faults of paging
    happen here.
    """
    if fault.name == "items_object":
        rows = rows[:1]
    if fault.name in {"items_blank", "items_null", "items_missing"}:
        rows = []
    start = (number - 1) * size if start is None else start
    part = rows[start : start + size]
    total: int | None = len(rows)
    if fault.name == "total_wrong":
        total = len(rows) + int(fault.detail or 137)
    if fault.name == "total_missing":
        total = None
    if fault.name == "repeated_page":
        if fault.detail == "end":
            last = (len(rows) - 1) // size * size if rows else 0
            part, total = part or rows[last:], None
        else:
            part = rows[:size]
    return Page(part, total, number, size)


class Gate:
    """Counts data requests; decides, under a lock, what each of them meets."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._fault = NO_FAULT
        self._seen = 0
        self._used = 0
        self._left: int | None = None

    @property
    def fault(self) -> Fault:
        return self._fault

    def meet(self, fault: Fault | None) -> None:
        """Another fault; the counting starts anew."""
        with self._lock:
            self._fault, self._seen, self._used = fault or NO_FAULT, 0, 0

    def cut(self, after: int | None) -> None:
        with self._lock:
            self._left = after

    @property
    def gone(self) -> bool:
        with self._lock:
            return self._left == 0

    def enter(self, host: str, *, data: bool) -> Fault | None:
        """The fault that this request meets; ``None`` when the network is gone."""
        with self._lock:
            if self._left == 0:
                return None
            if self._left is not None and data:
                self._left -= 1
            fault = self._fault
            if not fault.concerns(host) or not (data or fault.host):
                return NO_FAULT
            self._seen += 1
            if self._seen <= fault.after or (fault.times is not None and self._used >= fault.times):
                return NO_FAULT
            self._used += 1
            return fault


def unknown(what: str) -> Answer:
    return page_of_html(f"404 {what}", 404)
