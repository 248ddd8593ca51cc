"""Datasets that are fetched: how fresh against what was promised, fetch now, schedule."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from app.portal import portal
from app.staff.guard import back, bp, needs, note, person, said
from app.wording import FETCH_STATES, SOURCES
from catalogue import cron, fetches
from catalogue.audit import Action
from catalogue.fetches import Standing
from catalogue.runs import now
from catalogue.staff import OPERATOR
from settings import SEOUL, SettingsError


@dataclass(frozen=True)
class SourceLine:
    """A planned dataset; times in Seoul."""

    entry: str
    source: str
    source_label: str
    title: str
    dataset: str | None
    schedule: str
    staff_schedule: str
    paused: bool
    ready: bool
    listed: bool
    fresh_days: int
    stale: bool
    succeeded_at: datetime | None
    failing_since: datetime | None
    tried_at: datetime | None
    state: str
    state_label: str
    message: str


def source_lines() -> list[SourceLine]:
    at = now()
    return [_line(one, at) for one in fetches.standings(portal().catalogue)]


def _line(one: Standing, at: datetime) -> SourceLine:
    return SourceLine(
        entry=one.plan.entry,
        source=one.plan.source,
        source_label=SOURCES.get(one.plan.source, one.plan.source),
        title=one.plan.title,
        dataset=one.dataset,
        schedule=one.schedule,
        staff_schedule=one.plan.staff_schedule,
        paused=one.plan.paused,
        ready=one.plan.ready,
        listed=one.plan.listed,
        fresh_days=one.plan.fresh_days,
        stale=one.is_stale(at),
        succeeded_at=_seoul(one.succeeded_at),
        failing_since=_seoul(one.failing_since),
        tried_at=_seoul(one.last.ended_at) if one.last else None,
        state=one.last.state if one.last else "",
        state_label=FETCH_STATES.get(one.last.state, one.last.state) if one.last else "아직 없음",
        message=one.last.message if one.last else "",
    )


def _seoul(at: datetime | None) -> datetime | None:
    return at.astimezone(SEOUL) if at else None


@bp.get("/sources")
def sources() -> str:
    return render_template("admin/sources.html", lines=source_lines(), said=said(), person=person())


@bp.get("/sources/<entry>")
def source(entry: str) -> str:
    return render_template("admin/source.html", one=_found(entry), wrong="", said=said(), person=person())


@bp.post("/sources/<entry>")
@needs(OPERATOR)
def reschedule(entry: str) -> str | Response:
    """Staff's own schedule, '' for that of the list; or no runs by itself."""
    found = _found(entry)
    schedule = " ".join(request.form.get("schedule", "").split())
    if schedule:
        try:
            cron.trigger(schedule)
        except SettingsError:
            wrong = (
                f"‘{schedule}’은(는) 일정이 아닙니다. 분 시 일 월 요일을 차례로 적어 주세요. 예: 20 3 * * *"
            )
            return render_template("admin/source.html", one=found, wrong=wrong, said="", person=person())
    paused = request.form.get("paused") == "1"
    fetches.reschedule(portal().catalogue, entry, schedule, paused=paused)
    note(Action.SCHEDULE, entry, f"{schedule or 'as listed'}{', paused' if paused else ''}")
    return back("source", "schedule", entry=entry)


def _found(entry: str) -> SourceLine:
    found = next((one for one in source_lines() if one.entry == entry), None)
    return found or abort(404, f"수집 목록에 {entry}은(는) 없습니다.")
