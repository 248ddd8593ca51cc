"""What staff did, when and why: written with every action, never changed."""

from enum import StrEnum

from sqlalchemy import select

from catalogue.runs import now
from catalogue.store import Catalogue
from catalogue.tables import Audit

COMMAND_LINE = "command line"
"""Whose word it was, where the command does not ask for a name."""


class Action(StrEnum):
    """What may be done; the text is what stands in the log."""

    LOGIN = "login"
    LOGIN_REFUSED = "login refused"
    LOGOUT = "logout"
    RUN = "run"
    RUN_AGAIN = "run again"
    CANCEL = "cancel"
    DESCRIBE = "describe"
    ACCEPT = "accept"
    WITHDRAW = "withdraw"
    ROLLBACK = "rollback"
    UPLOAD = "upload"
    TAKE_IN = "take in"
    DROP_UPLOAD = "drop upload"
    SCHEDULE = "schedule"
    STAFF_ADD = "staff add"
    STAFF_REMOVE = "staff remove"


def note(catalogue: Catalogue, by: str, action: Action, what: str = "", detail: str = "") -> None:
    with catalogue.session() as session:
        session.add(Audit(at=now(), by=by[:60], action=action, what=what[:400], detail=detail))


def recent(catalogue: Catalogue, limit: int = 200) -> list[Audit]:
    """The newest first."""
    with catalogue.reading() as session:
        return list(session.scalars(select(Audit).order_by(Audit.id.desc()).limit(limit)))
