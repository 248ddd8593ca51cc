"""``map``, several at once, never far ahead of who reads the answers."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def in_order(work: Callable[[A], B], items: Iterable[A], at_once: int, ahead: int = 0) -> Iterator[B]:
    """``map`` in so many threads, answers in order.

    ``ahead``: so many items more are begun while an earlier one takes its time, and their answers held.
    """
    with ThreadPoolExecutor(at_once) as pool:
        waiting: deque[Future[B]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > at_once + ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
