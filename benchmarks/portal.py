"""The portal as a user starts it, ``gbp serve`` in a process of its own, and a re-index beside it."""

import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from time import monotonic, sleep
from typing import Self
from urllib.request import urlopen

from app import ahead, create_app
from benchmarks import memory
from benchmarks.command import GBP, environment
from benchmarks.stand import Stand
from tests.opensearch.server import free_port

HOST = "127.0.0.1"
START_SECONDS = 120
STOP_SECONDS = 60
LOOK_SECONDS = 0.01
SETTLE_SECONDS, IDLE = 0.5, 0.1
"""A portal that has taken less than a tenth of the processor for so long has settled."""
FIRST = ("/search?q=", "/api/v1/suggest?q=가")
"""What is made once a build (the language of searches, suggestions) is no part of a load."""


@dataclass(frozen=True)
class Portal:
    """A running portal. ``process`` has no children: it is what waitress runs in."""

    base: str
    process: "subprocess.Popen[bytes]"

    def get(self, path: str) -> bytes:
        """Body of an answer. Raises OSError where there is none, or another status than 200."""
        with urlopen(self.base + path, timeout=START_SECONDS) as answer:
            body: bytes = answer.read()
            return body

    def until(self, path: str) -> bytes:
        """The first answer, asked for again until the server listens."""
        deadline = monotonic() + START_SECONDS
        while True:
            try:
                return self.get(path)
            except OSError:
                if self.process.poll() is not None or monotonic() > deadline:
                    raise
                sleep(LOOK_SECONDS)


@contextmanager
def starting(stand: Stand, *command: str) -> Iterator[Portal]:
    """A server that has just been started; it may not listen yet. Without a command it is ``gbp serve``."""
    port = free_port()
    words = command or (str(GBP), "serve")
    with TemporaryFile() as said:
        process = subprocess.Popen(words, env=environment(stand.settings, port), stdout=said, stderr=said)
        try:
            yield Portal(f"http://{HOST}:{port}", process)
        finally:
            process.terminate()
            process.wait()


def make_ahead(stand: Stand) -> None:
    """What a portal makes of a build before readers ask, made to its end."""
    app = create_app(stand.settings)
    ahead.prepare(app)
    app.extensions["portal"].catalogue.close()


@contextmanager
def serving(stand: Stand) -> Iterator[Portal]:
    """A portal that answers and has nothing kept yet but what is made once a build or ahead of readers."""
    make_ahead(stand)
    with starting(stand) as portal:
        for path in FIRST:
            portal.until(path.replace("가", "%EA%B0%80"))
        _settled(portal.process.pid)
        yield portal


def _settled(pid: int) -> None:
    """Waits until the portal has made what it makes in the background of a build: then it takes next to no time.

    Raises TimeoutError for one that does not come to rest: what is measured then is not the load.
    """
    deadline, before = monotonic() + START_SECONDS, -1.0
    while (now := memory.spent(pid)) > before + IDLE * SETTLE_SECONDS:
        if monotonic() > deadline:
            raise TimeoutError(f"the portal is still at work {START_SECONDS} s after its start")
        before = now
        sleep(SETTLE_SECONDS)


@dataclass
class Reindexing:
    """``gbp index --all`` over and over, for as long as somebody measures beside it."""

    stand: Stand
    builds: int = field(default=0, init=False)
    failed: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        while self._thread.is_alive():
            if self._process is not None and self._process.poll() is None:
                with suppress(ProcessLookupError):
                    self._process.send_signal(signal.SIGINT)  # it leaves the published build as it is
            self._thread.join(STOP_SECONDS / 20)

    def _run(self) -> None:
        command = [str(GBP), "index", "--all"]
        while not self._stop.is_set():
            with subprocess.Popen(
                command,
                env=environment(self.stand.settings),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            ) as process:
                self._process = process
                said, _ = process.communicate()
            if process.returncode == 0:
                self.builds += 1
            elif not self._stop.is_set():
                self.failed = f"gbp index --all failed: {said[-500:]}"
                return
