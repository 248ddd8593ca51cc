"""Runs: queued by anyone, taken by one worker, shown to everyone."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select, update

from catalogue.store import Catalogue
from catalogue.tables import Run

QUEUED, RUNNING, PUBLISHING = "queued", "running", "publishing"
DONE, FAILED, ABANDONED = "done", "failed", "abandoned"


def now() -> datetime:
    return datetime.now(UTC)


def enqueue(
    catalogue: Catalogue, trigger: str, datasets: Sequence[str] = (), *, all_of_them: bool = False
) -> int:
    """Ask for a re-index; a request that already waits for the same is not doubled. Gives the run's id."""
    asked = {"only": sorted(datasets), "all": all_of_them}
    with catalogue.session() as session:
        waiting = session.scalars(select(Run).where(Run.state == QUEUED).order_by(Run.id)).all()
        for run in waiting:
            if run.datasets == asked:
                return run.id
        run = Run(
            job="index",
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
        return run.id


def take(catalogue: Catalogue, run: int | None = None) -> Run | None:
    """The oldest waiting run (or the one named), now running. The caller holds the job lock."""
    with catalogue.session() as session:
        waiting = select(Run).where(Run.state == QUEUED).order_by(Run.id).limit(1)
        if run is not None:
            waiting = waiting.where(Run.id == run)
        found = session.scalars(waiting).first()
        if found is not None:
            found.state = RUNNING
            found.started_at = found.heartbeat_at = now()
        return found


def abandon_orphans(catalogue: Catalogue) -> int:
    """Mark runs that still say running although nobody holds the job lock. Gives their number."""
    with catalogue.session() as session:
        orphans = session.scalars(select(Run).where(Run.state.in_((RUNNING, PUBLISHING)))).all()
        for run in orphans:
            run.state = ABANDONED
            run.finished_at = now()
            run.message = "실행하던 프로세스가 끝나 버렸습니다. 공개된 색인본은 그대로입니다."
        return len(orphans)


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


def recent(catalogue: Catalogue, limit: int = 20) -> list[Run]:
    with catalogue.session() as session:
        return list(session.scalars(select(Run).order_by(Run.id.desc()).limit(limit)))


def last_done(catalogue: Catalogue) -> Run | None:
    with catalogue.session() as session:
        return session.scalars(select(Run).where(Run.state == DONE).order_by(Run.id.desc()).limit(1)).first()


def waiting(catalogue: Catalogue) -> int:
    """Number of runs that wait for a worker."""
    with catalogue.session() as session:
        return len(session.scalars(select(Run.id).where(Run.state == QUEUED)).all())
