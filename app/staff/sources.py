"""Datasets that are fetched: how fresh against what was promised, fetch now, schedule."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

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

MOST_OFTEN = timedelta(hours=1)
"""Sources count calls by the day."""

LOOKED_AHEAD = 25
"""Times of a schedule: a day of one that is as often as can be."""


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
    return _page(_found(entry))


def _page(found: SourceLine, wrong: str = "", typed: tuple[str, bool] | None = None) -> str:
    """``typed``: a schedule that was not taken, and whether nothing was to run by itself."""
    schedule, paused = typed or (found.staff_schedule, found.paused)
    return render_template(
        "admin/source.html",
        one=found,
        schedule=schedule,
        paused=paused,
        upcoming=[] if found.paused or not found.ready else cron.upcoming(found.schedule, now()),
        wrong=wrong,
        said="" if wrong else said(),
        person=person(),
    )


@bp.post("/sources/<entry>")
@needs(OPERATOR)
def reschedule(entry: str) -> str | Response:
    """Staff's own schedule, '' for that of the list; or no runs by itself."""
    found = _found(entry)
    schedule = " ".join(request.form.get("schedule", "").split())
    paused = request.form.get("paused") == "1"
    if schedule and (wrong := _amiss(schedule)):
        return _page(found, wrong, (schedule, paused))
    fetches.reschedule(portal().catalogue, entry, schedule, paused=paused)
    note(Action.SCHEDULE, entry, f"{schedule or 'as listed'}{', paused' if paused else ''}")
    return back("source", "schedule", entry=entry)


def _amiss(schedule: str) -> str:
    """What is wrong with a schedule; '' where nothing is."""
    try:
        times = cron.upcoming(schedule, now(), LOOKED_AHEAD)
    except SettingsError:
        times = []
    if not times:
        return (
            f"‘{schedule}’은(는) 일정이 아니거나 오지 않는 날입니다. 분 시 일 월 요일을 차례로 적어 주세요. "
            "예: 20 3 * * * (날마다 3시 20분), 0 6 * * 1 (월요일마다 6시)"
        )
    if any(later - one < MOST_OFTEN for one, later in pairwise(times)):
        return f"‘{schedule}’은(는) 너무 잦습니다. 한 시간에 한 번까지 받을 수 있습니다. 예: 20 * * * *"
    return ""


def _found(entry: str) -> SourceLine:
    found = next((one for one in source_lines() if one.entry == entry), None)
    return found or abort(404, f"수집 목록에 {entry}은(는) 없습니다.")
