"""The first staff page: what runs, what needs somebody, what is late."""

from dataclasses import dataclass

from flask import render_template

from app.portal import portal
from app.staff.guard import bp, person, said
from app.staff.runs import OPEN, line
from app.staff.sources import SourceLine, source_lines
from app.wording import ACTIONS
from catalogue import audit, holds, runs


@dataclass(frozen=True)
class HeldLine:
    """An edition that waits for somebody."""

    dataset: str
    title: str
    edition: int
    why: str
    released_by: tuple[str, ...]


def held_lines() -> list[HeldLine]:
    return [
        HeldLine(one.dataset, one.title, one.edition, why_held(one.found), tuple(one.released_by))
        for one in holds.held(portal().catalogue)
    ]


def why_held(found: list[dict[str, object]]) -> str:
    """Findings of the gate as they are, personal data by kind and column; they are masked already."""
    said_of = [
        str(one["message"])
        if one.get("kind") in holds.GATES
        else f"개인정보 의심: {one.get('kind')} ({one.get('column') or '표 밖'})"
        for one in found
    ]
    return "; ".join(said_of)


@bp.get("")
def overview() -> str:
    recent = runs.recent(portal().catalogue, 10)
    needing: list[SourceLine] = [one for one in source_lines() if one.failing_since or one.stale]
    return render_template(
        "admin/overview.html",
        open=[line(run) for run in recent if run.state in OPEN],
        runs=[line(run) for run in recent if run.state not in OPEN],
        held=held_lines(),
        needing=needing,
        said=said(),
        person=person(),
    )


@bp.get("/audit")
def audit_log() -> str:
    return render_template(
        "admin/audit.html",
        log=audit.recent(portal().catalogue),
        actions=ACTIONS,
        command_line=audit.COMMAND_LINE,
        person=person(),
    )
