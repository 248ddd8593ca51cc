"""A time limit for work that cannot be told to stop."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import TypeVar

from search.engine import EngineDown

Found = TypeVar("Found")


class Patience:
    """Does work in threads of its own, so that who asked is answered in time.

    Work that overruns goes on in its thread until it ends by itself; with all threads taken, who comes
    next is told so after the same time. No thread starts before the first work, so a process may fork.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._pool: ThreadPoolExecutor | None = None
        self._process = 0

    def spend(self, *works: Callable[[], Found]) -> list[Found]:
        """What works give that are done side by side, or what the first of them raises.

        Raises EngineDown when they take longer than the limit.
        """
        waiting = [self._threads().submit(work) for work in works]
        until = monotonic() + self._seconds
        try:
            return [one.result(max(0.0, until - monotonic())) for one in waiting]
        except TimeoutError:
            for one in waiting:
                one.cancel()
            raise EngineDown(f"no answer within {self._seconds:g} s") from None

    def _threads(self) -> ThreadPoolExecutor:
        if self._pool is None or self._process != os.getpid():
            self._process = os.getpid()
            self._pool = ThreadPoolExecutor(thread_name_prefix="query")
        return self._pool
