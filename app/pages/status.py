"""``/status``: the build, the runs, how fresh each dataset is; and health for machines."""

from flask import Blueprint, jsonify, render_template
from werkzeug.wrappers import Response

from app.pages.freshness import source_views
from app.pages.parts import build_view, summary
from app.portal import live, portal
from app.views import BuildView, DatasetSummary, RunView, StatusPage
from app.wording import JOBS, STATES, TRIGGERS
from catalogue import runs
from catalogue.tables import Run
from search.engine import EngineError, NothingPublished
from search.finding.ranking import by_name
from settings import SEOUL

bp = Blueprint("status", __name__)
RUNS_SHOWN = 20
_MESSAGES = {
    runs.CANCELLED: "담당자가 취소했습니다.",
    runs.FAILED: "끝나지 못했습니다.",
}
"""Instead of those that name somebody, or tell staff in the words of commands what to mend."""

_WARNED = "데이터셋을 색인했습니다. 몇 개는 고칠 것이 있어 이전 것을 둡니다."


@bp.get("/status")
def show() -> str:
    """Works while the engine is down: then it is what people come to read."""
    answers, build, datasets = _published()
    last = runs.last_done(portal().catalogue)
    page = StatusPage(
        engine=_engine(),
        engine_answers=answers,
        build=build,
        datasets=datasets,
        sources=source_views(),
        runs=_runs(),
        last_success=_run(last) if last else None,
        sample=any(one.sample for one in datasets),
    )
    return render_template("status.html", page=page)


def _engine() -> str:
    try:
        return portal().engine.name
    except EngineError:
        return "이름을 알 수 없음"


def _published() -> tuple[bool, BuildView | None, tuple[DatasetSummary, ...]]:
    """Whether the engine answers, and what it has published."""
    try:
        snapshot = live()
    except NothingPublished:
        return True, None, ()
    except EngineError:
        return False, None, ()
    found = by_name(snapshot.datasets.values())
    return True, build_view(snapshot.build), tuple(summary(one) for one in found)


def _runs() -> tuple[RunView, ...]:
    """Files that staff only hand over are nobody else's business."""
    recent = runs.recent(portal().catalogue, 4 * RUNS_SHOWN)
    return tuple(_run(run) for run in recent if run.job not in {runs.INSPECT, runs.TAKE})[:RUNS_SHOWN]


def _run(run: Run) -> RunView:
    return RunView(
        id=run.id,
        job=JOBS.get(run.job, run.job),
        state=run.state,
        state_label=STATES.get(run.state, run.state),
        trigger=TRIGGERS.get(run.trigger, "직원"),
        queued_at=run.queued_at.astimezone(SEOUL),
        started_at=run.started_at.astimezone(SEOUL) if run.started_at else None,
        finished_at=run.finished_at.astimezone(SEOUL) if run.finished_at else None,
        progress=f"{run.step} {run.done:,}/{run.total:,}" if run.total and run.finished_at is None else "",
        message=_message(run),
    )


def _message(run: Run) -> str:
    """What readers are told of a run."""
    if run.state == runs.WARNED and run.job == runs.INDEX:
        return _WARNED
    return _MESSAGES.get(run.state, run.message)


@bp.get("/healthz")
def alive() -> Response:
    """The process answers; nothing else is asked."""
    return jsonify({"alive": True})


@bp.get("/readyz")
def ready() -> tuple[Response, int]:
    """Readers can be served: a build is published and the engine answers."""
    try:
        build = live().build.id
    except NothingPublished:
        return jsonify({"ready": False, "why": "nothing published"}), 503
    except EngineError:
        return jsonify({"ready": False, "why": "engine down"}), 503
    return jsonify({"ready": True, "build": build}), 200
