"""Editions held back, for personal data or by a gate, and how staff release them: each with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
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


def withdraw(catalogue: Catalogue, dataset: str, by: str, reason: str) -> bool:
    """Hold back the newest published edition; gives whether there is one before, which is shown then.

    Without one the dataset is shown no more. Raises HoldError where none is published.
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
        if not shown:
            raise HoldError(f"no edition of {dataset!r} is published")
        edition, hold = shown[0]
        found = {"kind": WITHDRAWN, "column": "", "message": f"{by} 님이 거두어들였습니다: {reason}"}
        if hold is None:
            session.add(Hold(edition_id=edition.id, found=[found], released_at=None))
        else:  # personal data in it still need two
            hold.found, hold.released_at = [found, *hold.found], None
            session.execute(delete(Release).where(Release.edition_id == edition.id))
        return len(shown) > 1


def unshown(catalogue: Catalogue) -> set[tuple[str, str]]:
    """Dataset and hash of every edition that may not be shown now."""
    wanted = (
        select(Edition.dataset_id, Edition.hash)
        .join(Hold, Hold.edition_id == Edition.id)
        .where(Hold.released_at.is_(None))
    )
    with catalogue.reading() as session:
        return {(dataset, edition) for dataset, edition in session.execute(wanted)}


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


def release(catalogue: Catalogue, dataset: str, by: str, reason: str, edition: int | None = None) -> int:
    """One person's word that the newest edition may be published; gives how many more it needs.

    ``edition`` is the number of the one they have looked at. Raises HoldError where nothing is held, another edition
    has come meanwhile, or the same person says it twice.
    """
    if not by.strip() or not reason.strip():
        raise HoldError("a release needs a name and a reason")
    with catalogue.session() as session:
        found = session.execute(
            select(Hold, Edition.number)
            .join(Edition, Edition.id == Hold.edition_id)
            .where(Edition.dataset_id == dataset)
            .order_by(Edition.number.desc())
            .limit(1)
        ).first()
        hold, number = found or (None, None)
        if edition is not None and number != edition:
            raise HoldError(f"edition {edition} of {dataset!r} is no longer the one that is held")
        if hold is None or hold.released_at is not None:
            raise HoldError(f"nothing of {dataset!r} is held back: gbp status lists what is")
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
