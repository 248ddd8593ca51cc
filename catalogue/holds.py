"""Editions held back, for personal data or by a gate, and how staff release them: each with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from catalogue.runs import now
from catalogue.store import Catalogue
from catalogue.tables import Dataset, Edition, Hold, Release

RELEASES_NEEDED = 2
"""For personal data; what a gate holds for another reason one person may accept."""

WITHDRAWN = "withdrawn"
GATES = frozenset({"few", "drop", "columns", "doubled", WITHDRAWN})
"""Kinds of findings of the gate between two editions: no personal data."""


def releases_needed(found: Sequence[Mapping[str, Any]]) -> int:
    return 1 if all(one.get("kind") in GATES for one in found) else RELEASES_NEEDED


class HoldError(Exception):
    """A release that cannot be; the message says why and what to do."""


@dataclass(frozen=True)
class Held:
    """An edition that waits for its release. ``found`` is what intake found, masked."""

    dataset: str
    title: str
    edition: int
    fetched_at: datetime
    found: list[dict[str, Any]]
    released_by: list[str]


def put(session: Session, edition: int, found: list[dict[str, Any]]) -> bool:
    """Note what an edition is held back for; gives whether it is. A release, once given, stays."""
    there = session.get(Hold, edition)
    if there is None and found:
        session.add(Hold(edition_id=edition, found=found, released_at=None))
    elif there is not None and there.released_at is None:
        # what somebody took back comes again every night: only somebody lets it be shown
        taken_back = [one for one in there.found if one.get("kind") == WITHDRAWN]
        there.found = found = [*taken_back, *found]
        if not found:
            there.released_at = now()
    return bool(found) and (there is None or there.released_at is None)


def withdraw(catalogue: Catalogue, dataset: str, by: str, reason: str, edition: int) -> bool:
    """Hold back the published edition of this number; gives whether there is one before, which is shown then.

    Without one the dataset is shown no more. Raises HoldError where another is published, or none.
    """
    with catalogue.session() as session:
        wanted = (
            select(Edition, Hold)
            .outerjoin(Hold, Hold.edition_id == Edition.id)
            .where(Edition.dataset_id == dataset)
            .where(Hold.edition_id.is_(None) | Hold.released_at.is_not(None))
            .order_by(Edition.number.desc())
            .limit(2)
        )
        shown = session.execute(wanted).all()
        if not shown or shown[0][0].number != edition:
            raise HoldError(f"edition {edition} of {dataset!r} is not the one that is published")
        last, hold = shown[0]
        found = {"kind": WITHDRAWN, "column": "", "message": f"{by} 님이 거두어들였습니다: {reason}"}
        if hold is None:
            session.add(Hold(edition_id=last.id, found=[found], released_at=None))
        else:  # personal data in it still need two
            hold.found, hold.released_at = [found, *hold.found], None
            session.execute(delete(Release).where(Release.edition_id == last.id))
        return len(shown) > 1


def unshown(catalogue: Catalogue) -> set[tuple[str, str]]:
    """Dataset and hash of the editions that may not be shown now; of bytes that came twice the later time counts."""
    newest = select(func.max(Edition.id)).group_by(Edition.dataset_id, Edition.hash)
    wanted = (
        select(Edition.dataset_id, Edition.hash)
        .join(Hold, Hold.edition_id == Edition.id)
        .where(Hold.released_at.is_(None), Edition.id.in_(newest))
    )
    with catalogue.reading() as session:
        return {(dataset, edition) for dataset, edition in session.execute(wanted)}


def taken_back(session: Session, dataset: str, edition: str) -> list[dict[str, Any]]:
    """Why bytes of a dataset (their hash) that came before were taken back; [] where they were not, or were released."""
    wanted = (
        select(Hold)
        .join(Edition, Edition.id == Hold.edition_id)
        .where(Edition.dataset_id == dataset, Edition.hash == edition)
        .order_by(Edition.number.desc())
        .limit(1)
    )
    hold = session.scalars(wanted).first()
    if hold is None or hold.released_at is not None:
        return []
    return [one for one in hold.found if one.get("kind") == WITHDRAWN]


def held(catalogue: Catalogue) -> list[Held]:
    """Newest editions that are held back, in order of dataset."""
    newest = select(func.max(Edition.id)).group_by(Edition.dataset_id)
    wanted = (
        select(Dataset, Edition, Hold)
        .join(Edition, Edition.dataset_id == Dataset.id)
        .join(Hold, Hold.edition_id == Edition.id)
        .where(Hold.released_at.is_(None), Edition.id.in_(newest))
        .order_by(Dataset.id)
    )
    with catalogue.reading() as session:
        return [
            Held(
                dataset=dataset.id,
                title=dataset.title,
                edition=edition.number,
                fetched_at=edition.fetched_at,
                found=hold.found,
                released_by=_releases(session, edition.id),
            )
            for dataset, edition, hold in session.execute(wanted)
        ]


def held_of(catalogue: Catalogue, dataset: str) -> list[Held]:
    """Editions of a dataset that wait and are newer than the one that is shown, the newest first."""
    with catalogue.reading() as session:
        there = session.get(Dataset, dataset)
        if there is None:
            return []
        return [
            Held(dataset, there.title, one.number, one.fetched_at, hold.found, _releases(session, one.id))
            for one, hold in session.execute(_waiting(dataset))
        ]


def _waiting(dataset: str) -> "Select[Edition, Hold]":
    shown = (
        select(func.coalesce(func.max(Edition.number), 0))
        .outerjoin(Hold, Hold.edition_id == Edition.id)
        .where(Edition.dataset_id == dataset)
        .where(Hold.edition_id.is_(None) | Hold.released_at.is_not(None))
        .scalar_subquery()
    )
    return (
        select(Edition, Hold)
        .join(Hold, Hold.edition_id == Edition.id)
        .where(Edition.dataset_id == dataset, Hold.released_at.is_(None), Edition.number > shown)
        .order_by(Edition.number.desc())
    )


def release(catalogue: Catalogue, dataset: str, by: str, reason: str, edition: int | None = None) -> int:
    """One person's word that an edition may be published; gives how many more it needs.

    ``edition`` is the number of the one they have looked at, without it the newest that waits. Raises HoldError where
    that does not wait, or the same person says it twice.
    """
    if not by.strip() or not reason.strip():
        raise HoldError("a release needs a name and a reason")
    with catalogue.session() as session:
        waiting = [
            (one.number, hold)
            for one, hold in session.execute(_waiting(dataset))
            if edition in (None, one.number)
        ]
        if not waiting and edition is not None:
            raise HoldError(f"edition {edition} of {dataset!r} does not wait for anybody")
        if not waiting:
            raise HoldError(f"nothing of {dataset!r} is held back: gbp status lists what is")
        _, hold = waiting[0]
        before = _releases(session, hold.edition_id)
        if by in before:
            raise HoldError(f"{by} has released {dataset!r} already: a second person has to")
        session.add(Release(edition_id=hold.edition_id, by=by, reason=reason, at=now()))
        missing = releases_needed(hold.found) - len(before) - 1
        if missing <= 0:
            hold.released_at = now()
        return max(0, missing)


def _releases(session: Session, edition: int) -> list[str]:
    return list(session.scalars(select(Release.by).where(Release.edition_id == edition).order_by(Release.id)))
