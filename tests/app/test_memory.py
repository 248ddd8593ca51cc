"""What was made of a build is made once, and never kept where it is not whole."""

from dataclasses import dataclass
from typing import cast

import pytest

from app.memory import Memory
from search.engine import Build, Snapshot


@dataclass(frozen=True)
class Read:
    build: Build


def snapshot(build: str) -> Snapshot:
    return cast("Snapshot", Read(Build(build, "2026")))


def made(memory: Memory, build: str, keys: str) -> list[str]:
    """Which of the answers had to be made."""
    found: list[str] = []
    for key in keys:
        memory.of(snapshot(build), key, lambda key=key: found.append(key))  # type: ignore[misc]
    return found


def test_an_answer_is_made_once_a_build() -> None:
    memory = Memory()
    assert made(memory, "b1", "aab") == ["a", "b"]
    assert made(memory, "b2", "a") == ["a"]
    assert made(memory, "b1", "a") == ["a"]


def test_the_longest_unused_is_forgotten_first() -> None:
    assert made(Memory(most=2), "b1", "abacab") == ["a", "b", "c", "b"]


def test_what_is_there_is_of_this_build() -> None:
    memory = Memory()
    made(memory, "b1", "a")
    assert [memory.holds(snapshot(build), key) for build, key in (("b1", "a"), ("b1", "b"), ("b2", "a"))] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(("late", "again"), [(True, ["a", "a"]), (False, ["a"])])
def test_what_the_clock_cut_short_is_made_again(late: bool, again: list[str]) -> None:
    assert made(Memory(was_late=lambda: late), "b1", "aa") == again
