"""Runs: how far one is, what became of each dataset; start, cancel, try again."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import abort, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from app.portal import portal
from app.staff.guard import back, bp, needs, note, person, said
from app.wording import FETCH_STATES, JOBS, STATES, TRIGGERS
from catalogue import fetches, runs
from catalogue.audit import Action
from catalogue.staff import OPERATOR
from catalogue.tables import Fetch, Run
from settings import SEOUL

OPEN = (runs.QUEUED, runs.RUNNING, runs.PUBLISHING)
LONG_WAIT = timedelta(seconds=30)
STARTABLE = (runs.INDEX, runs.FETCH)


@dataclass(frozen=True)
class RunLine:
    """A run as pages show it; times in Seoul."""

    id: int
    job: str
    state: str
    state_label: str
    trigger: str
    step: str
    done: int
    total: int
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    message: str
    is_open: bool
    is_late: bool
    url: str


def line(run: Run) -> RunLine:
    return RunLine(
        id=run.id,
        job=JOBS.get(run.job, run.job),
        state=run.state,
        state_label=STATES.get(run.state, run.state),
        trigger=TRIGGERS.get(run.trigger, run.trigger),
        step=run.step if run.state in OPEN else "",
        done=run.done,
        total=run.total,
        queued_at=run.queued_at.astimezone(SEOUL),
        started_at=run.started_at.astimezone(SEOUL) if run.started_at else None,
        finished_at=run.finished_at.astimezone(SEOUL) if run.finished_at else None,
        message=run.message,
        is_open=run.state in OPEN,
        is_late=run.state == runs.QUEUED and runs.now() - run.queued_at > LONG_WAIT,
        url=url_for("staff.run", number=run.id),
    )


@dataclass(frozen=True)
class FetchLine:
    """What became of one dataset."""

    entry: str
    state: str
    state_label: str
    message: str
    records: int | None
    records_before: int | None
    requests: int


def fetch_line(one: Fetch) -> FetchLine:
    label = FETCH_STATES.get(one.state, one.state)
    return FetchLine(one.entry, one.state, label, one.message, one.records, one.records_before, one.requests)


@bp.get("/runs")
def all_runs() -> str:
    found = [line(run) for run in runs.recent(portal().catalogue, 100)]
    return render_template("admin/runs.html", runs=found, said=said(), person=person())


@bp.get("/runs/<int:number>")
def run(number: int) -> str:
    found = _run(number)
    fetched = [fetch_line(one) for one in fetches.of_run(portal().catalogue, number)]
    # what needs somebody first
    fetched.sort(key=lambda one: (one.state not in {fetches.FAILED, fetches.HELD}, one.entry))
    return render_template("admin/run.html", run=line(found), fetched=fetched, said=said(), person=person())


@bp.get("/runs/<int:number>.json")
def run_state(number: int) -> Response:
    """Polled by the page: nothing comes back while nothing has changed."""
    shown = line(_run(number))
    body = json.dumps(
        {
            "state": shown.state,
            "state_label": shown.state_label,
            "step": shown.step,
            "done": shown.done,
            "total": shown.total,
            "message": shown.message,
            "open": shown.is_open,
        },
        ensure_ascii=False,
    )
    response = make_response(body)
    response.mimetype = "application/json"
    response.set_etag(hashlib.sha256(body.encode()).hexdigest()[:16])
    response.headers["Cache-Control"] = "no-store"
    return response.make_conditional(request)


@bp.post("/runs")
@needs(OPERATOR)
def start() -> Response:
    """The same request as that of the scheduler: one code path."""
    job = request.form.get("job", "")
    if job not in STARTABLE:
        abort(400, "알 수 없는 작업입니다.")
    everything = request.form.get("all") == "1"
    names = [name for name in request.form.getlist("only") if name]
    number = runs.enqueue(portal().catalogue, person().name, names, all_of_them=everything, job=job)
    note(Action.RUN, str(number), " ".join([job, *names, *(["--all"] if everything else [])]))
    return back("run", "queued", number=number)


@bp.post("/runs/<int:number>/cancel")
@needs(OPERATOR)
def cancel(number: int) -> Response:
    _run(number)
    ended = not runs.cancel(portal().catalogue, number, person().name)
    note(Action.CANCEL, str(number))
    return back("run", "ended" if ended else "cancelled", number=number)


@bp.post("/runs/<int:number>/again")
@needs(OPERATOR)
def again(number: int) -> Response:
    """Of a fetch only what failed: what came stays as it is."""
    found = _run(number)
    if found.job not in STARTABLE:
        abort(400, "이 작업은 다시 할 수 없습니다.")
    names = list(found.datasets["only"])
    if found.job == runs.FETCH:
        failed = {
            one.entry for one in fetches.of_run(portal().catalogue, number) if one.state == fetches.FAILED
        }
        names = sorted({"folder" if one.startswith("folder/") else one for one in failed}) or names
    everything = bool(found.datasets["all"])
    asked = runs.enqueue(portal().catalogue, person().name, names, all_of_them=everything, job=found.job)
    note(Action.RUN_AGAIN, str(asked), f"of run {number}")
    return back("run", "queued", number=asked)


def _run(number: int) -> Run:
    return runs.find(portal().catalogue, number) or abort(404, f"실행 {number}은(는) 없습니다.")
