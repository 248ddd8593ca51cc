"""What became of each dataset that is fetched: written by the job, read by pages and the command line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.runs import now
from catalogue.store import Catalogue
from catalogue.tables import Dataset, Fetch, Plan

NEW, UNCHANGED, HELD, FAILED = "new", "unchanged", "held", "failed"
ANSWERED = (NEW, UNCHANGED)
"""What counts as success: the source gave data that could be taken as they are."""


RETRY_AFTER = timedelta(hours=2)
MOST_TRIES_A_DAY = 3


@dataclass(frozen=True)
class Outcome:
    """Of one fetch. ``kind``: of the error or the gate; '' where all is well."""

    entry: str
    source: str
    state: str
    message: str
    kind: str = ""
    records: int | None = None
    records_before: int | None = None
    requests: int = 0
    size_bytes: int = 0


@dataclass(frozen=True)
class Planned:
    """An entry of the list as it comes with the portal."""

    entry: str
    source: str
    title: str
    provider: str
    source_file: str
    schedule: str
    fresh_days: int
    ready: bool = True


@dataclass(frozen=True)
class Standing:
    """How a planned dataset stands. ``failing_since``: the first try of those that failed since the last success."""

    plan: Plan
    dataset: str | None
    last: Fetch | None
    succeeded_at: datetime | None
    failing_since: datetime | None

    @property
    def schedule(self) -> str:
        return self.plan.staff_schedule or self.plan.schedule

    def is_stale(self, at: datetime) -> bool:
        """Whether data are older than was promised; nothing is promised of what never came."""
        return self.succeeded_at is not None and at - self.succeeded_at > timedelta(days=self.plan.fresh_days)


_FROM_LIST = ("source", "title", "provider", "source_file", "schedule", "fresh_days", "ready")


def note(catalogue: Catalogue, run: int, outcome: Outcome, began: datetime) -> None:
    with catalogue.session() as session:
        session.add(
            Fetch(
                run_id=run,
                entry=outcome.entry,
                source=outcome.source,
                state=outcome.state,
                kind=outcome.kind,
                message=outcome.message,
                records=outcome.records,
                records_before=outcome.records_before,
                requests=outcome.requests,
                size_bytes=outcome.size_bytes,
                began_at=began,
                ended_at=now(),
            )
        )


def accepted(catalogue: Catalogue, run: int, source_file: str) -> None:
    """Note that staff have accepted what was held: from now on the dataset is not late."""
    with catalogue.reading() as session:
        planned = session.scalars(select(Plan).where(Plan.source_file == source_file)).first()
    found = planned or last_of(catalogue, folder_entry(source_file))
    if found is not None:
        note(
            catalogue, run, Outcome(found.entry, found.source, NEW, "담당자가 확인하고 공개했습니다."), now()
        )


def folder_entry(file: str) -> str:
    """The name of a file of the office's folder among fetches."""
    return f"folder/{file}"[:120]


def last_of(catalogue: Catalogue, entry: str) -> Fetch | None:
    with catalogue.reading() as session:
        return session.scalars(
            select(Fetch).where(Fetch.entry == entry).order_by(Fetch.id.desc()).limit(1)
        ).first()


def of_run(catalogue: Catalogue, run: int) -> list[Fetch]:
    with catalogue.reading() as session:
        return list(session.scalars(select(Fetch).where(Fetch.run_id == run).order_by(Fetch.id)))


def plan(catalogue: Catalogue, planned: Iterable[Planned], *, only_new: bool = False) -> None:
    """Bring the plans up to the list; what staff decided stays, what is listed no more is kept but not run.

    ``only_new``: of a process that may know other keys than worker and scheduler, which alone say what is ready.
    """
    with catalogue.session() as session:
        there = {one.entry: one for one in session.scalars(select(Plan))}
        listed = {one.entry: one for one in planned if not (only_new and one.entry in there)}
        for entry, one in listed.items():
            row = there.get(entry)
            if row is None:
                row = Plan(entry=entry, staff_schedule="", paused=False, listed=True)
                session.add(row)
            for name in _FROM_LIST:
                if getattr(row, name) != getattr(one, name):
                    setattr(row, name, getattr(one, name))
            row.listed = True
        for entry, row in there.items():
            if entry not in listed and not only_new:
                row.listed = False


