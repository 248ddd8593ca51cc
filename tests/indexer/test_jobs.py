"""Runs: only what changed is written, the gate stands before every publishing, a failure costs nothing."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from catalogue import datasets, runs
from indexer import jobs
from indexer.flatten import Flat, Sum
from indexer.gate import GateClosed
from indexer.jobs import Stopped, run_next, run_now, stopping
from indexer.lock import job_lock
from indexer.storage import Missing
from indexer.workshop import Workshop
from search.dictionary import Dictionary
from search.documents import Dataset
from search.engine import Busy, Engine, FieldsChanged, Stage
from tests.faults.killing import counts
from tests.indexer.small import PLAYGROUNDS, TABLES, WHOLE, index, put, small


@pytest.fixture
def workshop(tmp_path: Path, engine: Engine) -> Iterator[Workshop]:
    """Three small tables published on each engine."""
    made = small(tmp_path, engine)
    index(made)
    yield made
    made.catalogue.close()


@pytest.fixture
def puts(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the datasets that are written from now on."""
    written: list[str] = []
    begin = type(workshop.engine).stage

    def stage(engine: Engine, build: str, *, fresh: bool = False, dictionary: Dictionary) -> Stage:
        begun = begin(engine, build, fresh=fresh, dictionary=dictionary)
        whole = type(begun).put

        def spy(dataset: Dataset, records: Iterator[object]) -> int:
            written.append(dataset.id)
            return whole(begun, dataset, records)  # type: ignore[arg-type]

        begun.put = spy  # type: ignore[method-assign, assignment]
        return begun

    monkeypatch.setattr(type(workshop.engine), "stage", stage)
    return written


def last(workshop: Workshop) -> tuple[str, str]:
    run = runs.recent(workshop.catalogue, 1)[0]
    return run.state, run.message


def test_the_first_run_publishes_every_dataset(workshop: Workshop) -> None:
    assert counts(workshop.engine) == WHOLE
    assert last(workshop) == (runs.DONE, "데이터셋 3개를 색인했습니다.")


def test_an_unchanged_catalogue_publishes_nothing(workshop: Workshop, puts: list[str]) -> None:
    before = workshop.engine.live().build
    assert index(workshop).message == "바뀐 데이터셋이 없습니다."
    assert workshop.engine.live().build == before
    assert puts == []


def test_only_the_changed_dataset_is_written(workshop: Workshop, puts: list[str]) -> None:
    put(workshop, "강동구_놀이터.csv", PLAYGROUNDS + "놀이터30,길동,2020,3\n")
    index(workshop)
    assert puts == ["강동구-놀이터"]
    assert dict(counts(workshop.engine)) == {**dict(WHOLE), "강동구-놀이터": 30}


def test_named_datasets_are_written_and_no_others(workshop: Workshop, puts: list[str]) -> None:
    put(workshop, "강동구_놀이터.csv", PLAYGROUNDS + "놀이터30,길동,2020,3\n")
    index(workshop, "강동구-민원")
    assert puts == ["강동구-민원"]
    assert counts(workshop.engine) == WHOLE


def test_everything_is_written_when_everything_is_asked_for(workshop: Workshop, puts: list[str]) -> None:
    index(workshop, everything=True)
    assert puts == [name for name, _ in WHOLE]
    assert counts(workshop.engine) == WHOLE


