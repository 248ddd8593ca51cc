"""Processes that write side by side, each an index of its own, joined to one when all are done.

Making documents of records takes longer than indexing them, and of one interpreter only one thread makes any.
"""

import gc
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import IO, cast

import pyarrow as pa

from search.batch import Batch
from search.dictionary import Dictionary
from search.embedded.writing import OwnWriting
from search.engine import EngineError
from search.morphology import load

_GIVEN_BACK_AFTER = 16
"""Batches: memory that is given back after each is asked for anew by the next, which costs a tenth of all."""

_WAITING = 1
"""Batches that wait besides those that are being written: each is some megabytes."""


@dataclass(frozen=True)
class _Drop:
    dataset: str


@dataclass(frozen=True)
class _Close:
    """Without it, whoever hears no more has lost its parent and writes nothing down."""


_Order = Batch | _Drop | _Close


class Crew:
    """``Writing`` by processes of its own; a batch goes to whichever is free.

    Raises EngineError where one of them failed.
    """

    def __init__(self, folders: Sequence[Path], dictionary: Dictionary) -> None:
        self.folders = tuple(folders)
        self._orders: Queue[Batch | None] = Queue(_WAITING)
        self._held: set[str] = set()
        self.members = [_Member(folder, dictionary, self._orders) for folder in folders]

    def put(self, batch: Batch) -> None:
        self._look()
        self._held.add(batch.dataset)
        self._orders.put(batch)

    def drop(self, dataset: str) -> None:
        if dataset not in self._held:
            return
        self._orders.join()  # what was put before is with its writer, which keeps the order
        for member in self.members:
            member.send(_Drop(dataset))

    def close(self) -> None:
        self._hear_no_more()
        for member in self.members:
            member.finish()  # all at once
        for member in self.members:
            member.close()
        self._look()

    def stop(self) -> None:
        """Ends the processes; what they wrote is of no use."""
        for member in self.members:
            member.kill()
        self._hear_no_more()
        for member in self.members:
            member.close()

    def _hear_no_more(self) -> None:
        for member in self.members:
            if member.is_heard:
                self._orders.put(None)
        for member in self.members:
            member.join()

    def _look(self) -> None:
        failed = next((member.failure for member in self.members if member.failure), None)
        if failed:
            raise EngineError(f"a process that writes the index has failed: {failed}")


class _Member:
    """One process, and the thread that hands it its batches."""

    def __init__(self, folder: Path, dictionary: Dictionary, orders: "Queue[Batch | None]") -> None:
        folder.mkdir()
        self.failure = ""
        self._orders = orders
        command = [sys.executable, "-m", "search.embedded"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        self._in, self._err = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stderr)
        self._sending = threading.Lock()
        self.send((folder, dictionary))
        self._thread = threading.Thread(target=self._hand_over, daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def _hand_over(self) -> None:
        while (batch := self._orders.get()) is not None:
            # after a failure batches are only taken away: who puts them must not wait for ever
            if not self.failure:
                self.send(batch)
            self._orders.task_done()
        self._orders.task_done()

    def send(self, order: "_Order | tuple[Path, Dictionary]") -> None:
        with self._sending:
            try:
                pickle.dump(order, self._in, protocol=5)
                self._in.flush()
            except Exception as error:  # noqa: BLE001 - whatever it was, the order has not arrived
                self.failure = self._said() or f"{type(error).__name__}: {error}"

    @property
    def is_heard(self) -> bool:
        return self._thread.is_alive()

    def join(self) -> None:
        self._thread.join()

    def kill(self) -> None:
        self._process.kill()

    def finish(self) -> None:
        if not self.failure:
            self.send(_Close())

    def close(self) -> None:
        """Waits for its end; a second time it has ended."""
        if not self._err.closed:
            self.failure = self.failure or self._said()

    def _said(self) -> str:
        """Waits for its end; what it said, where that was no good one."""
        with suppress(OSError):
            self._in.close()
        said = self._err.read().decode(errors="replace").strip().splitlines()
        self._err.close()
        code = self._process.wait()
        return "" if code == 0 else f"{said[-1] if said else 'no word'} (exit code {code})"


def main(orders: IO[bytes]) -> None:
    """What a process of the crew does."""
    gc.disable()  # documents by the thousand hold no cycles and would be looked through again and again
    pa.set_memory_pool(pa.system_memory_pool())  # arrow's own keeps what was freed, twice what is needed
    folder, dictionary = pickle.load(orders)  # noqa: S301 - its own parent speaks
    own, written = OwnWriting(folder, load(dictionary)), 0
    while not isinstance(order := pickle.load(orders), _Close):  # noqa: S301
        if isinstance(order, _Drop):
            own.drop(order.dataset)
        else:
            own.put(order)
            written += 1
            if written % _GIVEN_BACK_AFTER == 0:
                pa.default_memory_pool().release_unused()
    own.close()
