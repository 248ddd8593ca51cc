"""What was made of the build that is read now, kept for the next reader: charts, cards, figures."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from search.engine import Snapshot

MOST_KEPT = 256
Made = TypeVar("Made")


class Memory:
    """Answers of one build by what they answer, the longest unused forgotten first. Threads may share it.

    ``was_late`` says whether the clock has cut short what the answer now made is made of: it is not kept then.
    """

    def __init__(self, most: int = MOST_KEPT, was_late: Callable[[], bool] = lambda: False) -> None:
        self._most = most
        self._was_late = was_late
        self._lock = threading.Lock()
        self._build = ""
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def holds(self, snapshot: Snapshot, key: Hashable) -> bool:
        """Whether the answer for the key is there."""
        with self._lock:
            return snapshot.build.id == self._build and key in self._kept

    def of(self, snapshot: Snapshot, key: Hashable, make: Callable[[], Made]) -> Made:
        """The answer for the key, made now if it is not there. Two who ask at once may both make it."""
        build = snapshot.build.id
        with self._lock:
            if build != self._build:
                self._kept.clear()
                self._build = build
            if key in self._kept:
                self._kept.move_to_end(key)
                known: Made = self._kept[key]
                return known
        made = make()
        with self._lock:
            if build == self._build and not self._was_late():
                self._kept[key] = made
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return made
