"""Runs: queued by anyone, taken by one worker, shown to everyone."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from catalogue.store import Catalogue
from catalogue.tables import Cancellation, Run

QUEUED, RUNNING, PUBLISHING = "queued", "running", "publishing"
DONE, WARNED, FAILED, ABANDONED, CANCELLED = "done", "done_with_warnings", "failed", "abandoned", "cancelled"
SUCCEEDED = (DONE, WARNED)

INDEX, FETCH, INSPECT, TAKE, ROLLBACK = "index", "fetch", "inspect", "take", "rollback"
"""The jobs there are."""

GIVEN_UP = "이어 하다가도 끝나 더 하지 않습니다: 기록을 살펴 주십시오."
MOST_AGAIN = 3
"""Times that a run is taken up again after its process died: what kills a worker must not do so for ever."""


def now() -> datetime:
    return datetime.now(UTC)


def enqueue(
    catalogue: Catalogue,
    trigger: str,
    datasets: Sequence[str] = (),
    *,
    all_of_them: bool = False,
    job: str = INDEX,
    again: int = 0,
) -> int:
    """Ask for a job; a request that already waits for the same is not doubled. Gives the run's id.

    ``datasets``: those of the index, entries of the list for a fetch, the number of an upload. ``again``
    counts how often its process died over it.
    """
    with catalogue.session() as session:
        asked = {"only": sorted(datasets), "all": all_of_them}
        waiting = session.scalars(
            select(Run).where(Run.state == QUEUED, Run.job == job).order_by(Run.id)
        ).all()
        for run in waiting:
            if {key: run.datasets[key] for key in asked} == asked:
                return run.id
        return _new(session, job, trigger, {**asked, "again": again}).id


def _new(session: Session, job: str, trigger: str, asked: dict[str, Any]) -> Run:
    run = Run(
        job=job,
        trigger=trigger,
        datasets=asked,
        state=QUEUED,
        step="",
        done=0,
        total=0,
        queued_at=now(),
        message="",
    )
    session.add(run)
    session.flush()
    return run


def take(catalogue: Catalogue, run: int | None = None) -> Run | None:
    """The oldest waiting run (or the one named), now running; nobody else gets it."""
    with catalogue.session() as session:
        # who looks at an upload waits for it; all else is in no such haste
        in_haste = case((Run.job.in_((INSPECT, TAKE)), 0), else_=1)
        wanted = select(Run.id).where(Run.state == QUEUED).order_by(in_haste, Run.id)
        if run is not None:
            wanted = wanted.where(Run.id == run)
        for number in session.scalars(wanted).all():
            mine = (
                update(Run)
                .where(Run.id == number, Run.state == QUEUED)
                .values(state=RUNNING, started_at=now(), heartbeat_at=now())
                .returning(Run.id)
            )
            if session.scalars(mine).first() is not None:
                return session.get(Run, number, populate_existing=True)
        return None


def abandon_orphans(catalogue: Catalogue) -> int:
    """Mark runs that still say running although nobody holds the job lock, and ask for them again.

    Gives their number.
    """
    with catalogue.session() as session:
        orphans = session.scalars(select(Run).where(Run.state.in_((RUNNING, PUBLISHING)))).all()
        for run in orphans:
            run.state = ABANDONED
            run.finished_at = now()
            run.message = (
                f"실행하던 프로세스가 도중에 끝났습니다. 공개된 색인본은 온전합니다. {_again(session, run)}"
            )
        return len(orphans)


def _again(session: Session, run: Run) -> str:
    """Ask for a run again whose process died; gives what is said of that."""
    times = int(run.datasets.get("again", 0)) + 1
    if session.get(Cancellation, run.id) is not None:
        return "취소한 실행이라 다시 하지 않습니다."
    if times > MOST_AGAIN:
        return f"{MOST_AGAIN}번 {GIVEN_UP}"
    waiting = select(Run).where(Run.state == QUEUED, Run.job == run.job)
    for one in session.scalars(waiting):
        if all(one.datasets[key] == run.datasets[key] for key in ("only", "all")):
            return f"실행 {one.id}이 이어서 합니다."
    asked = {**run.datasets, "again": times}
    return f"실행 {_new(session, run.job, run.trigger, asked).id}이 이어서 합니다."


def cancel(catalogue: Catalogue, run: int, by: str) -> bool:
    """Ask that a run ends: one that waits ends now, one at work as soon as it hears. False when it has ended."""
    with catalogue.session() as session:
        there = session.get(Run, run)
        if there is None or there.state not in (QUEUED, RUNNING, PUBLISHING):
            return False
        if session.get(Cancellation, run) is None:
            session.add(Cancellation(run_id=run, by=by, at=now()))
        if there.state == QUEUED:
            there.state, there.finished_at = CANCELLED, now()
            there.message = f"{by} 님이 시작 전에 취소했습니다."
        return True


def cancelled_by(catalogue: Catalogue, run: int) -> str | None:
    with catalogue.reading() as session:
        found = session.get(Cancellation, run)
        return found.by if found else None


def progress(catalogue: Catalogue, run: int, step: str, done: int, total: int, state: str = RUNNING) -> None:
    """Say how far a run is; this is its heartbeat too."""
    with catalogue.session() as session:
        session.execute(
            update(Run)
            .where(Run.id == run)
            .values(step=step[:200], done=done, total=total, state=state, heartbeat_at=now())
        )


def finish(catalogue: Catalogue, run: int, state: str, message: str, build: str | None = None) -> None:
    with catalogue.session() as session:
        session.execute(
            update(Run)
            .where(Run.id == run)
            .values(state=state, message=message, build=build, finished_at=now(), heartbeat_at=now())
        )


def get(catalogue: Catalogue, run: int) -> Run:
    with catalogue.reading() as session:
        return session.scalars(select(Run).where(Run.id == run)).one()


def find(catalogue: Catalogue, run: int) -> Run | None:
    with catalogue.reading() as session:
        return session.get(Run, run)


def last_of(catalogue: Catalogue, name: str, jobs: Sequence[str] = (INSPECT, TAKE)) -> Run | None:
    """The newest run over one thing alone: an upload."""
    with catalogue.reading() as session:
        for run in session.scalars(select(Run).where(Run.job.in_(jobs)).order_by(Run.id.desc()).limit(200)):
            if run.datasets["only"] == [name]:
                return run
    return None


def recent(catalogue: Catalogue, limit: int = 20) -> list[Run]:
    with catalogue.reading() as session:
        return list(session.scalars(select(Run).order_by(Run.id.desc()).limit(limit)))


def last_done(catalogue: Catalogue) -> Run | None:
    with catalogue.reading() as session:
        return session.scalars(
            select(Run).where(Run.state.in_(SUCCEEDED)).order_by(Run.id.desc()).limit(1)
        ).first()


def waiting(catalogue: Catalogue) -> int:
    """Number of runs that wait for a worker."""
    with catalogue.reading() as session:
        return len(session.scalars(select(Run.id).where(Run.state == QUEUED)).all())


def is_work_there(catalogue: Catalogue) -> bool:
    """Whether a run waits, or says it is running: then somebody works on it, or died over it."""
    with catalogue.reading() as session:
        open_states = (QUEUED, RUNNING, PUBLISHING)
        return session.scalars(select(Run.id).where(Run.state.in_(open_states)).limit(1)).first() is not None
