"""The scheduler's process: it only enqueues. What it asks for is done by the worker, like any other run."""

import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from sqlalchemy.exc import SQLAlchemyError

from catalogue import datasets, fetches, runs
from catalogue.cron import trigger
from catalogue.fetches import Planned
from catalogue.store import Catalogue
from settings import SEOUL
from sources.errors import PASSING

MISFIRE_GRACE_SECONDS = 3_600
"""APScheduler's default of one second silently drops a run whenever the machine is busy (ui-ops §4.1)."""

LOOK_SECONDS = 30.0
RETRIED = PASSING | {"quota", "count"}
"""Kinds of failures that are tried again without waiting for the next time of the schedule."""

INDEX_JOB, FETCH_JOB = "GBP_SCHEDULE", "fetch "


def configure(scheduler: BaseScheduler, catalogue: Catalogue, schedule: str) -> None:
    """Add the re-index by cron line, and a fetch for each cron line of the plans.

    Raises SettingsError for a line that is none.
    """
    _add(scheduler, INDEX_JOB, schedule, lambda: runs.enqueue(catalogue, "schedule"))
    for line, entries in fetches.schedules(catalogue).items():
        _add(scheduler, f"{FETCH_JOB}{line}", line, partial(_enqueue_fetch, catalogue, entries))


def _add(scheduler: BaseScheduler, name: str, line: str, work: Callable[[], int]) -> None:
    scheduler.add_job(
        work,
        trigger(line, name),
        id=name,
        coalesce=True,
        max_instances=1,
        misfire_grace_time=MISFIRE_GRACE_SECONDS,
        replace_existing=True,
    )


def _enqueue_fetch(catalogue: Catalogue, entries: Sequence[str]) -> int:
    return runs.enqueue(catalogue, "schedule", entries, job=runs.FETCH)


def catch_up(catalogue: Catalogue, schedule: str, now: datetime) -> int | None:
    """Queue a run when one was due since the last that succeeded: jobs in memory forget what they missed.

    A portal with data that no run has ever indexed is due too.
    """
    last = runs.last_done(catalogue)
    if last is None or last.finished_at is None:
        return runs.enqueue(catalogue, "schedule") if datasets.current(catalogue) else None
    due = trigger(schedule).get_next_fire_time(None, last.finished_at)
    return runs.enqueue(catalogue, "schedule") if due is not None and due <= now else None


def catch_up_fetches(catalogue: Catalogue, now: datetime) -> int | None:
    """Queue one fetch for all entries that were due since they were last tried; none where nothing was."""
    lines = {entry: line for line, entries in fetches.schedules(catalogue).items() for entry in entries}
    due = []
    for one in fetches.standings(catalogue):
        line = lines.get(one.plan.entry)
        if line is None:
            continue
        after = one.last.ended_at if one.last else None
        next_time = trigger(line, one.plan.entry).get_next_fire_time(None, after) if after else now
        if next_time is not None and next_time <= now:
            due.append(one.plan.entry)
    return _enqueue_fetch(catalogue, due) if due else None


def retry(catalogue: Catalogue, now: datetime) -> int | None:
    """Queue again what failed for a reason that may have passed: many datasets are due but once a month."""
    again = fetches.to_retry(catalogue, RETRIED, now)
    return _enqueue_fetch(catalogue, again) if again else None


def run(
    catalogue: Catalogue,
    schedule: str,
    stop: threading.Event,
    planned: Iterable[Planned] = (),
    look_seconds: float = LOOK_SECONDS,
) -> None:
    """Enqueue on schedule until told to stop; what staff change of the plans holds within a minute."""
    fetches.plan(catalogue, planned)
    scheduler = BackgroundScheduler(timezone=SEOUL)
    known = fetches.schedules(catalogue)  # before: what changes meanwhile is then seen as a change
    configure(scheduler, catalogue, schedule)
    catch_up(catalogue, schedule, runs.now())
    catch_up_fetches(catalogue, runs.now())
    scheduler.start()
    while not stop.wait(look_seconds):
        try:
            now = fetches.schedules(catalogue)
            if now != known:
                scheduler.remove_all_jobs()
                configure(scheduler, catalogue, schedule)
                known = now
            retry(catalogue, runs.now())
        except SQLAlchemyError:
            continue  # a database that is away comes back; the jobs stand meanwhile
    scheduler.shutdown()
