"""The gate: what the index holds must be what the tables hold, or nothing is published."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

import pytest

from indexer import gate
from indexer.flatten import Sum
from indexer.gate import GateClosed
from search.documents import Column, Dataset
from search.engine import Build
from search.plan import Answer, Group, Groups, Question, Stat

DATASET = Dataset(
    "놀이터", "놀이터", "", "", "", "", "", "", 3, (Column("그네수", "measure", "stock", "개", "m0"),)
)
SUMS = {"m0": Sum(3, 60.0, 60.0)}


@dataclass
class Counted:
    """A staged build that answers with given figures."""

    records: int = 3
    values: int = 3
    total: float = 60.0
    datasets: dict[str, Dataset] = field(default_factory=lambda: {DATASET.id: DATASET})
    strangers: dict[str, int] = field(default_factory=dict)
    partial: bool = False
    build = Build("b", "2026-01-01T00:00:00+00:00")
    versions: ClassVar[dict[str, str]] = {}

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        (question,) = questions
        assert isinstance(question, Groups)
        if question.by:
            groups = [Group((name,), n) for name, n in {DATASET.id: self.records, **self.strangers}.items()]
            return [Answer(groups=tuple(groups), partial=self.partial)]
        stats = {"m0": Stat(self.total, self.values, 10.0, 30.0)}
        return [Answer(groups=(Group((), self.records, stats),), partial=self.partial)]


def check(built: Counted, sums: dict[str, Sum] = SUMS) -> None:
    gate.check(built, {DATASET.id: (DATASET, sums)})


def test_the_same_figures_pass() -> None:
    check(Counted())


@pytest.mark.parametrize(
    ("built", "said"),
    [
        (Counted(records=2), "놀이터: 3 records in the table, 2 in the index"),
        (Counted(records=6), "놀이터: 3 records in the table, 6 in the index"),
        (Counted(values=2), "놀이터, column 그네수: 3 values with sum 60 in the table, 2 with sum 60"),
        (Counted(total=61.5), "놀이터, column 그네수: 3 values with sum 60 in the table, 3 with sum 61.5"),
        (Counted(strangers={"유령": 4}), "유령: 0 records expected, 4 in the index"),
        (Counted(partial=True), "could not count everything in time"),
    ],
)
def test_other_figures_close_it_and_both_are_named(built: Counted, said: str) -> None:
    with pytest.raises(GateClosed, match=said):
        check(built)


def test_datasets_that_were_not_written_are_counted_too() -> None:
    quiet = replace(DATASET, id="도서관", records=20)
    with pytest.raises(GateClosed, match="도서관: 20 records expected, 0 in the index"):
        check(Counted(datasets={DATASET.id: DATASET, quiet.id: quiet}))


def test_sums_may_differ_in_their_last_digits_and_no_further() -> None:
    sums = {"m0": Sum(3, 0.1, 2e9)}  # large values of both signs
    check(Counted(total=0.1 + 1e-6), sums)
    with pytest.raises(GateClosed):
        check(Counted(total=13.0), sums)


def test_sums_beyond_all_numbers_are_equal() -> None:
    check(Counted(total=float("inf")), {"m0": Sum(3, float("inf"), float("inf"))})
