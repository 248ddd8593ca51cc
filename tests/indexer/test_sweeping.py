"""What no build needs any more goes when readers have the next one: nobody waits for it, and nothing fails by it."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from indexer.gate import GateClosed
from indexer.publishing import Next, publish
from search.dictionary import NO_WORDS
from search.engine import Engine, EngineError, NothingPublished
from search.remembered import RememberingEngine
from tests.conftest import embedded


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


def put(engine: Engine, build: str, progress: Callable[[str, int, int], None], *, fresh: bool = False) -> str:
    return publish(engine, Next(build, fresh, NO_WORDS, None), [], [], progress).id


def nothing(*_: object) -> None:
    pass


def test_a_change_is_published_before_anything_is_swept(engine: Watched) -> None:
    for build in ("b1", "b2", "b3"):
        put(engine, build, nothing)
    assert engine.swept == ["b1", "b2", "b3"]
    assert [build.id for build in engine.builds()] == ["b3", "b2"]


def test_before_a_whole_build_room_is_made(engine: Watched) -> None:
    put(engine, "b1", nothing)
    engine.swept.clear()
    put(engine, "b2", nothing, fresh=True)
    assert engine.swept == ["b1", "b2"]


def test_a_build_that_cannot_be_swept_behind_is_published_all_the_same(engine: Watched) -> None:
    engine.broken = True
    assert put(engine, "b1", nothing) == "b1"
    assert engine.live().build.id == "b1"


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
    assert engine.swept == ["b1", "b1"]
    assert [build.id for build in engine.builds()] == ["b1"]
