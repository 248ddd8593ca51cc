"""Datasets and their editions: adding, listing, finding the newest."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalogue import holds
from catalogue.runs import now
from catalogue.store import Catalogue
from catalogue.tables import Dataset, Edition, Fixed, Hold


@dataclass(frozen=True)
class NewEdition:
    """What intake took of a file, on its way into the catalogue."""

    source_file: str
    title: str
    area: str
    provider: str
    description: str
    sample: bool
    hash: str
    size_bytes: int
    records: int
    columns: dict[str, Any]
    report: dict[str, Any]
    overrides: dict[str, Any] = field(default_factory=dict)
    held_for: list[dict[str, Any]] = field(default_factory=list)
    """What the edition is to be held back for; empty where it may be published."""


@dataclass(frozen=True)
class Current:
    """A dataset with its newest edition that may be published."""

    id: str
    source_file: str
    title: str
    area: str
    provider: str
    description: str
    sample: bool
    hash: str
    fetched_at: datetime
    records: int
    columns: dict[str, Any]
    report: dict[str, Any]
    overrides: dict[str, Any] = field(default_factory=dict)

    @property
    def described(self) -> str:
        """What somebody said of the dataset, else what the file says of itself."""
        return self.description or str(self.report.get("preface", ""))


def add(catalogue: Catalogue, new: NewEdition) -> tuple[str, bool]:
    """Store an edition. Gives the dataset's id and whether anything about it is new."""
    try:
        return _add(catalogue, new)
    except IntegrityError:
        # another process has added the same file or taken the same id meanwhile; now both are there to see
        return _add(catalogue, new)


def _add(catalogue: Catalogue, new: NewEdition) -> tuple[str, bool]:
    with catalogue.session() as session:
        dataset = session.scalars(select(Dataset).where(Dataset.source_file == new.source_file)).first()
        if dataset is None:
            dataset = Dataset(id=_free_id(session, new.source_file), source_file=new.source_file)
            session.add(dataset)
        changed = _set(dataset, ("title", "area", "provider", "description", "sample"), new)
        session.flush()
        fixed = _fix(session, dataset.id, new.overrides)
        return dataset.id, _add_edition(session, dataset.id, new) or changed or fixed


def _fix(session: Session, dataset: str, decisions: dict[str, Any]) -> bool:
    there = session.get(Fixed, dataset)
    if (there.decisions if there else {}) == decisions:
        return False
    if there is None:
        session.add(Fixed(dataset_id=dataset, decisions=decisions))
    else:
        there.decisions = decisions
    return True


def _add_edition(session: Session, dataset: str, new: NewEdition) -> bool:
    """An edition is known by its bytes: when only intake reads them otherwise now, it stays the same one."""
    last = session.scalars(
        select(Edition).where(Edition.dataset_id == dataset).order_by(Edition.number.desc()).limit(1)
    ).first()
    if last is not None and last.hash == new.hash:
        holds.put(session, last.id, new.held_for)
        return _set(last, ("records", "columns", "report"), new)
    edition = Edition(
        dataset_id=dataset,
        number=(last.number if last else 0) + 1,
        hash=new.hash,
        fetched_at=now(),
        size_bytes=new.size_bytes,
        records=new.records,
        columns=new.columns,
        report=new.report,
    )
    before = holds.taken_back(session, dataset, new.hash)
    session.add(edition)
    session.flush()
    holds.put(session, edition.id, [*before, *new.held_for])
    return True


def _set(there: Dataset | Edition, names: tuple[str, ...], new: NewEdition) -> bool:
    """Take over what is new; gives whether anything was."""
    changed = [name for name in names if getattr(there, name) != getattr(new, name)]
    for name in changed:
        setattr(there, name, getattr(new, name))
    return bool(changed)


def retaken(catalogue: Catalogue, current: Current, personal: list[dict[str, Any]]) -> bool:
    """Note what intake makes of the edition now; gives whether it has to be held back."""
    with catalogue.session() as session:
        edition = session.scalars(
            select(Edition)
            .where(Edition.dataset_id == current.id, Edition.hash == current.hash)
            .order_by(Edition.number.desc())
            .limit(1)
        ).one()
        edition.records, edition.columns, edition.report = current.records, current.columns, current.report
        return holds.put(session, edition.id, personal)


def _free_id(session: Session, source_file: str) -> str:
    """A readable id from the file's name; the ending joins it when another file has taken it."""
    stem, _, suffix = source_file.rpartition(".")
    plain = _slug(stem or source_file)
    taken = set(session.scalars(select(Dataset.id).where(Dataset.id.startswith(plain, autoescape=True))))
    for candidate in (plain, f"{plain}-{_slug(suffix)}"):
        if candidate not in taken:
            return candidate
    return next(name for n in count(2) if (name := f"{plain}-{n}") not in taken)


def _slug(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).lower()
    return re.sub(r"[^0-9a-z가-힣]+", "-", composed)[:120].strip("-") or "dataset"


