"""What one reader was told the next is told without asking the engine again, and never of another build."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from search.documents import Dataset
from search.engine import Build, Engine, EngineDown
from search.plan import Answer, Group, Groups, Question, Selection, Top
from search.remembered import RememberingEngine
from tests.batches import beside
from tests.contracts.corpus import corpus

BY_YEAR, BY_AREA = (Groups(Selection(), by=(name,)) for name in ("year", "area"))


@dataclass
class Counting:
    """A build that counts what it is asked; an answer has as many groups as ``groups`` says."""

    build: Build
    groups: int = 1
    late: bool = False
    down: bool = False
    asked: list[Question] = field(default_factory=list)
    datasets: Mapping[str, Dataset] = field(default_factory=dict)

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        self.asked += questions
        if self.down:
            raise EngineDown("no answer")
        groups = tuple(Group((at,), len(self.asked)) for at in range(self.groups))
        return [Answer(groups=groups, partial=self.late, late=self.late) for _ in questions]


@dataclass
class Fake:
    """An engine of which only the live build is read."""

    snapshot: Counting

    def live(self) -> Counting:
        return self.snapshot


def remembering(snapshot: Counting, most: int = 1_000) -> tuple[Fake, RememberingEngine]:
    fake = Fake(snapshot)
    return fake, RememberingEngine(fake, most)  # type: ignore[arg-type]


def test_a_question_is_asked_once_of_a_build() -> None:
    build = Counting(Build("b1", "2026"))
    _, engine = remembering(build)
    first = engine.live().ask([BY_YEAR, BY_YEAR])
    assert engine.live().ask([BY_AREA, BY_YEAR])[1] == first[0] == first[1]
    assert build.asked == [BY_YEAR, BY_AREA]


def test_of_another_build_everything_is_asked_anew() -> None:
    fake, engine = remembering(Counting(Build("b1", "2026")))
    engine.live().ask([BY_YEAR])
    fake.snapshot = Counting(Build("b2", "2026"), groups=2)
    assert len(engine.live().ask([BY_YEAR])[0].groups) == 2


def test_a_reader_of_the_build_before_goes_on_reading_it() -> None:
    fake, engine = remembering(Counting(Build("b1", "2026")))
    before = engine.live()
    fake.snapshot = Counting(Build("b2", "2026"), groups=2)
    engine.live().ask([BY_YEAR])
    assert len(before.ask([BY_YEAR])[0].groups) == 1


def test_what_the_clock_cut_short_is_asked_again() -> None:
    build = Counting(Build("b1", "2026"), late=True)
    _, engine = remembering(build)
    engine.live().ask([BY_YEAR])
    engine.live().ask([BY_YEAR])
    assert build.asked == [BY_YEAR, BY_YEAR]


def test_an_engine_that_is_down_is_asked_again() -> None:
    build = Counting(Build("b1", "2026"), down=True)
    _, engine = remembering(build)
    with pytest.raises(EngineDown):
        engine.live().ask([BY_YEAR])
    build.down = False
    assert engine.live().ask([BY_YEAR])[0].groups


def test_no_more_is_kept_than_the_limit_and_the_longest_unused_goes_first() -> None:
    build = Counting(Build("b1", "2026"), groups=4)
    _, engine = remembering(build, most=100)
    full = [Groups(Selection(), limit=at) for at in range(20)]  # each weighs five
    for question in (*full, full[0], BY_YEAR):
        engine.live().ask([question])
    assert build.asked == [*full, BY_YEAR]
    engine.live().ask([full[0]])
    engine.live().ask([full[1]])
    assert build.asked == [*full, BY_YEAR, full[1]], "the first was used again, so the second went"


def test_readers_at_once_are_told_what_the_engine_says(engine: Engine) -> None:
    made = corpus(seed=4)
    stage = engine.stage("b1")
    for dataset in made.datasets:
        stage.put(dataset, beside(made.records[dataset.id], dataset))
    stage.seal()
    stage.publish()
    questions: list[Question] = [BY_YEAR, BY_AREA, Groups(Selection()), Top(Selection(), 3, order="row")]
    wanted = engine.live().ask(questions)
    remembered = RememberingEngine(engine, most=2_000)
    with ThreadPoolExecutor(4) as pool:
        asked = pool.map(lambda _: remembered.live().ask(questions), range(20))
        assert all(answers == wanted for answers in asked)


def test_an_answer_of_great_size_drives_nothing_out() -> None:
    build = Counting(Build("b1", "2026"))
    _, engine = remembering(build, most=1_000)
    engine.live().ask([BY_YEAR])
    build.groups = 60
    engine.live().ask([BY_AREA])
    engine.live().ask([BY_AREA, BY_YEAR])
    assert build.asked == [BY_YEAR, BY_AREA, BY_AREA]
