"""Killing a real re-index at a chosen moment while somebody reads."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from search.engine import Engine, NothingPublished
from search.plan import Groups, Selection

DEADLINE_SECONDS = 60


@dataclass
class Reader:
    """Reads in a thread, as fast as it can, and keeps every state it has seen."""

    engine: Engine
    seen: set[tuple[tuple[str, int], ...]] = field(default_factory=set)
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


def counts(engine: Engine) -> tuple[tuple[str, int], ...]:
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


def start_index(var: Path, opensearch_url: str | None = None) -> "subprocess.Popen[str]":
    """``gbp index --all --json`` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "indexer", "index", "--all", "--json"],
        env=environment(var, opensearch_url),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def kill_at_line(process: "subprocess.Popen[str]", line: int) -> bool:
    """Kill -9 when the progress has come to a line; False where it ended before."""
    assert process.stdout is not None
    with process.stdout:
        for number, _ in enumerate(process.stdout, start=1):
            if number == line:
                process.send_signal(signal.SIGKILL)
                process.wait(DEADLINE_SECONDS)
                return True
    process.wait(DEADLINE_SECONDS)
    return False


def finish(process: "subprocess.Popen[str]") -> tuple[int, int]:
    """Let a run end; gives its exit status and the number of its progress lines."""
    assert process.stdout is not None
    with process.stdout:
        lines = sum(1 for _ in process.stdout)
    return process.wait(DEADLINE_SECONDS), lines
