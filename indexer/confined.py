"""Work on bytes from outside in a process of its own, bounded in time, memory and output.

A reader that a crafted or broken file drives mad takes its own process with it and nothing else.
The processes are forked from a server that has the readers loaded, so that one costs some 40 ms.
"""

import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")

_PRELOADED = ["indexer.taking", "indexer.warm"]
_STARTING = threading.Lock()


@dataclass(frozen=True)
class Limits:
    """What one piece of work may use. ``wall_seconds`` leaves room for a machine busy with other work."""

    cpu_seconds: int
    wall_seconds: int
    memory_bytes: int


class Exceeded(Exception):
    """The work came to no end: its time or memory ran out, or its process died of itself."""


class OutOfTime(Exceeded):
    """More CPU or wall time than the limit."""


class OutOfMemory(Exceeded):
    """More memory than the limit."""


class Died(Exceeded):
    """Ended by a fault; ``str()`` names the signal or exit status."""


def confined(limits: Limits, work: Callable[..., T], *given: object) -> T:
    """``work(*given)``, done in a limited process; what goes in and comes out is pickled.

    Raises OutOfTime, OutOfMemory, Died, and whatever ``work`` itself raises.
    """
    # arrow's own allocator reserves a gigabyte of addresses for any table, and the limit counts addresses;
    # the server inherits this before it loads arrow
    os.putenv("ARROW_DEFAULT_MEMORY_POOL", "system")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, limits, work, given), daemon=True)
    try:
        with _STARTING, _main_left_alone():
            process.start()
        theirs.close()
        if not ours.poll(limits.wall_seconds):
            raise OutOfTime
        outcome, error = ours.recv()
    except EOFError:
        process.join()
        raise _why(process.exitcode) from None
    finally:
        ours.close()
        if process.pid is not None:  # else it could not be started, and that is what is raised
            process.kill()
            process.join()
        process.close()
    if error is not None:
        raise error
    result: T = outcome
    return result


@contextmanager
def _main_left_alone() -> Iterator[None]:
    """Without this each process would import the main module anew, the whole command line for every file.

    The server is meant to have it loaded, but Python 3.11 forgets to tell it which one it is (gh-126631).
    """
    main = sys.modules["__main__"]
    kept: dict[str, object] = {
        name: vars(main).pop(name) for name in ("__spec__", "__file__") if name in vars(main)
    }
    main.__spec__ = None
    try:
        yield
    finally:
        vars(main).update(kept)


def _work(answer: "Connection[Any, Any]", limits: Limits, work: Callable[..., object], given: Any) -> None:
    _limit(limits)
    try:
        answer.send((work(*given), None))
    except MemoryError:
        # what filled the memory is still held: a little more, to say so
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        answer.send((None, OutOfMemory()))
    except Exception as error:  # noqa: BLE001 - raised again on the other side
        answer.send((None, error))


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # a reader's last words ("memory allocation of … failed") are not for the one who called gbp
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _why(status: int | None) -> Exceeded:
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return OutOfTime()
    if status == -signal.SIGABRT:
        # readers in Rust and C end so when they are given no memory
        return OutOfMemory()
    return Died(f"signal {-status}" if status is not None and status < 0 else f"status {status}")
