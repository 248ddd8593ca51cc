"""What staff did, when and why: written with every action, never changed."""

from sqlalchemy import select

from catalogue.runs import now
from catalogue.store import Catalogue
from catalogue.tables import Audit


def note(catalogue: Catalogue, by: str, action: str, what: str = "", detail: str = "") -> None:
    with catalogue.session() as session:
        session.add(Audit(at=now(), by=by[:60], action=action, what=what[:400], detail=detail))


def recent(catalogue: Catalogue, limit: int = 200) -> list[Audit]:
    """The newest first."""
    with catalogue.reading() as session:
        return list(session.scalars(select(Audit).order_by(Audit.id.desc()).limit(limit)))
