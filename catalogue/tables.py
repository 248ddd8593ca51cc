"""Tables of the catalogue. Times are UTC, stored without offset."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC: SQLite forgets offsets."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    type_annotation_map = {dict[str, Any]: JSON, list[dict[str, Any]]: JSON, datetime: Moment}  # noqa: RUF012 (SQLAlchemy reads it so)


class Dataset(Base):
    """A titled table. ``source_file`` is the name under which its editions come."""

    __tablename__ = "datasets"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    source_file: Mapped[str] = mapped_column(String(400), unique=True)
    title: Mapped[str] = mapped_column(String(400))
    area: Mapped[str] = mapped_column(String(200))
    provider: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)
    sample: Mapped[bool]


class Edition(Base):
    """One state of a dataset's file; ``hash`` names its bytes and its typed table on disk."""

    __tablename__ = "editions"
    __table_args__ = (UniqueConstraint("dataset_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"), index=True)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    fetched_at: Mapped[datetime]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    records: Mapped[int]
    columns: Mapped[dict[str, Any]]
    report: Mapped[dict[str, Any]]


class Fixed(Base):
    """Decisions of intake that staff have fixed for a dataset (``indexer.intake.overrides``)."""

    __tablename__ = "overrides"

    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"), primary_key=True)
    decisions: Mapped[dict[str, Any]]


class Hold(Base):
    """An edition with personal data: not published until released. ``found`` is masked."""

    __tablename__ = "holds"

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    found: Mapped[list[dict[str, Any]]]
    released_at: Mapped[datetime | None]


class Release(Base):
    """One person's word that a held edition may be published."""

    __tablename__ = "releases"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("holds.edition_id"), index=True)
    by: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class LanguageEdit(Base):
    """A group of synonyms or a word of the dictionary that staff added or took out (``catalogue.language``)."""

    __tablename__ = "language_edits"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    words: Mapped[dict[str, Any]]
    why: Mapped[str] = mapped_column(Text)
    removed: Mapped[bool]
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class JudgedQuery(Base):
    """A query with what it is meant to find (``catalogue.judged``)."""

    __tablename__ = "judged_queries"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    q: Mapped[str] = mapped_column(Text)
    grades: Mapped[dict[str, Any]]


class JudgedAnswers(Base):
    """What a build answered to judged queries, by query, as long as it is ``asked_with`` the same."""

    __tablename__ = "judged_answers"

    build: Mapped[str] = mapped_column(String(100), primary_key=True)
    asked_with: Mapped[str] = mapped_column(String(100))
    answers: Mapped[dict[str, Any]]


class Run(Base):
    """One execution of a job. ``state`` is done only after readers see the new build."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(40))
    trigger: Mapped[str] = mapped_column(String(40))
    datasets: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(20), index=True)
    step: Mapped[str] = mapped_column(String(200))
    done: Mapped[int]
    total: Mapped[int]
    queued_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    build: Mapped[str | None] = mapped_column(String(80))
    message: Mapped[str] = mapped_column(Text)


class Plan(Base):
    """A dataset that is fetched: what the list says of it, and what staff decided besides.

    ``ready``: the operator has set the key of its source; only then it runs by itself.
    """

    __tablename__ = "plans"

    entry: Mapped[str] = mapped_column(String(120), primary_key=True)
    source: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(400))
    provider: Mapped[str] = mapped_column(String(200))
    source_file: Mapped[str] = mapped_column(String(400))
    schedule: Mapped[str] = mapped_column(String(100))
    staff_schedule: Mapped[str] = mapped_column(String(100))
    paused: Mapped[bool]
    fresh_days: Mapped[int]
    listed: Mapped[bool]
    ready: Mapped[bool]


class Fetch(Base):
    """What became of one dataset in one run; ``message`` is for staff, in Korean, and names no key."""

    __tablename__ = "fetches"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    entry: Mapped[str] = mapped_column(String(120), index=True)
    source: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    message: Mapped[str] = mapped_column(Text)
    records: Mapped[int | None]
    records_before: Mapped[int | None]
    requests: Mapped[int]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]


class Cancellation(Base):
    """Somebody's wish that a run ends."""

    __tablename__ = "cancellations"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class Upload(Base):
    """A file that staff have handed over: inspected first, taken in when they say so."""

    __tablename__ = "uploads"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    file: Mapped[str] = mapped_column(String(400))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict[str, Any]]
    report: Mapped[dict[str, Any]]
    message: Mapped[str] = mapped_column(Text)
    dataset: Mapped[str | None] = mapped_column(String(200))


class Staff(Base):
    """A person who may enter the staff pages; made on the command line."""

    __tablename__ = "staff"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    password: Mapped[str] = mapped_column(String(200))
    since: Mapped[datetime]


class StaffSession(Base):
    """Somebody who is logged in; ``token`` is the hash of what the browser holds."""

    __tablename__ = "staff_sessions"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(ForeignKey("staff.name", ondelete="CASCADE"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class LoginFailure(Base):
    """A login that failed; ``who`` is an account or an address."""

    __tablename__ = "login_failures"

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(String(120), index=True)
    at: Mapped[datetime]


class Audit(Base):
    """What somebody of the staff did."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(40))
    what: Mapped[str] = mapped_column(String(400))
    detail: Mapped[str] = mapped_column(Text)
