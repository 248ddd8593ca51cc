"""One job at a time on a machine: a lock of the operating system, which falls with its process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engine import Busy


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
