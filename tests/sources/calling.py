"""Clients that reach a stub in place of the sources, and clocks that nobody waits for."""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from settings import SEOUL
from sources.client import Client, Clock, Limits
from sources.connector import Means
from sources.connectors import CONNECTORS
from sources.entry import Entry
from sources.packing import Packed, pack
from sources.paging import Progress
from sources.shelf import Shelf
from tests.sources.stubs import Stub

NOW = datetime(2026, 1, 8, 3, 0, tzinfo=SEOUL)
KEYS = {"seoul": "stub-key", "kosis": "stub-key", "datagokr": "stub+key/with=signs"}
HOSTS = frozenset(host for one in CONNECTORS.values() for host in one.hosts)
QUICK = Limits(seconds=0.4, size_bytes=3_000_000, grace_seconds=0.1, pause_seconds=0.0)
"""For faults that would take their time."""
PATIENT = Limits(seconds=60.0, pause_seconds=0.0)


@dataclass
class Time:
    """Time that passes only where somebody waits; ``waits`` are those of some length, in order."""

    at: float = 1_000.0
    luck: float = 0.0
    waits: list[float] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def sleep(self, seconds: float) -> None:
        if seconds > 0:
            with self._lock:
                self.waits.append(seconds)
                self.at += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.at, self.sleep, lambda: self.luck)


def never_wait(_: float) -> None:
    """Waits between calls take no time; the limits of a call are real."""


def client(stub: Stub, limits: Limits = PATIENT, clock: Clock | None = None) -> Client:
    return Client(limits, gateways(stub), clock or Clock(sleep=never_wait))


def gateways(stub: Stub) -> dict[str, str]:
    return {host: f"{stub.base}/{host}" for host in HOSTS}


def nothing_said(_pages: int, _of: int) -> None:
    """Nobody watches."""


def shelf(folder: Path, entry: Entry, now: datetime = NOW) -> Shelf:
    return Shelf.opened(folder / entry.id, {"request": entry.request}, now)


@dataclass
class Fetching:
    """One connector against a stub."""

    stub: Stub
    folder: Path
    limits: Limits = PATIENT
    now: datetime = NOW
    pages: list[tuple[int, int]] = field(default_factory=list)

    def fetch(self, entry: Entry) -> bytes:
        """The edition. Raises SourceError; then its pages stay on the shelf."""
        calling = client(self.stub, self.limits)
        there = shelf(self.folder, entry, self.now)
        told = Progress(lambda *far: self.pages.append(far))
        means = Means(calling, there, KEYS, self.now, told)
        try:
            found = CONNECTORS[entry.source].fetch(entry, means)
        finally:
            calling.close()
        there.clear()
        return pack(found) if isinstance(found, Packed) else found
