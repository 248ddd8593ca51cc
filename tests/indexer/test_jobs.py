"""Runs: only what changed is written, the gate stands before every publishing, a failure costs nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from catalogue import runs
from indexer import gate, scheduler
from indexer.adding import add
from indexer.areas import Areas
from indexer.flatten import Flat, Sum
from indexer.gate import GateClosed
from indexer.jobs import Workshop, run_next
from indexer.lock import job_lock
from search.engine import Busy, Engine
from settings import SettingsError
from sources.contract import Facts, Fetched
from tests.conftest import filled
from tests.faults.killing import counts


@pytest.fixture
def workshop(tmp_path: Path, engine: Engine, sample_files: Path) -> Iterator[Workshop]:
    """The sample in the catalogue of each engine, published."""
    made = filled(tmp_path, engine, sample_files)
    index(made)
    yield made
    made.catalogue.close()


def index(workshop: Workshop, *only: str, everything: bool = False) -> str:
    run_next(workshop, None, runs.enqueue(workshop.catalogue, "test", only, all_of_them=everything))
    return runs.recent(workshop.catalogue, 1)[0].message


def put(workshop: Workshop, text: str, file: str = "서울특별시 강동구_놀이터 현황_20251231.csv") -> None:
    fetched = Fetched(file, text.encode(), Facts(title="놀이터 현황", provider="강동구"))
    (added,) = add(workshop.catalogue, workshop.storage, Areas.load(), [fetched])
    assert added.dataset, added.why


PLAYGROUNDS = "이름,동,설치연도,그네수\n" + "".join(
    f"놀이터{n},길동,{2015 + n % 5},{n}\n" for n in range(1, 30)
)


def test_an_unchanged_catalogue_publishes_nothing(workshop: Workshop) -> None:
    before = workshop.engine.live().build
    assert "바뀐" in index(workshop)
    assert workshop.engine.live().build == before


def test_only_the_new_dataset_is_written(workshop: Workshop) -> None:
    before = dict(counts(workshop.engine))
    put(workshop, PLAYGROUNDS)
    assert "1개" in index(workshop)
    after = dict(counts(workshop.engine))
    assert set(after) - set(before) == {"서울특별시-강동구-놀이터-현황-20251231"}
    assert {key: after[key] for key in before} == before


def test_a_new_edition_takes_the_place_of_the_old(workshop: Workshop) -> None:
    put(workshop, PLAYGROUNDS)
    index(workshop)
    put(workshop, PLAYGROUNDS.replace("놀이터7,", "어린이터7,"))
    index(workshop)
    assert dict(counts(workshop.engine))["서울특별시-강동구-놀이터-현황-20251231"] == 29


def test_a_lost_table_is_made_again_from_the_edition(workshop: Workshop) -> None:
    whole = counts(workshop.engine)
    for path in (workshop.storage.var / "tables").iterdir():
        path.unlink()
    index(workshop, everything=True)
    assert counts(workshop.engine) == whole


def test_a_closed_gate_leaves_the_old_build_and_says_which_figures_differ(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = workshop.engine.live().build
    truth = Flat.sums

    def wrong(flat: Flat) -> dict[str, Sum]:
        return {slot: replace(found, total=found.total + 1) for slot, found in truth(flat).items()}

    monkeypatch.setattr(Flat, "sums", wrong)
    put(workshop, PLAYGROUNDS)
    with pytest.raises(GateClosed, match="그네수"):
        index(workshop)
    assert workshop.engine.live().build == before
    failed = runs.recent(workshop.catalogue, 1)[0]
    assert failed.state == runs.FAILED
    assert "435" in failed.message
    assert "436" in failed.message


def test_the_gate_counts_datasets_it_did_not_write_too(workshop: Workshop) -> None:
    live = workshop.engine.live()
    first = next(iter(live.datasets.values()))
    short = {**live.datasets, first.id: replace(first, records=first.records + 1)}

    class Claims:
        build = live.build
        datasets = short
        ask = staticmethod(live.ask)

    with pytest.raises(GateClosed, match=first.id):
        gate.check(Claims(), {})


def test_while_one_job_runs_another_is_told_so(workshop: Workshop) -> None:
    with job_lock(workshop.storage.var), pytest.raises(Busy, match="process"):
        index(workshop)


def test_a_run_left_behind_is_abandoned_by_the_next(workshop: Workshop) -> None:
    runs.enqueue(workshop.catalogue, "test", all_of_them=True)
    runs.take(workshop.catalogue)
    index(workshop)
    states = [run.state for run in runs.recent(workshop.catalogue)]
    assert states[:2] == [runs.DONE, runs.ABANDONED]


def test_the_schedule_only_queues(workshop: Workshop) -> None:
    made = BackgroundScheduler(timezone=scheduler.TIMEZONE)
    scheduler.configure(made, workshop.catalogue, "0 3 * * *")
    (job,) = made.get_jobs()
    assert (job.coalesce, job.max_instances) == (True, 1)
    job.func()
    assert runs.recent(workshop.catalogue, 1)[0].state == runs.QUEUED


def test_a_line_that_is_no_schedule_is_named() -> None:
    with pytest.raises(SettingsError, match="GBP_SCHEDULE"):
        scheduler.configure(BackgroundScheduler(), None, "every day")  # type: ignore[arg-type]


def test_a_missed_night_is_caught_up_once(workshop: Workshop) -> None:
    now = datetime.now(UTC)
    assert scheduler.catch_up(workshop.catalogue, "0 3 * * *", now) is None
    asked = scheduler.catch_up(workshop.catalogue, "0 3 * * *", now + timedelta(days=2))
    assert asked is not None
    assert scheduler.catch_up(workshop.catalogue, "0 3 * * *", now + timedelta(days=2)) == asked
