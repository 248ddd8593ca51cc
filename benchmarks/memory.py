"""What a running portal takes: memory of a process with all its descendants, and room on disk."""

import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

EVERY_SECONDS = 0.1
"""Reading a large process takes the kernel milliseconds, in which that process may have to wait."""

ENDED = (FileNotFoundError, ProcessLookupError)
"""A process that is gone, or one whose memory is."""


@dataclass
class Peak:
    """The most memory a process and its descendants held at one moment while the block ran: ``with Peak(pid) as it``.

    Pages that processes share are counted once (PSS). ``alone`` is the most that the process itself held, shared or
    not (RSS), as an operator reads it in a list of processes. What cannot be read ends the block with an error;
    processes may end meanwhile.
    """

    pid: int
    every: float = EVERY_SECONDS
    bytes: int = field(default=0, init=False)
    alone: int = field(default=0, init=False)
    samples: int = field(default=0, init=False)
    _error: Exception | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    @property
    def mb(self) -> float:
        return self.bytes / 1e6

    def __enter__(self) -> Self:
        _demand()
        os.kill(self.pid, 0)  # a process that is not there has no peak
        self._look()
        self._thread.start()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        if kind is None:
            if self._error is not None:
                raise self._error
            self._look()

    def _watch(self) -> None:
        try:
            while not self._stop.wait(self.every):
                self._look()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the block ends
            self._error = error

    def _look(self) -> None:
        self.bytes = max(self.bytes, held(self.pid))
        self.alone = max(self.alone, _kept(self.pid, "Rss:"))
        self.samples += 1


def held(pid: int) -> int:
    """Bytes that a process and its descendants hold now."""
    return sum(_kept(one, "Pss:") for one in family(pid))


def spent(pid: int) -> float:
    """Seconds of a processor that a process and its descendants that are still there have taken so far."""
    return sum(map(_spent, family(pid)))


def _spent(pid: int) -> float:
    with suppress(*ENDED):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def family(pid: int) -> Iterator[int]:
    """The process and all that it has started, directly or not."""
    yield pid
    with suppress(*ENDED):
        for thread in list(Path(f"/proc/{pid}/task").iterdir()):
            children: list[str] = []
            with suppress(*ENDED):
                children = (thread / "children").read_text(encoding="ascii").split()
            for child in children:
                yield from family(int(child))


def _kept(pid: int, what: str) -> int:
    with suppress(*ENDED):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in text.splitlines() if line.startswith(what)) * 1024
    return 0


def _demand() -> None:
    """Raises where the kernel does not tell of itself: a missing file must not pass for an ended process."""
    for name in (f"task/{os.getpid()}/children", "smaps_rollup"):
        Path(f"/proc/{os.getpid()}/{name}").read_bytes()


def disk_bytes(folder: Path) -> int:
    """Bytes of all files in a folder, or of one file; a file with two names is counted once."""
    found = {}
    for path in (folder, *folder.rglob("*")):
        with suppress(FileNotFoundError):  # a segment that has just been merged away
            stat = path.lstat()
            if not path.is_dir():
                found[(stat.st_dev, stat.st_ino)] = stat.st_size
    return sum(found.values())
