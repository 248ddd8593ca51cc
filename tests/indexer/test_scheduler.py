"""The scheduler only queues: on its day, once, and once for all it has missed."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from catalogue import datasets, fetches, runs
from catalogue.cron import trigger
from catalogue.fetches import Outcome, Planned
from catalogue.store import Catalogue
from indexer import scheduler
from settings import SEOUL, SettingsError
from tests.catalogue.test_catalogue import NEW

NIGHTLY = "0 3 * * *"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(f"sqlite:///{tmp_path / 'c.sqlite'}")
    datasets.add(opened, NEW)
    yield opened
    opened.close()


def test_its_job_queues_one_run_and_no_more_while_that_waits(catalogue: Catalogue) -> None:
    made = BackgroundScheduler(timezone=SEOUL)
    scheduler.configure(made, catalogue, NIGHTLY)
    (job,) = made.get_jobs()
    assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, 3_600)
    job.func()
    job.func()
    assert [(run.state, run.trigger) for run in runs.recent(catalogue)] == [(runs.QUEUED, "schedule")]


@pytest.mark.parametrize(
    ("schedule", "after", "due"),
    [
        (NIGHTLY, "2026-03-06T17:59:00+00:00", "2026-03-06T18:00:00+00:00"),  # 3 o'clock in Seoul
        ("30 4 * * 0", "2026-03-06T00:00:00+00:00", "2026-03-07T19:30:00+00:00"),  # Sunday
        ("30 4 * * 7", "2026-03-06T00:00:00+00:00", "2026-03-07T19:30:00+00:00"),
        ("0 0 * * 1-5", "2026-03-06T16:00:00+00:00", "2026-03-08T15:00:00+00:00"),  # Monday after Saturday
        ("0 0 * * 5-7", "2026-03-07T16:00:00+00:00", "2026-03-12T15:00:00+00:00"),
        (
            "0 0 * * */3",
            "2026-03-01T16:00:00+00:00",
            "2026-03-03T15:00:00+00:00",
        ),  # Sunday, Wednesday, Saturday
        ("0 0 * * fri", "2026-03-01T16:00:00+00:00", "2026-03-05T15:00:00+00:00"),
    ],
)
def test_a_cron_line_means_what_cron_means_by_it_in_seoul(schedule: str, after: str, due: str) -> None:
    found = trigger(schedule).get_next_fire_time(None, datetime.fromisoformat(after))
    assert found == datetime.fromisoformat(due)


@pytest.mark.parametrize("schedule", ["every day", "0 3 * *", "61 3 * * *", "0 3 * * 5-2", "", "@daily"])
def test_a_line_that_is_no_schedule_is_named(catalogue: Catalogue, schedule: str) -> None:
    with pytest.raises(SettingsError, match="GBP_SCHEDULE"):
        scheduler.configure(BackgroundScheduler(), catalogue, schedule)


def test_a_missed_night_is_caught_up_once(catalogue: Catalogue) -> None:
    runs.finish(catalogue, runs.enqueue(catalogue, "test"), runs.DONE, "done", "b1")
    now = datetime.now(UTC)
    assert scheduler.catch_up(catalogue, NIGHTLY, now) is None
    asked = scheduler.catch_up(catalogue, NIGHTLY, now + timedelta(days=2))
    assert asked is not None
    assert scheduler.catch_up(catalogue, NIGHTLY, now + timedelta(days=20)) == asked


def test_data_that_were_never_indexed_are_due(catalogue: Catalogue) -> None:
    runs.finish(catalogue, runs.enqueue(catalogue, "test"), runs.FAILED, "no")
    assert scheduler.catch_up(catalogue, NIGHTLY, datetime.now(UTC)) is not None


def test_without_data_there_is_nothing_to_catch_up(tmp_path: Path) -> None:
    empty = Catalogue(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    assert scheduler.catch_up(empty, NIGHTLY, datetime.now(UTC)) is None
    empty.close()


def test_it_ends_when_it_is_told_to(catalogue: Catalogue) -> None:
    stop = threading.Event()
    running = threading.Thread(target=scheduler.run, args=(catalogue, NIGHTLY, stop))
    running.start()
    stop.set()
    running.join(30)
    assert not running.is_alive()


PLANNED = [
    Planned("parks", "seoul", "공원", "서울시", "parks.csv", "20 3 * * *", 7),
    Planned("libraries", "seoul", "도서관", "서울시", "libraries.csv", "20 3 * * *", 7),
    Planned("people", "kosis", "인구", "국가데이터처", "people.csv", "0 4 1 * *", 40),
    Planned("nobody", "mois", "화장실", "행정안전부", "toilets.csv", "0 4 1 * *", 40, ready=False),
]


def test_datasets_of_one_time_are_asked_for_in_one_run_and_those_without_a_key_in_none(
    catalogue: Catalogue,
) -> None:
    fetches.plan(catalogue, PLANNED)
    made = BackgroundScheduler(timezone=SEOUL)
    scheduler.configure(made, catalogue, NIGHTLY)
    asking = [job for job in made.get_jobs() if job.id != scheduler.INDEX_JOB]
    assert {(job.coalesce, job.max_instances, job.misfire_grace_time) for job in asking} == {(True, 1, 3_600)}
    for job in asking:
        job.func()
        job.func()
    asked = [(run.job, run.datasets["only"]) for run in runs.recent(catalogue)]
    assert asked == [(runs.FETCH, ["people"]), (runs.FETCH, ["libraries", "parks"])]


def test_fetches_that_were_missed_are_caught_up_in_one_run(catalogue: Catalogue) -> None:
    fetches.plan(catalogue, PLANNED)
    run = runs.enqueue(catalogue, "test", job=runs.FETCH)
    for entry in ("parks", "libraries", "people"):
        fetches.note(catalogue, run, Outcome(entry, "seoul", fetches.NEW, ""), runs.now())
    runs.finish(catalogue, run, runs.DONE, "")
    now = datetime.now(UTC)
    assert scheduler.catch_up_fetches(catalogue, now) is None
    asked = scheduler.catch_up_fetches(catalogue, now + timedelta(days=2))
    assert asked is not None
    due = set(runs.get(catalogue, asked).datasets["only"])
    assert {"parks", "libraries"} <= due <= {"parks", "libraries", "people"}
    assert scheduler.catch_up_fetches(catalogue, now + timedelta(days=2)) == asked, (
        "no second one while it waits"
    )


def test_what_never_came_is_due_at_once(catalogue: Catalogue) -> None:
    fetches.plan(catalogue, PLANNED)
    asked = scheduler.catch_up_fetches(catalogue, datetime.now(UTC))
    assert asked is not None
    assert runs.get(catalogue, asked).datasets["only"] == ["libraries", "parks", "people"]


def test_a_schedule_that_staff_change_holds_without_a_restart(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured = threading.Semaphore(0)
    plain = scheduler.configure

    def configure(made: BackgroundScheduler, there: Catalogue, schedule: str) -> None:
        plain(made, there, schedule)
        lines.append({job.id for job in made.get_jobs()})
        configured.release()

    lines: list[set[str]] = []
    monkeypatch.setattr(scheduler, "configure", configure)
    stop = threading.Event()
    running = threading.Thread(target=scheduler.run, args=(catalogue, NIGHTLY, stop, PLANNED, 0.01))
    running.start()
    assert configured.acquire(timeout=30)
    fetches.reschedule(catalogue, "people", "15 5 * * 1", paused=False)
    assert configured.acquire(timeout=30)
    stop.set()
    running.join(30)
    assert f"{scheduler.FETCH_JOB}15 5 * * 1" in lines[1] - lines[0]


def test_what_is_listed_no_more_is_not_run_but_staff_find_it(catalogue: Catalogue) -> None:
    fetches.plan(catalogue, PLANNED)
    fetches.plan(catalogue, PLANNED[:1])
    assert fetches.schedules(catalogue) == {"20 3 * * *": ["parks"]}
    assert {one.plan.entry for one in fetches.standings(catalogue)} == {one.entry for one in PLANNED}


@pytest.mark.parametrize(
    ("kind", "again"), [("network", True), ("quota", True), ("key", False), ("fields", False)]
)
def test_what_may_have_passed_is_tried_again_before_its_next_time(
    catalogue: Catalogue, kind: str, again: bool
) -> None:
    fetches.plan(catalogue, PLANNED)
    run = runs.enqueue(catalogue, "test", job=runs.FETCH)
    fetches.note(catalogue, run, Outcome("people", "kosis", fetches.FAILED, "", kind), runs.now())
    runs.finish(catalogue, run, runs.WARNED, "")
    now = datetime.now(UTC)
    assert scheduler.retry(catalogue, now) is None, "not at once"
    asked = scheduler.retry(catalogue, now + timedelta(hours=3))
    assert (asked is not None) == again
    if asked is not None:
        assert runs.get(catalogue, asked).datasets["only"] == ["people"]


def test_nothing_is_tried_again_more_than_three_times_a_day(catalogue: Catalogue) -> None:
    fetches.plan(catalogue, PLANNED)
    run = runs.enqueue(catalogue, "test", job=runs.FETCH)
    for _ in range(fetches.MOST_TRIES_A_DAY):
        fetches.note(catalogue, run, Outcome("people", "kosis", fetches.FAILED, "", "server"), runs.now())
    assert scheduler.retry(catalogue, datetime.now(UTC) + timedelta(hours=3)) is None


def test_a_fetch_from_a_shell_without_keys_leaves_the_schedule_alone(catalogue: Catalogue) -> None:
    fetches.plan(catalogue, PLANNED)
    before = fetches.schedules(catalogue)
    fetches.plan(catalogue, [replace(one, ready=False) for one in PLANNED[:2]], only_new=True)
    assert fetches.schedules(catalogue) == before
