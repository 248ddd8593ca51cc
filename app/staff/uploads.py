"""Files handed over in the browser: inspected by the worker, read by a person, then taken in or dropped."""

import unicodedata
from collections.abc import Mapping
from pathlib import PurePath

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from app.portal import portal
from app.staff.datasets import FACTS, known, too_long
from app.staff.guard import back, bp, needs, note, person, said
from app.staff.runs import OPEN
from catalogue import datasets, runs, uploads
from catalogue.audit import Action
from catalogue.staff import OPERATOR, PUBLISHER
from catalogue.tables import Upload
from catalogue.uploads import MAX_BYTES, Room, TooLarge

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".json", ".xml", ".zip")
_FORM_BYTES = 100_000


@bp.before_request
def allow_files() -> None:
    """Only here more than a small form may come in."""
    if request.endpoint == "staff.upload" and request.method == "POST":
        request.max_content_length = MAX_BYTES + _FORM_BYTES


@bp.get("/uploads")
def all_uploads() -> str:
    found = uploads.recent(portal().catalogue)
    return render_template("admin/uploads.html", uploads=found, wrong="", said=said(), person=person())


@bp.post("/uploads")
@needs(OPERATOR)
def upload() -> str | Response:
    """Keep a file and have it inspected."""
    sent = request.files.get("file")
    name = (
        unicodedata.normalize("NFC", PurePath((sent.filename or "").replace("\\", "/")).name) if sent else ""
    )
    if sent is None or not name:
        return _again("파일을 골라 주세요.")
    if not name.lower().endswith(ENDINGS):
        return _again(
            f"‘{name}’은(는) 받지 않는 종류입니다. {' '.join(ENDINGS)} 가운데 하나로 저장해 주세요."
        )
    if len(name) > 200:
        return _again("파일 이름이 너무 깁니다. 200자보다 짧게 바꾸어 주세요.")
    # a dataset goes by the name of its file: a new edition may come under another name
    target = request.form.get("instead", "").strip() or None
    if target and datasets.get(portal().catalogue, target) is None:
        return _again(f"데이터셋 ‘{target}’이(가) 없습니다.")
    try:
        made = uploads.put(portal().catalogue, _room(), name, sent.stream, person().name, target)
    except TooLarge:
        return _again(f"{MAX_BYTES // 1_000_000:,} MB보다 큽니다. 나누어 올려 주세요.")
    runs.enqueue(portal().catalogue, person().name, [made], job=runs.INSPECT)
    note(Action.UPLOAD, name, made)
    return back("one_upload", "", name=made)


def _again(wrong: str) -> str:
    found = uploads.recent(portal().catalogue)
    return render_template("admin/uploads.html", uploads=found, wrong=wrong, said="", person=person())


@bp.get("/uploads/<name>")
def one_upload(name: str) -> str:
    return _page(_upload(name))


def _page(found: Upload, wrong: str = "", typed: Mapping[str, str] | None = None) -> str:
    report = found.report
    return render_template(
        "admin/upload.html",
        upload=found,
        report=report,
        about=typed or found.facts,
        known=known(),
        wrong=wrong,
        running=runs.last_of(portal().catalogue, found.id),
        may_take=not report.get("differs") or person().may(PUBLISHER),
        totals=[one for one in report.get("totals", ()) if one["value"] is not None][:20],
        said=said(),
        person=person(),
    )


@bp.post("/uploads/<name>/take")
@needs(OPERATOR)
def take(name: str) -> str | Response:
    """Take it in and publish it: a run like any other."""
    found = _upload(name)
    if found.state != uploads.INSPECTED:
        abort(400, "받아들일 수 있는 상태가 아닙니다. 화면을 새로 고쳐 주세요.")
    if _is_at_work(name):
        abort(409, "이미 받아들이고 있습니다. 화면을 새로 고쳐 주세요.")
    if found.report.get("differs") and not person().may(PUBLISHER):
        abort(403, "이전 판과 많이 다른 파일은 ‘공개 책임자’ 이상만 받아들일 수 있습니다.")
    facts = _facts()
    if wrong := next(filter(None, (too_long(field, facts[field]) for field in FACTS)), ""):
        return _page(found, wrong, facts)
    uploads.facts(portal().catalogue, name, facts)
    runs.enqueue(portal().catalogue, person().name, [name], job=runs.TAKE)
    note(Action.TAKE_IN, found.file, name)
    return back("one_upload", "queued", name=name)


@bp.post("/uploads/<name>/drop")
@needs(OPERATOR)
def drop(name: str) -> Response:
    found = _upload(name)
    if found.state not in (uploads.WAITING, uploads.INSPECTED, uploads.REFUSED) or _is_at_work(name):
        abort(400, "버릴 수 있는 상태가 아닙니다. 화면을 새로 고쳐 주세요.")
    uploads.drop(portal().catalogue, _room(), name)
    note(Action.DROP_UPLOAD, found.file, name)
    return back("all_uploads", "dropped")


def _facts() -> dict[str, str]:
    return {field: " ".join(request.form.get(field, "").split()) for field in FACTS}


def _is_at_work(name: str) -> bool:
    run = runs.last_of(portal().catalogue, name)
    return run is not None and run.state in OPEN


def _room() -> Room:
    return Room(portal().settings.var)


def _upload(name: str) -> Upload:
    return uploads.get(portal().catalogue, name) or abort(404, "그런 파일은 올라와 있지 않습니다.")
