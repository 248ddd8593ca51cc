"""One job at a time on a machine: a lock of the operating system, which falls with its process."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engine import Busy

_STANDBY_SECONDS = 2.0


@contextmanager
def job_lock(var: Path) -> Iterator[None]:
    """Hold the job lock. Raises Busy, naming the process that holds it, when it is taken."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "job.lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise Busy(f"another job is running (process {holder}): gbp status shows it") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


@contextmanager
def only_one(var: Path, name: str, stop: threading.Event) -> Iterator[bool]:
    """Wait until no other process holds the lock of this name; False when told to stop before."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / name).open("a+", encoding="utf-8") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if stop.wait(_STANDBY_SECONDS):
                    yield False
                    return
            else:
                yield True
                return