def find(catalogue: Catalogue, source_file: str) -> tuple[Dataset, dict[str, Any]] | None:
    """The dataset whose editions come under a file name, and the decisions fixed for it."""
    with catalogue.reading() as session:
        there = session.scalars(select(Dataset).where(Dataset.source_file == source_file)).first()
        fixed = session.get(Fixed, there.id) if there else None
        return (there, fixed.decisions if fixed else {}) if there else None


def called(catalogue: Catalogue, title: str, provider: str) -> list[Dataset]:
    """Datasets of a title and a provider: a file of another name may be a new edition of one of them."""
    wanted = select(Dataset).where(Dataset.title == title, Dataset.provider == provider).order_by(Dataset.id)
    with catalogue.reading() as session:
        return list(session.scalars(wanted))


@dataclass(frozen=True)
class LastEdition:
    """The newest edition of a dataset, published or not. ``held``: it waits for staff."""

    hash: str
    records: int
    held: bool


def last_edition(catalogue: Catalogue, source_file: str) -> LastEdition | None:
    wanted = (
        select(Edition, Hold)
        .join(Dataset, Dataset.id == Edition.dataset_id)
        .outerjoin(Hold, Hold.edition_id == Edition.id)
        .where(Dataset.source_file == source_file)
        .order_by(Edition.number.desc())
        .limit(1)
    )
    with catalogue.reading() as session:
        found = session.execute(wanted).first()
        if found is None:
            return None
        edition, hold = found
        return LastEdition(edition.hash, edition.records, hold is not None and hold.released_at is None)


def current_of(catalogue: Catalogue, source_file: str) -> Current | None:
    """The dataset whose editions come under a file name, with the newest that may be published."""
    with catalogue.reading() as session:
        wanted = _current_editions().where(Dataset.source_file == source_file)
        return next((_current(one, edition, fixed) for one, edition, fixed in session.execute(wanted)), None)


def current(catalogue: Catalogue) -> list[Current]:
    """Every dataset with its newest edition that is not held back, in order of id."""
    with catalogue.reading() as session:
        wanted = _current_editions().order_by(Dataset.id)
        return [_current(dataset, edition, fixed) for dataset, edition, fixed in session.execute(wanted)]


def _current_editions() -> "Select[Dataset, Edition, Fixed]":
    newest = (
        select(Edition.dataset_id, func.max(Edition.number).label("number"))
        .outerjoin(Hold, Hold.edition_id == Edition.id)
        .where(Hold.edition_id.is_(None) | Hold.released_at.is_not(None))
        .group_by(Edition.dataset_id)
        .subquery()
    )
    return (
        select(Dataset, Edition, Fixed)
        .join(Edition, Edition.dataset_id == Dataset.id)
        .join(newest, (newest.c.dataset_id == Edition.dataset_id) & (newest.c.number == Edition.number))
        .outerjoin(Fixed, Fixed.dataset_id == Dataset.id)
    )


def _current(dataset: Dataset, edition: Edition, fixed: Fixed | None) -> Current:
    return Current(
        id=dataset.id,
        source_file=dataset.source_file,
        title=dataset.title,
        area=dataset.area,
        provider=dataset.provider,
        description=dataset.description,
        sample=dataset.sample,
        hash=edition.hash,
        fetched_at=edition.fetched_at,
        records=edition.records,
        columns=edition.columns,
        report=edition.report,
        overrides=fixed.decisions if fixed else {},
    )


@dataclass(frozen=True)
class EditionState:
    """An edition with whether it waits for staff."""

    number: int
    hash: str
    fetched_at: datetime
    size_bytes: int
    records: int
    held: bool


def get(catalogue: Catalogue, dataset: str) -> Dataset | None:
    with catalogue.reading() as session:
        return session.get(Dataset, dataset)


def everything(catalogue: Catalogue) -> list[Dataset]:
    """All datasets, those without a published edition too, by title."""
    with catalogue.reading() as session:
        return list(session.scalars(select(Dataset).order_by(Dataset.title, Dataset.id)))


def editions(catalogue: Catalogue, dataset: str, limit: int = 20) -> list[EditionState]:
    """The newest first."""
    wanted = (
        select(Edition, Hold)
        .outerjoin(Hold, Hold.edition_id == Edition.id)
        .where(Edition.dataset_id == dataset)
        .order_by(Edition.number.desc())
        .limit(limit)
    )
    with catalogue.reading() as session:
        return [
            EditionState(
                one.number,
                one.hash,
                one.fetched_at,
                one.size_bytes,
                one.records,
                hold is not None and hold.released_at is None,
            )
            for one, hold in session.execute(wanted)
        ]


def describe(
    catalogue: Catalogue, dataset: str, *, title: str, area: str, provider: str, description: str
) -> bool:
    """What staff say of a dataset; holds for its next editions too. Gives whether anything changed."""
    with catalogue.session() as session:
        there = session.get_one(Dataset, dataset)
        said = {"title": title, "area": area, "provider": provider, "description": description}
        changed = {name: value for name, value in said.items() if getattr(there, name) != value}
        for name, value in changed.items():
            setattr(there, name, value)
        return bool(changed)