def test_a_dataset_that_left_the_catalogue_leaves_the_index(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = datasets.current(workshop.catalogue)
    monkeypatch.setattr(datasets, "current", lambda _: [one for one in known if one.id != "강동구-민원"])
    assert "1개를 뺐습니다" in index(workshop).message
    assert counts(workshop.engine) == WHOLE[:2]


def test_an_empty_catalogue_never_empties_the_index(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datasets, "current", lambda _: [])
    monkeypatch.setattr(datasets, "everything", lambda _: [])
    with pytest.raises(Missing, match="catalogue is empty"):
        index(workshop, everything=True)
    assert counts(workshop.engine) == WHOLE


def test_an_unknown_dataset_is_named(workshop: Workshop) -> None:
    with pytest.raises(Missing, match="없는것"):
        index(workshop, "없는것")
    assert last(workshop)[0] == runs.FAILED


def test_a_closed_gate_leaves_the_old_build_and_says_which_figures_differ(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = workshop.engine.live().build
    truth = Flat.sums

    def wrong(flat: Flat) -> dict[str, Sum]:
        return {slot: replace(found, total=found.total + 1) for slot, found in truth(flat).items()}

    monkeypatch.setattr(Flat, "sums", wrong)
    put(workshop, "강동구_놀이터.csv", PLAYGROUNDS + "놀이터30,길동,2020,0\n")
    with pytest.raises(GateClosed, match="그네수"):
        index(workshop)
    assert workshop.engine.live().build == before
    assert counts(workshop.engine) == WHOLE
    state, message = last(workshop)
    assert state == runs.FAILED
    for said in ("강동구-놀이터", "435", "436", "the published build stays"):
        assert said in message
    monkeypatch.undo()
    assert index(workshop).state == runs.DONE
    assert len([*workshop.engine.builds()]) == 2


def test_a_dataset_that_fails_leaves_all_as_it_was(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Flat) -> Iterator[object]:
        yield from ()
        raise ValueError("odd cell")

    monkeypatch.setattr(Flat, "batches", fails)
    with pytest.raises(ValueError, match="odd cell"):
        index(workshop, everything=True)
    assert last(workshop) == (runs.FAILED, "ValueError: odd cell")
    assert counts(workshop.engine) == WHOLE


def test_changed_fields_lead_to_a_whole_new_build(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, puts: list[str]
) -> None:
    begin = type(workshop.engine).stage

    def stage(engine: Engine, build: str, *, fresh: bool = False, dictionary: Dictionary) -> Stage:
        if not fresh:
            raise FieldsChanged("the fields of the index have changed")
        return begin(engine, build, fresh=fresh, dictionary=dictionary)

    monkeypatch.setattr(type(workshop.engine), "stage", stage)
    assert "모두 다시" in index(workshop).message
    assert puts == [name for name, _ in WHOLE]
    assert counts(workshop.engine) == WHOLE


def test_rollback_brings_the_build_before_and_the_next_run_the_newest(workshop: Workshop) -> None:
    put(workshop, "강동구_놀이터.csv", PLAYGROUNDS + "놀이터30,길동,2020,3\n")
    index(workshop)
    newest = counts(workshop.engine)
    workshop.engine.rollback()
    assert counts(workshop.engine) == WHOLE
    index(workshop)
    assert counts(workshop.engine) == newest


def test_a_heartbeat_that_finds_the_catalogue_locked_costs_nothing(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("UPDATE runs", {}, Exception("database is locked"))

    monkeypatch.setattr(runs, "progress", locked)
    assert index(workshop, everything=True).state == runs.DONE


def test_while_one_job_runs_another_is_told_so_and_asks_for_nothing(workshop: Workshop) -> None:
    with job_lock(workshop.storage.var), pytest.raises(Busy, match=r"process \d+"):
        run_now(workshop, None, "test", everything=True)
    assert runs.waiting(workshop.catalogue) == 0


def test_a_run_left_behind_is_abandoned_by_the_next_and_taken_up_again(workshop: Workshop) -> None:
    left = runs.enqueue(workshop.catalogue, "schedule", all_of_them=True)
    runs.take(workshop.catalogue)
    index(workshop)
    states = [run.state for run in runs.recent(workshop.catalogue)]
    assert states[:3] == [runs.QUEUED, runs.DONE, runs.ABANDONED]
    again = run_next(workshop)
    assert again is not None
    assert (again.trigger, again.datasets["all"]) == ("schedule", True)
    assert f"실행 {again.id}" in runs.get(workshop.catalogue, left).message
    assert runs.get(workshop.catalogue, again.id).state == runs.DONE


def test_a_run_that_kills_its_process_again_and_again_is_not_taken_up_for_ever(workshop: Workshop) -> None:
    runs.enqueue(workshop.catalogue, "schedule", all_of_them=True)
    for _ in range(runs.MOST_AGAIN + 1):
        assert runs.take(workshop.catalogue) is not None
        assert runs.abandon_orphans(workshop.catalogue) == 1
    assert runs.take(workshop.catalogue) is None
    assert "더 하지 않습니다" in runs.recent(workshop.catalogue)[0].message


def test_a_run_that_waits_is_cancelled_at_once(workshop: Workshop) -> None:
    asked = runs.enqueue(workshop.catalogue, "test", all_of_them=True)
    assert runs.cancel(workshop.catalogue, asked, "김담당")
    assert run_next(workshop) is None
    found = runs.get(workshop.catalogue, asked)
    assert (found.state, "김담당" in found.message) == (runs.CANCELLED, True)
    assert not runs.cancel(workshop.catalogue, asked, "김담당"), "it has ended"


def test_a_run_at_work_is_cancelled_and_leaves_the_old_build(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "HEARTBEAT_SECONDS", 0.0)
    asked = runs.enqueue(workshop.catalogue, "test", all_of_them=True)

    def watch(_step: str, done: int, _total: int) -> None:
        if done > 29:
            runs.cancel(workshop.catalogue, asked, "김담당")

    before = workshop.engine.live().build.id
    run_next(workshop, watch)
    assert runs.get(workshop.catalogue, asked).state == runs.CANCELLED
    assert workshop.engine.live().build.id == before
    assert counts(workshop.engine) == WHOLE


def test_what_add_has_queued_is_done_by_the_next_index_and_only_once(
    workshop: Workshop, puts: list[str]
) -> None:
    put(workshop, "강동구_놀이터.csv", PLAYGROUNDS + "놀이터30,길동,2020,3\n")
    queued = runs.enqueue(workshop.catalogue, "add")
    run = run_now(workshop, None, "test", ["강동구-놀이터"], everything=False)
    assert (run.state, run.id != queued) == (runs.DONE, True)
    assert runs.get(workshop.catalogue, queued).message == "바뀐 데이터셋이 없습니다."
    assert puts == ["강동구-놀이터"]


def test_a_run_that_is_told_to_stop_waits_again(workshop: Workshop) -> None:
    stop = threading.Event()
    watch = stopping(stop)

    def after_two(step: str, done: int, total: int) -> None:
        if done > 29:
            stop.set()
        watch(step, done, total)

    asked = runs.enqueue(workshop.catalogue, "schedule", all_of_them=True)
    with pytest.raises(Stopped):
        run_next(workshop, after_two)
    assert counts(workshop.engine) == WHOLE
    again, stopped = runs.recent(workshop.catalogue, 2)
    assert (stopped.id, stopped.state) == (asked, runs.ABANDONED)
    assert (again.state, again.trigger, again.datasets) == (runs.QUEUED, "schedule", stopped.datasets)


def test_ctrl_c_is_noted_and_leaves_the_old_build(workshop: Workshop) -> None:
    def watch(step: str, _done: int, _total: int) -> None:
        if step == "검사":
            raise KeyboardInterrupt

    runs.enqueue(workshop.catalogue, "test", all_of_them=True)
    with pytest.raises(KeyboardInterrupt):
        run_next(workshop, watch)
    assert last(workshop)[0] == runs.ABANDONED
    assert counts(workshop.engine) == WHOLE
    assert index(workshop, everything=True).state == runs.DONE


def test_progress_never_goes_back_and_ends_with_publishing(workshop: Workshop) -> None:
    seen: list[tuple[str, int, int]] = []
    runs.enqueue(workshop.catalogue, "test", all_of_them=True)
    run_next(workshop, lambda *far: seen.append(far))
    done: Sequence[int] = [far[1] for far in seen]
    assert done == sorted(done)
    assert {far[2] for far in seen} == {73}
    assert [far[0] for far in seen][-3:] == ["쓰기", "검사", "공개"]
    assert {f"색인 {file[4:-4]}" for file in TABLES} <= {far[0] for far in seen}


def test_one_dataset_that_is_not_fit_keeps_its_old_records_and_the_others_go_on(workshop: Workshop) -> None:
    put(workshop, "강동구_놀이터.csv", PLAYGROUNDS + "놀이터30,길동,2020,3\n")
    put(workshop, "강동구_새것.csv", "이름,동,값\n가,길동,1\n나,길동,2\n다,길동,3\n")
    lost = next(one for one in datasets.current(workshop.catalogue) if one.id == "강동구-놀이터")
    (workshop.storage.var / "editions" / lost.hash).unlink()
    (workshop.storage.var / "tables" / f"{lost.hash}.parquet").unlink()
    run = index(workshop)
    assert run.state == runs.WARNED
    assert "강동구-놀이터" in run.message
    assert dict(counts(workshop.engine)) == {**dict(WHOLE), "강동구-새것": 3}


def test_what_a_database_could_not_write_stands_in_no_run(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("INSERT …", {"name": "900101-1234567"}, Exception("disk is full"))

    monkeypatch.setattr(jobs, "reindex", away)
    asked = runs.enqueue(workshop.catalogue, "test")
    with pytest.raises(OperationalError):
        run_next(workshop)
    assert runs.get(workshop.catalogue, asked).message == "the catalogue: disk is full"
