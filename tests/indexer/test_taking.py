"""Intake behind a wall: no file harms the next, and none is lost from the answer."""

from functools import partial

import pytest

from indexer.intake.report import as_line
from indexer.intake.table import Outcome
from indexer.taking import in_order, inspected, limits_for, taken
from tests.indexer.bombs import BOMBS

GOOD = "이름,동,대수\n가,길동,1\n나,길동,2\n다,길동,4\n".encode()


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_a_reason_and_advice(name: str) -> None:
    data = BOMBS[name]()
    assert len(data) < 1_050_000, "the smaller the meaner"
    found = taken(name, data)
    assert found.outcome in {Outcome.REFUSE, Outcome.NOT_TABULAR}
    assert (found.table, found.long) == (None, None)
    (message,) = found.messages
    assert ": " in message, "what to do follows what is wrong"
    assert message.endswith("십시오")


def test_the_files_beside_a_bomb_are_done_and_in_order() -> None:
    files = [
        ("a.csv", GOOD),
        ("b.json", BOMBS["deep.json"]()),
        ("c.csv", GOOD),
        ("d.csv", b""),
        ("e.csv", GOOD),
    ]
    found = list(in_order(lambda file: taken(*file), files))
    assert [one.file for one in found] == ["a.csv", "b.json", "c.csv", "d.csv", "e.csv"]
    assert [one.outcome for one in found] == ["ok", "refuse", "ok", "refuse", "ok"]


def test_the_report_is_the_same_on_both_sides_of_the_wall() -> None:
    outcome, line = inspected("표.csv", GOOD, as_line)
    assert (outcome, line) == (Outcome.OK, as_line(taken("표.csv", GOOD)))


def test_larger_files_may_take_longer_but_memory_has_an_end() -> None:
    small, large, largest = map(limits_for, (1_000, 20_000_000, 300_000_000))
    assert small.cpu_seconds < large.cpu_seconds < largest.cpu_seconds
    assert small.memory_bytes < large.memory_bytes < largest.memory_bytes <= 6_000_000_000


def test_items_are_not_read_far_ahead_of_the_answers() -> None:
    asked: list[int] = []

    def count(upto: int) -> object:
        for number in range(upto):
            asked.append(number)
            yield number

    answers = in_order(partial(pow, 2), count(100))  # type: ignore[arg-type]
    assert next(answers) == 1
    assert len(asked) < 20
