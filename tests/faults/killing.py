"""Killing a real re-index at a chosen moment while somebody reads."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Self

from search.engine import Engine, NothingPublished
from search.plan import Groups, Selection

DEADLINE_SECONDS = 60

State = tuple[tuple[str, int], ...]
"""Records of each dataset, as a reader counts them."""


@dataclass
class Reader:
    """Reads in a thread, as fast as it can, and keeps every state it has seen."""

    engine: Engine
    seen: set[State] = field(default_factory=set)
    reads: int = 0
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(DEADLINE_SECONDS)

    def _read(self) -> None:
        while not self._stop.is_set():
            try:
                self.seen.add(counts(self.engine))
                self.reads += 1
            except Exception as error:  # noqa: BLE001 - any error a reader meets is a failure of the test
                self.errors.append(repr(error))
            self._stop.wait(0.005)


def counts(engine: Engine) -> State:
    """Records of each dataset as readers see them; empty where nothing is published."""
    try:
        snapshot = engine.live()
    except NothingPublished:
        return ()
    (answer,) = snapshot.ask([Groups(Selection(), by=("dataset",))])
    return tuple((str(group.keys[0]), group.records) for group in answer.groups)


def environment(var: Path, opensearch_url: str | None) -> dict[str, str]:
    return {
        **os.environ,
        "GBP_VAR": str(var),
        "GBP_DATABASE_URL": f"sqlite:///{var / 'catalogue.sqlite'}",
        "GBP_OPENSEARCH_URL": opensearch_url or "",
    }


def start(var: Path, *words: str, opensearch_url: str | None = None) -> "subprocess.Popen[str]":
    """``gbp …`` in a process of its own; what it prints can be read line by line."""
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "indexer", *words],
        env=environment(var, opensearch_url),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def kill_at_line(process: "subprocess.Popen[str]", line: int, later_seconds: float = 0.0) -> bool:
    """Kill -9 when the progress has come to a line, or a moment later; False where it ended before."""
    assert process.stdout is not None
    for number, _ in enumerate(process.stdout, start=1):
        if number == line:
            return kill(process, later_seconds)
    process.communicate(timeout=DEADLINE_SECONDS)
    return False


def kill(process: "subprocess.Popen[str]", later_seconds: float = 0.0) -> bool:
    """Kill -9; False where it has ended before."""
    try:
        process.wait(later_seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate(timeout=DEADLINE_SECONDS)
    return process.returncode == -signal.SIGKILL


def end(process: "subprocess.Popen[str]") -> tuple[int, list[str]]:
    """Let a process end; gives its exit status and what it printed."""
    said, _ = process.communicate(timeout=DEADLINE_SECONDS)
    return process.returncode, said.splitlines()


def until(there: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    """Look until something is so, while the process lives; fails at the deadline."""
    pause = threading.Event()
    deadline = monotonic() + DEADLINE_SECONDS
    while not there():
        assert process.poll() is None, f"ended with status {process.returncode}"
        assert monotonic() < deadline, "it never came to that"
        pause.wait(0.005)
