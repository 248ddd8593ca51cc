"""``python -m app``: the portal behind waitress, which holds slow clients off its threads.

Several processes serve one port: Python answers one request at a time in each, and the engine reads side by side.
Beside them one makes charts ahead of readers (``app.ahead``).
"""

import gc
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ctypes import c_int
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import RawArray
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from time import monotonic

import waitress

from app import ahead, create_app
from app.passing import Neighbours
from app.portal import language
from search.engine import EngineError
from settings import Settings

THREADS = 8
BACKLOG = 1_024
SLIP = "화정실"
"""A word with a slip: what such words are looked up in takes a tenth of a second to be made."""

SHORT = 80
"""Bytes: systems take 104 to 108 for the path of a socket, with the folder in it."""

SOON_SECONDS = 10
"""A process that gives up so soon after its start will do so again."""


def main() -> None:
    """Serve until told to stop; exit status 1 where serving cannot be begun."""
    settings = Settings.from_env()
    try:
        port = _bound(settings)
    except OSError as error:
        sys.exit(f"{settings.host}:{settings.port} cannot be used ({error.strerror}): set GBP_PORT")
    with port:
        if settings.web_processes == 1:
            _serve(settings, port)
            return
    with (
        _handing(settings.var / "sent") as handing,
        TemporaryDirectory(prefix="gbp-", dir=_near()) as sockets,
    ):
        _Servers(settings, handing, Path(sockets)).keep()


def _bound(settings: Settings, *, beside_others: bool = False) -> socket.socket:
    """A socket at the address to serve; ``beside_others``: at one that other processes of this server have, too.

    Raises OSError where somebody else has it.
    """
    port = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if beside_others:
        # the kernel deals connections out; of one socket for all, who is awake takes all that come at once
        port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        port.bind((settings.host, settings.port))
    except OSError:
        port.close()
        raise
    return port


def _serve(
    settings: Settings,
    port: socket.socket,
    handing: Path | None = None,
    neighbours: Neighbours | None = None,
) -> None:
    app = create_app(settings, handing=handing, neighbours=neighbours)
    # so that the first reader does not wait: the language of searches, then pages with all that is loaded for them
    with app.app_context(), suppress(EngineError):
        language()
        for q in ("", SLIP):
            app.test_client().get("/search", query_string={"q": q}).close()
    # what is read of a build is much and stays: to look through it for cycles held readers up for a quarter of a second
    gc.collect()
    gc.freeze()
    if neighbours:
        neighbours.listen(app)
    port.listen(BACKLOG)
    waitress.serve(app, sockets=[port], threads=THREADS, ident=None)


def _near() -> str:
    """The folder for temporary files, or the system's own where that one's path is too long for one of sockets."""
    return gettempdir() if len(os.fsencode(gettempdir())) <= SHORT else "/tmp"  # noqa: S108 - made for us alone in it


@contextmanager
def _handing(folder: Path) -> Iterator[Path]:
    """A new folder for the answers of this server; what one that was killed has left is taken away."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as made:
        yield Path(made)


class _Servers:
    """Processes that serve one port; one that ends is followed by another."""

    def __init__(self, settings: Settings, handing: Path, sockets: Path) -> None:
        """``sockets``: a folder for those by which the processes reach each other; its path is short, as theirs must be."""
        self._settings = settings
        self._handing = handing
        self._sockets = sockets
        self._loads = RawArray(c_int, settings.web_processes)
        # the far end closes when this process ends in whatever way: then the servers end, too
        self._alive, self._held = os.pipe()
        self._fork = multiprocessing.get_context("fork")

    def keep(self) -> None:
        serve = [partial(self._serve, at) for at in range(self._settings.web_processes)]
        works: list[Callable[[], None]] = [*serve, self._prepare]
        serving = {self._started(work): (work, monotonic()) for work in works}
        signal.signal(signal.SIGTERM, _ended)
        signal.signal(signal.SIGINT, _ended)
        try:
            while True:
                wait([process.sentinel for process in serving])
                for process in [one for one in serving if not one.is_alive()]:
                    work, began = serving.pop(process)
                    sys.stderr.write(f"web process {process.pid} ended (status {process.exitcode})\n")
                    if process.exitcode and process.exitcode > 0 and monotonic() - began < SOON_SECONDS:
                        sys.exit(1)
                    serving[self._started(work)] = (work, monotonic())
        finally:
            for process in serving:
                process.terminate()
            for process in serving:
                process.join()

    def _serve(self, at: int) -> None:
        with _bound(self._settings, beside_others=True) as port:
            _serve(self._settings, port, self._handing, Neighbours(self._loads, at, self._sockets))

    def _prepare(self) -> None:
        ahead.main(self._settings)

    def _started(self, work: Callable[[], None]) -> BaseProcess:
        process = self._fork.Process(target=self._begin, args=(work,))
        process.start()
        return process

    def _begin(self, work: Callable[[], None]) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the first process ends the others
        os.close(self._held)
        threading.Thread(target=_end_with, args=(self._alive, self._sockets), daemon=True).start()
        work()


def _ended(*_: object) -> None:
    sys.exit(0)


def _end_with(alive: int, sockets: Path) -> None:
    os.read(alive, 1)
    # one that was killed has not taken them away
    shutil.rmtree(sockets, ignore_errors=True)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
