"""``map`` of several at once: answers come in order, and one that takes long does not stop the others."""

import threading
from collections.abc import Iterator

from search.in_order import in_order

AHEAD = 4


def test_what_comes_after_one_that_takes_long_is_done_meanwhile() -> None:
    others = threading.Semaphore(0)

    def work(number: int) -> int:
        if number:
            others.release()
        else:
            for _ in range(AHEAD):
                assert others.acquire(timeout=60), "the rest waited for the first"
        return number

    assert list(in_order(work, range(2 * AHEAD), 2, AHEAD)) == list(range(2 * AHEAD))


def test_no_more_are_begun_than_so_many_ahead() -> None:
    begun: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            begun.append(number)
            yield number

    answers = in_order(str, items(), 2, AHEAD)
    assert next(answers) == "0"
    assert len(begun) == 2 + AHEAD + 1
