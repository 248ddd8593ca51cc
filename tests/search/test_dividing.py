"""What is known of whole datasets is not asked again, and the sum of the parts is the answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dividing import DividedSnapshot
from search.documents import Dataset
from search.engine import Build, EngineDown, TooManyGroups
from search.plan import Answer, Clause, Filter, Group, Groups, Key, Question, Selection, Word
from search.wholes import Counts, Wholes
from tests.search.test_ways import dataset

DATASETS = {one.id: one for one in (dataset("a", 40), dataset("b", 20, area="교통"), dataset("c", 7))}
YEARS = {"a": {2020: 10, 2021: 30}, "b": {2020: 20}, "c": {}}
PARK = Clause("공원", (Word("공원", across=False),), ("a",))
SECONDS = 10
FOUND_IN_B = 5
"""Records of b that hold the word themselves, of 2020."""


@dataclass
class Answering:
    """A build whose engine counts what is written above; it keeps what it was asked."""

    build: Build = field(default_factory=lambda: Build("1", "2026"))
    datasets: Mapping[str, Dataset] = field(default_factory=lambda: DATASETS)
    versions: Mapping[str, str] = field(default_factory=dict)
    asked: list[Groups] = field(default_factory=list)
    late: bool = False
    cut: bool = False
    most: int = 100

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        return [self._answer(one) for one in questions if isinstance(one, Groups)]

    def _answer(self, one: Groups) -> Answer:
        self.asked.append(one)
        groups = self._groups(one)
        if len(groups) > self.most:
            raise TooManyGroups("too many")
        whole = one.by[0:1] == ("dataset",) and not one.selection.clauses
        return Answer(groups, partial=self.late or (self.cut and not whole), late=self.late)

    def _groups(self, one: Groups) -> tuple[Group, ...]:
        if one.by == ("dataset", "year"):
            (chosen,) = (said.values for said in one.selection.filters)
            return tuple(
                Group((key, year), records) for key in chosen for year, records in YEARS[str(key)].items()
            )
        if one.by == ("dataset",) and not one.selection.clauses:
            return tuple(Group((key,), said.records) for key, said in DATASETS.items())
        keys: dict[tuple[str, ...], tuple[Key, ...]] = {("dataset",): ("b",), ("year",): (2020,), (): ()}
        return (Group(keys[one.by], FOUND_IN_B),)


def test_whole_datasets_are_counted_once_and_the_rest_is_added() -> None:
    engine = Answering()
    build = DividedSnapshot(engine)
    by_year, again = Groups(Selection((PARK,)), ("year",)), Groups(Selection((PARK,)), ("year",), limit=9)
    (answer,) = build.ask([by_year])
    assert answer == Answer((Group((2020,), 15), Group((2021,), 30)))
    assert [one.by for one in engine.asked] == [("dataset", "year"), ("year",)]
    assert build.ask([again]) == [answer]
    assert [one.by for one in engine.asked] == [("dataset", "year"), ("year",), ("year",)]


def test_nothing_is_asked_of_an_engine_where_no_record_is_left() -> None:
    engine = Answering()
    chosen = Selection((PARK,), (Filter("dataset", ("a",)),))
    total, areas = DividedSnapshot(engine).ask([Groups(chosen), Groups(chosen, ("area",))])
    assert (total.groups, areas.groups) == ((Group((), 40),), (Group(("환경",), 40),))
    assert [one.by for one in engine.asked] == [("dataset",)]


def test_areas_and_providers_are_counted_by_their_datasets_in_one_question() -> None:
    engine = Answering()
    asked = [Groups(Selection((PARK,)), (name,)) for name in ("area", "provider", "dataset")]
    areas, providers, datasets = DividedSnapshot(engine).ask(asked)
    assert areas.groups == (Group(("교통",), 5), Group(("환경",), 40))
    assert providers.groups == (Group(("강동구",), 45),)
    assert datasets.groups == (Group(("a",), 40), Group(("b",), 5))
    assert [one.selection.clauses[:1] for one in engine.asked] == [(), (PARK,)]


def test_the_fullest_groups_are_kept_and_the_answer_says_that_it_is_cut() -> None:
    (answer,) = DividedSnapshot(Answering()).ask([Groups(Selection((PARK,)), ("year",), limit=1)])
    assert answer == Answer((Group((2021,), 30),), partial=True)


def test_what_an_engine_cuts_is_asked_for_undivided() -> None:
    engine = Answering(cut=True)
    question = Groups(Selection((PARK,)), ("year",))
    (answer,) = DividedSnapshot(engine).ask([question])
    assert engine.asked[-1] == question
    assert answer == Answer((Group((2020,), FOUND_IN_B),), partial=True)


def test_what_the_clock_cut_short_is_said_to_be_late_and_kept_nowhere() -> None:
    engine = Answering(late=True)
    build = DividedSnapshot(engine)
    question = Groups(Selection((PARK,)), ("year",))
    (answer,) = build.ask([question])
    # the counts were late: the question went as it was, and that was late too
    assert (answer.late, engine.asked[-1]) == (True, question)
    engine.late = False
    assert build.ask([question]) == [Answer((Group((2020,), 15), Group((2021,), 30)))]


def test_sums_and_columns_of_a_dataset_are_asked_for_as_they_are() -> None:
    engine = Answering()
    sums = Groups(Selection((PARK,)), ("year",), numbers=("m0",))
    DividedSnapshot(engine).ask([sums])
    assert engine.asked == [sums]


def test_datasets_of_too_many_values_together_are_counted_by_halves() -> None:
    engine = Answering(most=2)
    counts = Wholes(engine).by("year")
    assert counts.added(("a", "b", "c")) == {2020: 30, 2021: 30}
    # b and c are counted together, a alone
    assert [one.selection.filters[0].values for one in engine.asked] == [("a", "b", "c"), ("a",), ("b", "c")]


def test_a_dataset_of_too_many_values_by_itself_is_never_taken_for_known() -> None:
    engine = Answering(most=1)
    question = Groups(Selection((PARK,)), ("year",))
    assert "a" not in Wholes(engine).by("year").of
    DividedSnapshot(engine).ask([question])
    assert engine.asked[-1] == question


def test_of_the_next_build_only_what_was_written_anew_is_counted() -> None:
    before = DividedSnapshot(Answering(versions={"a": "a1", "b": "b1", "c": "c1"}))
    question = Groups(Selection((PARK,)), ("year",))
    before.ask([question])
    engine = Answering(versions={"a": "a1", "b": "b2", "c": "c1"})
    after = DividedSnapshot(engine, before)
    assert after.ask([question]) == DividedSnapshot(Answering()).ask([question])
    (counted,) = [one for one in engine.asked if one.by == ("dataset", "year")]
    assert counted.selection.filters == (Filter("dataset", ("b",)),)
    last = Answering(versions={"a": "a1", "b": "b2"}, datasets={key: DATASETS[key] for key in "ab"})
    counts = Wholes.after(Wholes.after(Wholes(engine), engine), last).by("year")
    assert counts.added(["a", "b"]) == {2020: 30, 2021: 30}
    assert "c" not in counts.of


@given(
    st.dictionaries(st.sampled_from("abc"), st.dictionaries(st.integers(0, 3), st.integers(1, 9))),
    st.dictionaries(st.sampled_from("abc"), st.dictionaries(st.integers(0, 5), st.integers(1, 9))),
)
def test_counts_beside_others_add_up(
    first: dict[str, dict[Key, int]], then: dict[str, dict[Key, int]]
) -> None:
    counts = Counts((), {}).beside(first).beside(then)
    expected: Counter[Key] = Counter()
    for values in {**first, **then}.values():
        expected.update(values)
    assert counts.added({**first, **then}) == dict(expected)


def test_an_engine_that_does_not_answer_is_not_hidden() -> None:
    class Down(Answering):
        def ask(self, questions: Sequence[Question]) -> list[Answer]:
            raise EngineDown("no answer")

    with pytest.raises(EngineDown):
        DividedSnapshot(Down()).ask([Groups(Selection(), ("year",))])


def test_who_comes_while_another_counts_is_not_kept_waiting() -> None:
    begun, end = Event(), Event()

    class Slow(Answering):
        def ask(self, questions: Sequence[Question]) -> list[Answer]:
            if not begun.is_set():
                begun.set()
                assert end.wait(SECONDS)
            return super().ask(questions)

    build, question = DividedSnapshot(Slow()), Groups(Selection((PARK,)), ("year",))
    with ThreadPoolExecutor(1) as other:
        first = other.submit(build.ask, [question])
        assert begun.wait(SECONDS)
        # nothing is known yet: the question goes to the engine as it is
        assert build.ask([question]) == [Answer((Group((2020,), FOUND_IN_B),))]
        end.set()
        assert first.result(SECONDS) == [Answer((Group((2020,), 15), Group((2021,), 30)))]
