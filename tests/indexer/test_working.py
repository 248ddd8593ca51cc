"""The worker goes on, whatever happens to it, and ends when it is told to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from catalogue import runs
from indexer import working
from indexer.lock import job_lock
from indexer.working import work
from indexer.workshop import Workshop
from tests.conftest import embedded
from tests.faults.killing import counts
from tests.indexer.small import WHOLE, small
from tests.indexer.waiting import Waits


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    made = small(tmp_path, embedded(tmp_path / "index"))
    yield made
    made.catalogue.close()


def test_it_does_what_waits_and_then_looks_again_now_and_then(workshop: Workshop) -> None:
    runs.enqueue(workshop.catalogue, "test")
    runs.enqueue(workshop.catalogue, "test", all_of_them=True)
    said: list[str] = []
    stop = Waits(2)
    work(workshop, stop, said.append, poll_seconds=1.0)
    assert [line.split(":")[0] for line in said] == ["run 1", "run 2"]
    assert stop.seconds == [1.0, 1.0]
    assert counts(workshop.engine) == WHOLE


def test_it_waits_longer_after_each_failure(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: object) -> bool:
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr(runs, "is_work_there", away)
    said: list[str] = []
    stop = Waits(8)
    work(workshop, stop, said.append, poll_seconds=1.0)
    assert stop.seconds == [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]
    assert said[0] == "failed: the catalogue: database is locked"


def test_a_failed_run_is_said_and_does_not_end_it(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs.enqueue(workshop.catalogue, "test", ["없는것"])
    runs.enqueue(workshop.catalogue, "test")
    said: list[str] = []
    work(workshop, Waits(2), said.append)
    assert "없는것" in said[0]
    assert counts(workshop.engine) == WHOLE


def test_it_stands_in_nobodys_way_while_nothing_waits(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        pytest.fail("an idle worker took the job lock to look for work")

    monkeypatch.setattr(working, "run_next", never)
    work(workshop, Waits(3), lambda _: None)


def test_it_leaves_a_run_to_who_holds_the_lock(workshop: Workshop) -> None:
    runs.enqueue(workshop.catalogue, "test")
    with job_lock(workshop.storage.var):
        work(workshop, Waits(3), lambda _: None)
    assert runs.waiting(workshop.catalogue) == 1
