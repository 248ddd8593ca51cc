"""A re-index as a run: one code path, whoever asked for it."""

import secrets
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from catalogue import datasets, runs
from catalogue.datasets import Current
from catalogue.store import Catalogue
from catalogue.tables import Run
from indexer.flatten import Flat
from indexer.gate import GateClosed
from indexer.lock import job_lock
from indexer.publishing import CHECKING, PUBLISHING, WRITING, Change, Next, Progress, publish, published
from indexer.storage import Missing
from indexer.workshop import Workshop
from search.documents import Dataset
from search.engine import Build, EngineError, FieldsChanged, NothingPublished

HEARTBEAT_SECONDS = 1.0
"""Often enough for people who watch, seldom enough for the database."""


class Stopped(Exception):
    """The process was told to end; the run waits again."""


def build_id() -> str:
    """Sorts by time; the tail keeps two builds of one second apart."""
    return datetime.now(UTC).strftime("%Y%m%dt%H%M%S") + "-" + secrets.token_hex(3)


def run_next(workshop: Workshop, watch: Progress | None = None, run: int | None = None) -> Run | None:
    """Take the oldest waiting run (or the one named) and do it; None when nothing waits.

    Runs left behind by a process that died are marked abandoned first. Raises Busy when another
    process is at work, and what made the run fail.
    """
    with job_lock(workshop.storage.var):
        return _next(workshop, watch, run)


def run_now(
    workshop: Workshop, watch: Progress | None, trigger: str, only: Sequence[str] = (), *, everything: bool
) -> Run:
    """Ask for a run and do it, then what waits besides. Raises Busy, and then nothing is asked for."""
    with job_lock(workshop.storage.var):
        run = runs.enqueue(workshop.catalogue, trigger, only, all_of_them=everything)
        _next(workshop, watch, run)
        # what `gbp add` has queued is mostly done by now: its run finds nothing changed
        while _next(workshop, watch) is not None:
            pass
        return runs.get(workshop.catalogue, run)


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
        message, build = _reindex(workshop, run, beat)
    except (EngineError, GateClosed, Missing) as error:
        runs.finish(workshop.catalogue, run.id, runs.FAILED, str(error))
        raise
    except Stopped:
        _put_back(workshop.catalogue, run)
        raise
    except Exception as error:
        runs.finish(workshop.catalogue, run.id, runs.FAILED, f"{type(error).__name__}: {error}")
        raise
    except BaseException:
        runs.finish(workshop.catalogue, run.id, runs.ABANDONED, "중단했습니다. 공개된 색인본은 그대로입니다.")
        raise
    runs.finish(workshop.catalogue, run.id, runs.DONE, message, build)


def _put_back(catalogue: Catalogue, run: Run) -> None:
    again = runs.enqueue(catalogue, run.trigger, run.datasets["only"], all_of_them=bool(run.datasets["all"]))
    message = f"중지 요청으로 멈췄습니다. 공개된 색인본은 그대로이고, 실행 {again}이 이어서 합니다."
    runs.finish(catalogue, run.id, runs.ABANDONED, message)


def _reindex(workshop: Workshop, run: Run, progress: Progress) -> tuple[str, str | None]:
    only: Sequence[str] = run.datasets["only"]
    everything = bool(run.datasets["all"])
    # a whole build needs nothing of the published one, which may be damaged
    live = {} if everything else published(workshop.engine)
    known = {current.id: current for current in datasets.current(workshop.catalogue)}
    if not known:
        raise Missing("the catalogue is empty: gbp add FILE… first; the published build stays")
    wanted = _wanted(known, only)
    changed = [one for one in wanted if everything or only or _differs(live.get(one.id), one)]
    gone = sorted(set(live) - set(known)) if not only else []
    if changed or gone:
        try:
            build = _published(workshop, changed, gone, progress, fresh=everything)
        except FieldsChanged:
            everything = True
        else:
            return _told(changed, gone), build.id
    elif not (everything := _fields_changed(workshop)):
        return "바뀐 데이터셋이 없습니다.", None
    build = _published(workshop, list(known.values()), [], progress, fresh=True)
    return f"색인의 구조나 사전이 바뀌어 데이터셋 {len(known)}개를 모두 다시 색인했습니다.", build.id


def _told(changed: Sequence[Current], gone: Sequence[str]) -> str:
    dropped = f", {len(gone)}개를 뺐습니다" if gone else ""
    return f"데이터셋 {len(changed)}개를 색인했습니다{dropped}."


def _published(
    workshop: Workshop, changed: Sequence[Current], gone: Sequence[str], progress: Progress, *, fresh: bool
) -> Build:
    changes = [Change(one.id, one.records, _loader(workshop, one)) for one in changed]
    to = Next(build_id(), fresh, workshop.dictionary(), workshop.jury())
    return publish(workshop.engine, to, changes, gone, progress)


def _loader(workshop: Workshop, current: Current) -> Callable[[], Flat]:
    return lambda: workshop.flat(current)


def _fields_changed(workshop: Workshop) -> bool:
    """Whether the next build cannot stand on the published one: only its beginning tells."""
    try:
        workshop.engine.live()
        workshop.engine.stage(build_id(), dictionary=workshop.dictionary()).abandon()
    except FieldsChanged:
        return True
    except NothingPublished:
        return False
    return False


def _wanted(known: dict[str, Current], only: Sequence[str]) -> list[Current]:
    missing = [key for key in only if key not in known]
    if missing:
        raise Missing(f"no dataset {missing[0]!r} in the catalogue: gbp status lists them")
    return [known[key] for key in only] if only else list(known.values())


def _differs(there: Dataset | None, current: Current) -> bool:
    """Whether a dataset is not in the live build as the catalogue has it."""
    if there is None:
        return True
    described = ("title", "area", "provider", "sample", "source_file", "records")
    columns = [{"name": c.name, "role": c.role, "kind": c.kind, "unit": c.unit} for c in there.columns]
    return (
        any(getattr(there, name) != getattr(current, name) for name in described)
        or there.description != current.described
        or there.edition != current.hash
        or columns != current.columns["columns"]
        or (there.report.get("overrides") or {}) != current.overrides
    )


@dataclass
class _Heartbeat:
    """Passes progress on to the catalogue, not more often than the heartbeat, and to who watches."""

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
            with suppress(SQLAlchemyError):  # a locked catalogue is no reason to lose the work
                runs.progress(self.catalogue, self.run, step, done, total, state)
            self.last = now


def stopping(stop: threading.Event) -> Progress:
    """A watch that ends the run when the process is told to stop, up to the moment of publishing."""

    def watch(_step: str, _done: int, _total: int) -> None:
        if stop.is_set():
            raise Stopped("told to stop")

    return watch
