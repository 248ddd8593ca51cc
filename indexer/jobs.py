"""A job as a run: one code path, whoever asked for it."""

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from catalogue import runs
from catalogue.store import Catalogue
from catalogue.tables import Run
from indexer import fetching, uploading
from indexer.gate import GateClosed
from indexer.lock import job_lock
from indexer.publishing import CHECKING, PUBLISHING, WRITING, Progress
from indexer.reindexing import reindex
from indexer.rollback import roll_back
from indexer.storage import Missing
from indexer.work import Cancelled, Done, Job, line_of
from indexer.workshop import Workshop
from search.engine import EngineError
from sources.silence import without

HEARTBEAT_SECONDS = 1.0
"""Often enough for people who watch, seldom enough for the database."""


class Stopped(Exception):
    """The process was told to end; the run waits again."""


def run_next(workshop: Workshop, watch: Progress | None = None, run: int | None = None) -> Run | None:
    """Take the oldest waiting run (or the one named) and do it; None when nothing waits.

    Runs left behind by a process that died are marked abandoned first and asked for again. Raises Busy when
    another process is at work, and what made the run fail.
    """
    with job_lock(workshop.storage.var):
        return _next(workshop, watch, run)


def run_now(
    workshop: Workshop,
    watch: Progress | None,
    trigger: str,
    only: Sequence[str] = (),
    *,
    everything: bool,
    job: str = runs.INDEX,
) -> Run:
    """Ask for a run and do it, then what waits besides, and sweep. Raises Busy, and then nothing is asked for."""
    with job_lock(workshop.storage.var):
        run = runs.enqueue(workshop.catalogue, trigger, only, all_of_them=everything, job=job)
        _next(workshop, watch, run)
        # what `gbp add` has queued is mostly done by now: its run finds nothing changed
        while _next(workshop, watch) is not None:
            pass
        _sweep(workshop)
        return runs.get(workshop.catalogue, run)


def roll_back_now(workshop: Workshop, trigger: str) -> Run:
    """Ask for a roll-back and do it, and nothing else: an index that waits would undo it. Raises as ``run_now``."""
    with job_lock(workshop.storage.var):
        run = runs.enqueue(workshop.catalogue, trigger, job=runs.ROLLBACK)
        _next(workshop, None, run)
        return runs.get(workshop.catalogue, run)


def sweep(workshop: Workshop) -> None:
    """Take away what no build needs any more. Raises Busy when another process is at work."""
    with job_lock(workshop.storage.var):
        _sweep(workshop)


def _sweep(workshop: Workshop) -> None:
    with suppress(EngineError):  # what is left lies there until the next time, and is in nobody's way
        workshop.engine.sweep()


def _next(workshop: Workshop, watch: Progress | None, run: int | None = None) -> Run | None:
    """The caller holds the job lock."""
    runs.abandon_orphans(workshop.catalogue)
    taken = runs.take(workshop.catalogue, run)
    if taken is not None:
        _execute(workshop, taken, watch)
    return taken


def _execute(workshop: Workshop, run: Run, watch: Progress | None) -> None:
    beat = _Heartbeat(workshop.catalogue, run.id, watch)
    try:
        done = _JOBS[run.job](workshop, run, beat)
    except (EngineError, GateClosed, Missing) as error:
        runs.finish(workshop.catalogue, run.id, runs.FAILED, str(error))
        raise
    except Stopped:
        _put_back(workshop.catalogue, run)
        raise
    except Cancelled as word:
        message = f"{word} 님이 취소했습니다. 공개된 색인본은 그대로입니다."
        runs.finish(workshop.catalogue, run.id, runs.CANCELLED, message)
        return
    except Exception as error:
        message = without(line_of(error), workshop.supply.keys.values())
        runs.finish(workshop.catalogue, run.id, runs.FAILED, message)
        raise
    except BaseException:
        runs.finish(workshop.catalogue, run.id, runs.ABANDONED, "중단했습니다. 공개된 색인본은 그대로입니다.")
        raise
    runs.finish(workshop.catalogue, run.id, done.state, done.message, done.build)


def _put_back(catalogue: Catalogue, run: Run) -> None:
    again = runs.enqueue(
        catalogue,
        run.trigger,
        run.datasets["only"],
        all_of_them=bool(run.datasets["all"]),
        job=run.job,
        again=int(run.datasets.get("again", 0)),
    )
    message = f"중지 요청으로 멈췄습니다. 공개된 색인본은 그대로이고, 실행 {again}이 이어서 합니다."
    runs.finish(catalogue, run.id, runs.ABANDONED, message)


def _index(workshop: Workshop, run: Run, progress: Progress) -> Done:
    return reindex(workshop, run.datasets["only"], progress, everything=bool(run.datasets["all"]))


def _roll_back(workshop: Workshop, _run: Run, progress: Progress) -> Done:
    progress(PUBLISHING, 0, 1)
    build = roll_back(workshop)
    return Done(f"앞선 색인본({build.id})을 다시 공개했습니다. 다음 색인은 새 판을 다시 올립니다.", build.id)


_JOBS: Mapping[str, Job] = {
    runs.INDEX: _index,
    runs.FETCH: fetching.fetch,
    runs.INSPECT: uploading.inspect,
    runs.TAKE: uploading.take,
    runs.ROLLBACK: _roll_back,
}


@dataclass
class _Heartbeat:
    """Passes progress on to the catalogue, not more often than the heartbeat, and to who watches.

    Raises Cancelled where somebody has cancelled the run, up to the moment of publishing.
    """

    catalogue: Catalogue
    run: int
    watch: Progress | None
    last: float = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        if self.watch:
            self.watch(step, done, total)
        now = monotonic()
        if now - self.last >= HEARTBEAT_SECONDS or step in {WRITING, CHECKING, PUBLISHING}:
            state = runs.PUBLISHING if step == PUBLISHING else runs.RUNNING
            by = None
            with suppress(SQLAlchemyError):  # a locked catalogue is no reason to lose the work
                runs.progress(self.catalogue, self.run, step, done, total, state)
                by = runs.cancelled_by(self.catalogue, self.run)
            self.last = now
            if by is not None and step != PUBLISHING:
                raise Cancelled(by)


def stopping(stop: threading.Event) -> Progress:
    """A watch that ends the run when the process is told to stop, up to the moment of publishing."""

    def watch(_step: str, _done: int, _total: int) -> None:
        if stop.is_set():
            raise Stopped("told to stop")

    return watch
