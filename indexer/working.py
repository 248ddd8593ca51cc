"""The worker's loop: one run after another, until told to stop."""

import threading
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from catalogue import runs
from indexer.jobs import Stopped, run_next, stopping
from indexer.workshop import Workshop
from search.engine import Busy

POLL_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
"""After failure on failure: a database that is away, a dataset that the gate refuses."""

Say = Callable[[str], None]


def work(workshop: Workshop, stop: threading.Event, say: Say, poll_seconds: float = POLL_SECONDS) -> None:
    """Do what waits. A failed run is in the catalogue; the loop goes on, more slowly each time."""
    failures = 0
    while not stop.is_set():
        try:
            worked = _work_once(workshop, stop, say)
        except Stopped:
            say("stopped; the run waits for the next worker")
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the worker must outlive it
            failures += 1
            say(f"failed: {_line(error)}")
            stop.wait(min(poll_seconds * 2**failures, LONGEST_WAIT_SECONDS))
            continue
        failures = 0
        if not worked:
            stop.wait(poll_seconds)


def _work_once(workshop: Workshop, stop: threading.Event, say: Say) -> bool:
    # looking takes no lock, so that whoever starts a job meets no idle worker in its way
    if not runs.is_work_there(workshop.catalogue):
        return False
    try:
        run = run_next(workshop, stopping(stop))
    except Busy:
        return False
    if run is not None:
        say(f"run {run.id}: {runs.get(workshop.catalogue, run.id).message}")
    return run is not None


def _line(error: Exception) -> str:
    if isinstance(error, SQLAlchemyError):
        return f"the catalogue: {getattr(error, 'orig', None) or error}".splitlines()[0]
    return f"{type(error).__name__}: {error}"
