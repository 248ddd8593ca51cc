"""What no build needs any more goes when there is a moment for it: nobody waits for it, and nothing fails by it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from catalogue import runs
from indexer.gate import GateClosed
from indexer.jobs import run_now
from indexer.publishing import Next, publish
from indexer.working import work
from indexer.workshop import Workshop
from search.dictionary import NO_WORDS
from search.engine import Engine, EngineError, NothingPublished
from search.remembered import RememberingEngine
from tests.conftest import embedded
from tests.indexer.small import index, small
from tests.indexer.waiting import Waits

PLAYGROUNDS = "강동구-놀이터"


class Watched(RememberingEngine):
    """Notes which build readers have whenever it sweeps; ``broken``: it then cannot."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.swept: list[str | None] = []
        self.broken = False

    def sweep(self) -> tuple[str, ...]:
        live = None
        with suppress(NothingPublished):
            live = self.live().build.id
        self.swept.append(live)
        if self.broken:
            raise EngineError("the disk does not answer")
        return super().sweep()


@pytest.fixture
def engine(tmp_path: Path) -> Watched:
    return Watched(embedded(tmp_path / "index"))


@pytest.fixture
def workshop(tmp_path: Path, engine: Watched) -> Iterator[Workshop]:
    made = small(tmp_path, engine)
    yield made
    made.catalogue.close()


def put(engine: Engine, build: str, progress: Callable[[str, int, int], None], *, fresh: bool = False) -> str:
    return publish(engine, Next(build, fresh, NO_WORDS, None), [], [], progress).id


def nothing(*_: object) -> None:
    pass


def test_a_change_is_published_and_nothing_is_swept_yet(engine: Watched) -> None:
    for build in ("b1", "b2", "b3"):
        put(engine, build, nothing)
    assert engine.swept == []
    assert [build.id for build in engine.builds()] == ["b3", "b2", "b1"]


def test_before_a_whole_build_room_is_made(engine: Watched) -> None:
    for build in ("b1", "b2", "b3"):
        put(engine, build, nothing)
    put(engine, "b4", nothing, fresh=True)
    assert engine.swept == ["b3"]
    assert [build.id for build in engine.builds()] == ["b4", "b3", "b2"]


def test_who_asks_for_a_run_at_the_command_line_sweeps_at_its_end(
    workshop: Workshop, engine: Watched
) -> None:
    for _ in range(3):
        run = run_now(workshop, None, "test", [PLAYGROUNDS], everything=False)
    assert engine.swept[-1] == run.build
    assert len(engine.builds()) == 2


def test_a_build_that_cannot_be_swept_behind_is_published_all_the_same(
    workshop: Workshop, engine: Watched
) -> None:
    engine.broken = True
    run = run_now(workshop, None, "test", [PLAYGROUNDS], everything=False)
    assert (run.state, engine.live().build.id) == (runs.DONE, run.build)


def test_a_worker_sweeps_once_when_nothing_has_waited_for_a_while(
    workshop: Workshop, engine: Watched
) -> None:
    for _ in range(3):
        index(workshop, PLAYGROUNDS)
    work(workshop, Waits(1), lambda _: None)
    assert engine.swept == [], "those who read the new build come first"
    work(workshop, Waits(5), lambda _: None)
    assert engine.swept == [engine.live().build.id]
    assert len(engine.builds()) == 2


def test_a_worker_that_cannot_sweep_goes_on(workshop: Workshop, engine: Watched) -> None:
    engine.broken = True
    said: list[str] = []
    work(workshop, Waits(5), said.append)
    assert (len(engine.swept), said) == (1, [])


@pytest.mark.parametrize("broken", [False, True])
def test_a_run_that_ends_at_the_gate_leaves_nothing_behind_and_says_why(
    engine: Watched, broken: bool
) -> None:
    put(engine, "b1", nothing)
    engine.broken = broken

    def closed(*_: object) -> None:
        raise GateClosed("one record too few")

    with pytest.raises(GateClosed, match="one record too few"):
        put(engine, "b2", closed)
    assert engine.swept == ["b1"]
    assert [build.id for build in engine.builds()] == ["b1"]
