"""Intake behind a wall: each file is read in a limited process, several at once, answers in order."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import TypeVar

from indexer import intake
from indexer.confined import Died, Exceeded, Limits, OutOfMemory, OutOfTime, confined
from indexer.intake.overrides import Overrides
from indexer.intake.table import Outcome, Taken
from search.in_order import in_order as at_once
from sources.errors import SourceError
from sources.opening import opened

A = TypeVar("A")
B = TypeVar("B")

_MEMORY_BYTES, _MEMORY_BYTES_PER_BYTE, _MOST_MEMORY_BYTES = 1_500_000_000, 200, 6_000_000_000
_CPU_SECONDS, _CPU_SECONDS_PER_MB = 30, 5
_BUSY_MACHINE = 6

AHEAD = 6
"""Files read while one that takes long is waited for: as many tables are held."""


def limits_for(size_bytes: int) -> Limits:
    """Some five times of what honest files of the size need on a slow machine."""
    seconds = _CPU_SECONDS + _CPU_SECONDS_PER_MB * size_bytes // 1_000_000
    memory = min(_MEMORY_BYTES + _MEMORY_BYTES_PER_BYTE * size_bytes, _MOST_MEMORY_BYTES)
    return Limits(seconds, _BUSY_MACHINE * seconds, memory)


def take(name: str, data: bytes, overrides: Overrides | None = None, *, records: bool = True) -> Taken:
    """``intake.take`` of a file as published, or of packed pages: those are read by their source first."""
    try:
        made = opened(data)
    except SourceError as error:
        return Taken(PurePath(name).name, Outcome.REFUSE, (str(error),))
    if made is None:
        return intake.take(name, data, overrides, records=records)
    found = intake.take(name, made.data, overrides, records=records)
    return replace(found, messages=(*found.messages, *made.notes))


def taken(name: str, data: bytes, overrides: Overrides | None = None) -> Taken:
    """``take`` in a limited process: a file that breaks the limits is refused like any other.

    Of the table as published come its rows without their cells: the records have them.
    """
    limits = limits_for(len(data))
    try:
        return confined(limits, _take_light, name, data, overrides)
    except Exceeded as error:
        return _refused(name, limits, error)


def _take_light(name: str, data: bytes, overrides: Overrides | None) -> Taken:
    found = take(name, data, overrides)
    if found.table is None:
        return found
    # half of what would go through the pipe
    return replace(found, table=replace(found.table, frame=found.table.frame.iloc[:, :0]))


def inspected(
    name: str, data: bytes, show: Callable[[Taken], str], overrides: Overrides | None = None
) -> tuple[Outcome, str]:
    """Outcome of a file and its report in the form that ``show`` gives it."""
    limits = limits_for(len(data))
    try:
        return confined(limits, _inspect, name, data, show, overrides)
    except Exceeded as error:
        refused = _refused(name, limits, error)
        return refused.outcome, show(refused)


def _inspect(
    name: str, data: bytes, show: Callable[[Taken], str], overrides: Overrides | None
) -> tuple[Outcome, str]:
    # the report alone goes back through the pipe, not the table
    found = take(name, data, overrides, records=False)
    return found.outcome, show(found)


def _refused(name: str, limits: Limits, error: Exceeded) -> Taken:
    match error:
        case OutOfTime():
            why = f"읽는 데 {limits.cpu_seconds}초가 넘게 걸려 그만두었습니다"
        case OutOfMemory():
            why = f"읽는 데 메모리가 {limits.memory_bytes / 1e9:.1f} GB 넘게 들어 그만두었습니다"
        case Died():
            why = f"읽던 프로그램이 멎었습니다({error})"
        case _:
            raise error
    advice = "표를 나누거나 csv(utf-8)로 저장해 올려 주십시오"
    return Taken(PurePath(name).name, Outcome.REFUSE, (f"{why}: {advice}",))


def in_order(work: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
    """``map``, as many at once as there are processors; never many items ahead of who reads the answers."""
    return at_once(work, items, os.cpu_count() or 1, AHEAD)
