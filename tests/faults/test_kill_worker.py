"""kill -9 at every step of a re-index: readers never see an empty, half or double index."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catalogue import runs
from search.engine import Engine
from search.opening import clock
from search.opensearch import OpenSearchEngine, connect
from tests.conftest import embedded
from tests.faults.killing import Reader, counts, end, kill, kill_at_line, start, until
from tests.faults.swinging import STATES, Swing

LINES = 7
"""Of a run over three datasets: one each, writing, checking, publishing, done."""
SEED = 20261124


@pytest.fixture
def swing(tmp_path: Path) -> Iterator[Swing]:
    made = Swing.of(tmp_path, embedded(tmp_path / "index"))
    yield made
    made.workshop.catalogue.close()


def test_a_run_has_as_many_steps_as_these_tests_kill_at(swing: Swing, tmp_path: Path) -> None:
    swing.turn()
    status, said = end(start(tmp_path, "index", "--all", "--json"))
    assert (status, len(said)) == (0, LINES)
    assert counts(swing.workshop.engine) == swing.target


def test_readers_never_notice_a_killed_index(swing: Swing, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    moments = [
        *((line, 0.0) for line in range(1, LINES + 1) for _ in range(2)),
        *((chance.randrange(1, 4), chance.uniform(0.0, 0.06)) for _ in range(20)),
    ]
    kills = 0
    with Reader(embedded(tmp_path / "index")) as reader:
        for line, later_seconds in moments:
            swing.turn()
            kills += kill_at_line(start(tmp_path, "index", "--all", "--json"), line, later_seconds)
            assert counts(swing.workshop.engine) in STATES, (line, later_seconds)
            swing.recover()
            builds = {path.name for path in (tmp_path / "index" / "builds").iterdir()}
            assert builds <= {build.id for build in swing.workshop.engine.builds()}, "leftovers"
    assert kills >= 25
    assert reader.errors == []
    assert reader.seen == STATES
    assert reader.reads > 10 * kills
    states = swing.states()
    assert states.count(runs.ABANDONED) >= 20, "most of the kills must hit the work itself"
    assert set(states) == {runs.ABANDONED, runs.DONE}


def test_opensearch_readers_never_notice_a_killed_index(
    tmp_path: Path, opensearch_url: str, clean_opensearch: Callable[[], Engine]
) -> None:
    swing = Swing.of(tmp_path, clean_opensearch())
    kills = 0
    with Reader(OpenSearchEngine(connect(opensearch_url), clock)) as reader:
        for line in range(1, LINES + 1):
            swing.turn()
            process = start(tmp_path, "index", "--all", "--json", opensearch_url=opensearch_url)
            kills += kill_at_line(process, line)
            assert counts(swing.workshop.engine) in STATES, line
            swing.recover()
            known = {build.id for build in swing.workshop.engine.builds()}
            swept = {name.removeprefix("gbp-records-") for name in swing.workshop.engine.sweep()}
            assert swept <= known, "leftovers of the dead"
    assert kills >= 6
    assert reader.errors == []
    assert reader.seen == STATES
    swing.workshop.catalogue.close()


def test_readers_never_notice_a_killed_worker_and_the_next_does_its_run(swing: Swing, tmp_path: Path) -> None:
    with Reader(embedded(tmp_path / "index")) as reader:
        for step in ("색인", "쓰기", "검사"):
            swing.turn()
            asked = runs.enqueue(swing.workshop.catalogue, "test", all_of_them=True)
            worker = start(tmp_path, "worker")
            until(lambda: at_or_beyond(swing, asked, step), worker)  # noqa: B023 - called at once
            kill(worker)
            assert counts(swing.workshop.engine) in STATES
            swing.recover()
    assert reader.errors == []
    assert reader.seen == STATES


def at_or_beyond(swing: Swing, run: int, step: str) -> bool:
    found = runs.get(swing.workshop.catalogue, run)
    return found.state == runs.DONE or found.step.startswith(step)


def test_a_worker_told_to_end_in_the_middle_ends_in_order(swing: Swing, tmp_path: Path) -> None:
    swing.turn()
    asked = runs.enqueue(swing.workshop.catalogue, "test", all_of_them=True)
    with Reader(embedded(tmp_path / "index")) as reader:
        worker = start(tmp_path, "worker")
        until(lambda: runs.get(swing.workshop.catalogue, asked).state != runs.QUEUED, worker)
        worker.terminate()
        worker.terminate()  # Ctrl-C under `gbp up` comes twice
        assert end(worker)[0] == 0
        stopped = runs.get(swing.workshop.catalogue, asked)
        assert stopped.state in {runs.DONE, runs.ABANDONED}
        waits = runs.waiting(swing.workshop.catalogue)
        assert waits == (stopped.state == runs.ABANDONED), "the run it broke off waits for the next worker"
        swing.recover()
    assert reader.errors == []
    assert reader.seen <= STATES
