"""A page that would have to wait here is made by a process of the same server that has less to do."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Protocol

from flask import Flask, Response
from werkzeug.test import create_environ

PASSED = "gbp.passed"
"""Key of the environ of a request that was passed on: it is passed to nobody else."""

PATIENCE_SECONDS = 5.0
"""A page that does not come back in this time is made here after all."""

SLOW_SECONDS = 1.0
"""While a page has been waited for longer, no other is passed to the same process: it may have been stopped."""

SHUNNED_SECONDS = 30.0
"""So long nothing is passed to a process that has let a page wait in vain; then one page tells whether it is back."""

BACKLOG = 64

Environ = dict[str, str]
"""What a request says, without what it is read from."""

Answer = tuple[bytes, int, list[tuple[str, str]]]
"""Body, status, headers."""


class Numbers(Protocol):
    """Whole numbers in memory that processes share."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[int]: ...

    def __getitem__(self, at: int, /) -> int: ...

    def __setitem__(self, at: int, number: int, /) -> None: ...


@dataclass
class Neighbours:
    """The processes of a server. ``loads``: how many pages each of them has to make now; ``at``: which of them this one is.

    ``folder``: one of this server alone, with a socket for each process. Threads may share it.
    """

    loads: Numbers
    at: int
    folder: Path
    patience_seconds: float = PATIENCE_SECONDS
    clock: Callable[[], float] = monotonic
    _mine: int = 0
    _shunned: dict[int, float] = field(default_factory=dict)
    """Until when."""
    _unanswered: list[tuple[int, float]] = field(default_factory=list)
    """Of each page that is waited for who makes it, and since when."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        """One more page to make here."""
        self._count(1)

    def end(self) -> None:
        self._count(-1)

    def _count(self, more: int) -> None:
        with self._lock:
            self._mine += more
            self.loads[self.at] = self._mine

    def less_busy(self) -> int | None:
        """The process with the least to do of those that answer, where that is less than this one has."""
        now = self.clock()
        with self._lock:
            slow = {at for at, since in self._unanswered if now - since > SLOW_SECONDS}
        others = (at for at in range(len(self.loads)) if at != self.at and at not in slow)
        answering = (at for at in others if self._shunned.get(at, now) <= now)
        least = min(answering, key=self.loads.__getitem__, default=self.at)
        return least if self.loads[least] < self._mine else None

    def made_elsewhere(self, environ: dict[str, object]) -> Response | None:
        """The answer to a request that another process has made, one with less to do; None: it is to be made here."""
        other = self.less_busy()
        if other is None or PASSED in environ:
            return None
        said = {key: value for key, value in environ.items() if isinstance(value, str)}
        # one that ended meanwhile does not answer, or hangs up; one that hangs takes nothing more at some time
        with suppress(OSError, EOFError), self._waiting_for(other), self._reached(other) as line:
            line.send(said)
            if not line.poll(self.patience_seconds):
                self._shunned[other] = self.clock() + SHUNNED_SECONDS
                return None
            found: Answer | None = line.recv()
            self._shunned.pop(other, None)
            if found is not None:
                data, status, headers = found
                return Response(data, status, headers)
        return None

    @contextmanager
    def _waiting_for(self, other: int) -> Iterator[None]:
        one = other, self.clock()
        with self._lock:
            self._unanswered.append(one)
            if other in self._shunned:  # this page tells whether it is back: no other waits for that
                self._shunned[other] = one[1] + SHUNNED_SECONDS
        try:
            yield
        finally:
            with self._lock:
                self._unanswered.remove(one)

    def listen(self, app: Flask) -> None:
        """Makes what others pass on, in threads, for as long as the process lives."""
        mine = self._socket(self.at)
        Path(mine).unlink(missing_ok=True)  # of one that was killed
        door = socket.socket(socket.AF_UNIX)
        door.bind(mine)
        door.listen(BACKLOG)
        self._count(0)
        threading.Thread(target=_listen, args=(door, app), daemon=True).start()

    def _reached(self, at: int) -> Connection:
        """Raises OSError where nobody listens, or nobody takes up who waits."""
        line = socket.socket(socket.AF_UNIX)
        try:
            line.settimeout(self.patience_seconds)
            line.connect(self._socket(at))
            line.settimeout(None)
            return Connection(line.detach())
        finally:
            line.close()

    def _socket(self, at: int) -> str:
        return str(self.folder / str(at))


def _listen(door: socket.socket, app: Flask) -> None:
    with door:  # where this ends, others are refused at once
        while True:
            line = Connection(door.accept()[0].detach())
            threading.Thread(target=_make, args=(line, app), daemon=True).start()


def _make(line: Connection, app: Flask) -> None:
    with line, suppress(OSError, EOFError):
        line.send(_made(app, line.recv()))


def _made(app: Flask, said: Environ) -> Answer | None:
    """The answer to a request; None for one that is not held whole: who has the reader writes it to him."""
    with app.request_context({**create_environ(), **said, PASSED: "1"}):
        response = app.full_dispatch_request()
        if response.is_streamed or response.direct_passthrough:
            response.close()
            return None
        return response.get_data(), response.status_code, list(response.headers.items())