def reschedule(catalogue: Catalogue, entry: str, schedule: str, *, paused: bool) -> None:
    """Staff's own schedule ('' for that of the list). Raises KeyError for an entry that is not planned."""
    with catalogue.session() as session:
        row = session.get(Plan, entry)
        if row is None:
            raise KeyError(entry)
        row.staff_schedule, row.paused = schedule, paused


def schedules(catalogue: Catalogue) -> dict[str, list[str]]:
    """Entries that run by themselves, by cron line."""
    found: dict[str, list[str]] = {}
    with catalogue.reading() as session:
        wanted = select(Plan).where(Plan.listed, Plan.ready, ~Plan.paused).order_by(Plan.entry)
        for one in session.scalars(wanted):
            found.setdefault(one.staff_schedule or one.schedule, []).append(one.entry)
    return found


def to_retry(catalogue: Catalogue, kinds: Iterable[str], at: datetime) -> list[str]:
    """Entries that run by themselves, failed for what may pass, have waited since, and were not tried too often."""
    by_itself = {entry for entries in schedules(catalogue).values() for entry in entries}
    with catalogue.reading() as session:
        last = _newest(session, sorted(by_itself))
        wanted = (
            select(Fetch.entry, func.count())
            .where(Fetch.entry.in_(by_itself), Fetch.state == FAILED, Fetch.began_at > at - timedelta(days=1))
            .group_by(Fetch.entry)
        )
        tries = {entry: count for entry, count in session.execute(wanted)}  # noqa: C416 - rows are no pairs to mypy
    passing = set(kinds)
    return sorted(
        entry
        for entry, one in last.items()
        if one.state == FAILED
        and one.kind in passing
        and at - one.ended_at > RETRY_AFTER
        and tries.get(entry, 0) < MOST_TRIES_A_DAY
    )


def standings(catalogue: Catalogue, source_file: str | None = None) -> list[Standing]:
    """Every planned dataset, or that of a file name, in order of source and entry."""
    wanted = select(Plan).order_by(Plan.source, Plan.entry)
    if source_file is not None:
        wanted = wanted.where(Plan.source_file == source_file)
    with catalogue.reading() as session:
        plans = session.scalars(wanted).all()
        if not plans:
            return []
        entries = [one.entry for one in plans]
        last = _newest(session, entries)
        success = _newest(session, entries, *ANSWERED)
        failing = _failing(session, entries)
        ids = {file: key for key, file in session.execute(select(Dataset.id, Dataset.source_file))}
    return [
        Standing(
            plan=one,
            dataset=ids.get(one.source_file),
            last=last.get(one.entry),
            succeeded_at=success[one.entry].ended_at if one.entry in success else None,
            failing_since=failing.get(one.entry),
        )
        for one in plans
    ]


def _newest(session: Session, entries: Sequence[str], *states: str) -> dict[str, Fetch]:
    wanted = select(func.max(Fetch.id)).where(Fetch.entry.in_(entries)).group_by(Fetch.entry)
    if states:
        wanted = wanted.where(Fetch.state.in_(states))
    return {one.entry: one for one in session.scalars(select(Fetch).where(Fetch.id.in_(wanted)))}


def _failing(session: Session, entries: Sequence[str]) -> dict[str, datetime]:
    success = (
        select(Fetch.entry, func.max(Fetch.id).label("id"))
        .where(Fetch.state.in_(ANSWERED), Fetch.entry.in_(entries))
        .group_by(Fetch.entry)
        .subquery()
    )
    wanted = (
        select(Fetch.entry, func.min(Fetch.began_at))
        .outerjoin(success, success.c.entry == Fetch.entry)
        .where(
            Fetch.state.not_in(ANSWERED),
            Fetch.entry.in_(entries),
            (success.c.id.is_(None)) | (Fetch.id > success.c.id),
        )
        .group_by(Fetch.entry)
    )
    return dict(session.execute(wanted).all())


def last_success(catalogue: Catalogue, entry: str) -> datetime | None:
    with catalogue.reading() as session:
        return session.scalars(
            select(func.max(Fetch.ended_at)).where(Fetch.entry == entry, Fetch.state.in_(ANSWERED))
        ).first()
