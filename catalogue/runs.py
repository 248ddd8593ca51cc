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
    """The oldest waiting run (or the one named), now running; nobody else gets it."""
    with catalogue.session() as session:
        wanted = select(Run.id).where(Run.state == QUEUED).order_by(Run.id)
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
    """Mark runs that still say running although nobody holds the job lock. Gives their number."""
    with catalogue.session() as session:
        orphans = session.scalars(select(Run).where(Run.state.in_((RUNNING, PUBLISHING)))).all()
        for run in orphans:
            run.state = ABANDONED
            run.finished_at = now()
            run.message = "실행하던 프로세스가 도중에 끝났습니다. 공개된 색인본은 온전합니다."
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


def get(catalogue: Catalogue, run: int) -> Run:
    with catalogue.reading() as session:
        return session.scalars(select(Run).where(Run.id == run)).one()


def recent(catalogue: Catalogue, limit: int = 20) -> list[Run]:
    with catalogue.reading() as session:
        return list(session.scalars(select(Run).order_by(Run.id.desc()).limit(limit)))


def last_done(catalogue: Catalogue) -> Run | None:
    with catalogue.reading() as session:
        return session.scalars(select(Run).where(Run.state == DONE).order_by(Run.id.desc()).limit(1)).first()


def waiting(catalogue: Catalogue) -> int:
    """Number of runs that wait for a worker."""
    with catalogue.reading() as session:
        return len(session.scalars(select(Run.id).where(Run.state == QUEUED)).all())


def is_work_there(catalogue: Catalogue) -> bool:
    """Whether a run waits, or says it is running: then somebody works on it, or died over it."""
    with catalogue.reading() as session:
        open_states = (QUEUED, RUNNING, PUBLISHING)
        return session.scalars(select(Run.id).where(Run.state.in_(open_states)).limit(1)).first() is not None
