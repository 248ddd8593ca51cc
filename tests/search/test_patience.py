"""Nobody waits for ever."""

import threading

import pytest

from search.engine import EngineDown, EngineError
from search.patience import Patience


def test_work_in_time_gives_what_it_gives() -> None:
    assert Patience(5).spend(lambda: 42) == [42]


def test_works_are_done_side_by_side_and_come_in_their_order() -> None:
    second = threading.Event()

    def first() -> str:
        assert second.wait(5), "the second waits for the first"
        return "first"

    def then() -> str:
        second.set()
        return "second"

    assert Patience(10).spend(first, then) == ["first", "second"]


def test_an_error_of_the_work_is_the_error_of_who_asked() -> None:
    def refuse() -> None:
        raise EngineError("no")

    with pytest.raises(EngineError, match="no"):
        Patience(5).spend(refuse)


def test_who_waits_too_long_is_told_so_and_the_next_is_served() -> None:
    release = threading.Event()
    patience = Patience(0.05)
    try:
        with pytest.raises(EngineDown, match=r"0\.05 s"):
            patience.spend(release.wait)
        assert patience.spend(lambda: 1) == [1]
    finally:
        release.set()
