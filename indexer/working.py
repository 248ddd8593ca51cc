"""The worker's loop: one run after another, until told to stop."""

import threading
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from catalogue import fetches, runs
from catalogue.tables import Run
from indexer import notify
from indexer.jobs import Stopped, run_next, stopping, sweep
from indexer.publishing import Progress
from indexer.watching import FolderWatch
from indexer.work import line_of
from indexer.workshop import Workshop
from search.engine import Busy
from settings import Notify

POLL_SECONDS = 1.0
TURNS_BEFORE_SWEEPING = 2
"""Without work: a second or more after the last build was published, which is first read then."""
LONGEST_WAIT_SECONDS = 60.0
"""After failure on failure: a database that is away, a dataset that the gate refuses."""

_WORTH_TELLING = (runs.FAILED, runs.WARNED)

Say = Callable[[str], None]
Tell = Callable[[Run], None]
Watch = Callable[[Progress], Progress]


def nobody(_: Run) -> None:
    """No address is set."""


def alone(progress: Progress) -> Progress:
    """Nobody watches besides."""
    return progress


def teller(workshop: Workshop, to: Notify, say: Say) -> Tell:
    """Who is told of runs that went wrong."""
    seen: set[int] = set()

    def tell(run: Run) -> None:
        given_up = run.state == runs.ABANDONED and run.message.endswith(runs.GIVEN_UP)
        if run.id in seen or not (to.webhook or to.mail_to):
            return
        if run.state not in _WORTH_TELLING and not given_up:
            return
        seen.add(run.id)
        text = notify.told(run, fetches.of_run(workshop.catalogue, run.id))
        try:
            notify.send(to, f"[데이터 포털] 실행 {run.id}: {run.state}", text)
        except notify.NotSent as error:
            say(f"run {run.id}: nobody could be told ({error})")

    return tell


def work(
    workshop: Workshop,
    stop: threading.Event,
    say: Say,
    poll_seconds: float = POLL_SECONDS,
    tell: Tell = nobody,
    watch: Watch = alone,
) -> None:
    """Do what waits. A failed run is in the catalogue; the loop goes on, more slowly each time.

    What builds of before have left is swept away when nothing waits: those who read a new build come first.
    """
    failures = idle = 0
    folder = FolderWatch(workshop.supply.folder)
    with suppress(SQLAlchemyError):
        fetches.plan(workshop.catalogue, workshop.supply.planned())
    while not stop.is_set():
        try:
            folder.look(workshop.catalogue)
            idle = 0 if _work_once(workshop, stop, say, tell, watch) else idle + 1
            if idle == TURNS_BEFORE_SWEEPING:
                with suppress(Busy):  # who is at work sweeps, too
                    sweep(workshop)
        except Stopped:
            say("stopped; the run waits for the next worker")
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the worker must outlive it
            failures += 1
            say(f"failed: {line_of(error)}")
            _tell_last(workshop, tell)
            stop.wait(min(poll_seconds * 2**failures, LONGEST_WAIT_SECONDS))
            continue
        failures = 0
        if idle:
            stop.wait(poll_seconds)


def _work_once(workshop: Workshop, stop: threading.Event, say: Say, tell: Tell, watch: Watch) -> bool:
    # looking takes no lock, so that whoever starts a job meets no idle worker in its way
    if not runs.is_work_there(workshop.catalogue):
        return False
    try:
        run = run_next(workshop, watch(stopping(stop)))
    except Busy:
        return False
    if run is not None:
        done = runs.get(workshop.catalogue, run.id)
        say(f"run {run.id}: {done.message}")
        tell(done)
    return run is not None


def _tell_last(workshop: Workshop, tell: Tell) -> None:
    """Of the run that has just failed, if it was one: others may have been asked for meanwhile."""
    with suppress(SQLAlchemyError):
        ended = [one for one in runs.recent(workshop.catalogue) if one.finished_at is not None]
        if ended:
            tell(max(ended, key=lambda one: one.finished_at or one.queued_at))
