"""A re-index as a run: one code path, whoever asked for it."""

import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic

import pandas as pd

from catalogue import datasets, runs
from catalogue.datasets import Current
from catalogue.store import Catalogue
from catalogue.tables import Run
from indexer.flatten import Flat, flatten
from indexer.gate import GateClosed
from indexer.intake import take
from indexer.lock import job_lock
from indexer.publishing import Change, Progress, publish, published
from indexer.regions import legal_dong
from indexer.storage import Missing, Storage
from search.documents import Dataset
from search.engine import Build, Busy, Engine, EngineError, FieldsChanged

_log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 1.0
"""Often enough for people who watch, seldom enough for the database."""


@dataclass(frozen=True)
class Workshop:
    """What a job works with."""

    catalogue: Catalogue
    storage: Storage
    engine: Engine
    legal_dong: dict[str, tuple[str, ...]] = field(default_factory=legal_dong)

    def flat(self, current: Current) -> Flat:
        return flatten(current, self._table(current), self.legal_dong)

    def _table(self, current: Current) -> pd.DataFrame:
        """The stored table; where it is gone it is made again from the edition, without the network."""
        try:
            return self.storage.table(current.hash)
        except Missing:
            taken = take(current.source_file, self.storage.edition(current.hash))
            if taken.long is None:
                raise
            self.storage.keep_table(current.hash, taken.long.frame)
            return taken.long.frame


def build_id() -> str:
    """Sorts by time; the tail keeps two builds of one second apart."""
    return datetime.now(UTC).strftime("%Y%m%dt%H%M%S") + "-" + secrets.token_hex(3)


def run_next(workshop: Workshop, watch: Progress | None = None, run: int | None = None) -> Run | None:
    """Take the oldest waiting run (or the one named) and do it; None when nothing waits.

    Runs left behind by a process that died are marked abandoned first. Raises Busy when another
    process is at work.
    """
    with job_lock(workshop.storage.var):
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
    except Exception as error:
        runs.finish(workshop.catalogue, run.id, runs.FAILED, f"{type(error).__name__}: {error}")
        raise
    runs.finish(workshop.catalogue, run.id, runs.DONE, message, build)


def _reindex(workshop: Workshop, run: Run, progress: Progress) -> tuple[str, str | None]:
    everything = bool(run.datasets["all"])
    live = published(workshop.engine)
    known = {current.id: current for current in datasets.current(workshop.catalogue)}
    wanted = _wanted(known, run.datasets["only"])
    changed = [
        current
        for current in wanted
        if everything or run.datasets["only"] or _differs(live.get(current.id), current)
    ]
    gone = sorted(set(live) - set(known)) if not run.datasets["only"] else []
    if live and not changed and not gone:
        return "바뀐 데이터셋이 없습니다.", None
    try:
        build = _published(workshop, changed, gone, progress, fresh=everything)
    except FieldsChanged:
        changed = list(known.values())
        build = _published(workshop, changed, [], progress, fresh=True)
    return f"데이터셋 {len(changed)}개를 색인했습니다.", build.id


def _published(
    workshop: Workshop, changed: Sequence[Current], gone: Sequence[str], progress: Progress, *, fresh: bool
) -> Build:
    changes = [Change(one.id, one.records, _loader(workshop, one)) for one in changed]
    return publish(workshop.engine, build_id(), changes, gone, progress, fresh=fresh)


def _loader(workshop: Workshop, current: Current) -> Callable[[], Flat]:
    return lambda: workshop.flat(current)


def _wanted(known: dict[str, Current], only: Sequence[str]) -> list[Current]:
    missing = [key for key in only if key not in known]
    if missing:
        raise Missing(f"no dataset {missing[0]!r} in the catalogue: gbp status lists them")
    return [known[key] for key in only] if only else list(known.values())


def _differs(there: Dataset | None, current: Current) -> bool:
    """Whether a dataset is not in the live build as the catalogue has it."""
    if there is None:
        return True
    described = ("title", "area", "provider", "description", "sample", "source_file", "records")
    columns = [{"name": c.name, "role": c.role, "kind": c.kind, "unit": c.unit} for c in there.columns]
    return (
        any(getattr(there, name) != getattr(current, name) for name in described)
        or there.edition != current.hash
        or columns != current.columns["columns"]
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
        if now - self.last >= HEARTBEAT_SECONDS or step in {"쓰기", "검사", "공개"}:
            state = runs.PUBLISHING if step == "공개" else runs.RUNNING
            runs.progress(self.catalogue, self.run, step, done, total, state)
            self.last = now


def work(workshop: Workshop, stop: threading.Event, poll_seconds: float = 1.0) -> None:
    """The worker's loop: do what waits, until told to stop. A failed run is in the catalogue; go on."""
    while not stop.is_set():
        try:
            done = run_next(workshop)
        except Busy:
            done = None
        except Exception:  # noqa: BLE001
            # the run in the catalogue says why; the worker must outlive it, and must not spin
            _log.exception("a run failed")
            done = None
        if done is None:
            stop.wait(poll_seconds)
