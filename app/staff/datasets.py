"""Datasets of the catalogue: what is said of them, their editions, and the word that a held one may be published."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from app.portal import portal
from app.staff.guard import back, bp, needs, note, person, said
from app.staff.overview import why_held
from app.wording import with_particle
from catalogue import datasets, fetches, holds, runs
from catalogue.audit import Action
from catalogue.holds import HoldError
from catalogue.staff import OPERATOR, PUBLISHER
from catalogue.tables import Dataset

LONGEST = {"title": 400, "area": 200, "provider": 200, "description": 4_000}
FACTS = tuple(LONGEST)
"""What staff say of a dataset."""
NOT_ACCEPTED = (
    "확인을 기록하지 못했습니다. 그 사이에 다른 판이 왔거나, 이미 확인하셨거나, 보류된 판이 없습니다. "
    "개인정보는 두 사람이 확인해야 합니다."
)
CHANGED = "그 사이에 바뀌었습니다. 아래에 적으신 것을 다시 살펴보고 한 번 더 누르면 그대로 바꿉니다. 지금은"
NAMES = {"title": "제목", "area": "분야", "provider": "제공기관", "description": "설명"}


@bp.get("/datasets")
def all_datasets() -> str:
    found = datasets.everything(portal().catalogue)
    return render_template("admin/datasets.html", datasets=found, said=said(), person=person())


@bp.get("/datasets/<name>")
def dataset(name: str) -> str:
    return _page(_dataset(name))


def _page(found: Dataset, wrong: str = "", typed: Mapping[str, str] | None = None) -> str:
    """``typed``: what was not taken, with the state of things that its form was filled from; nobody has to write it again."""
    editions = datasets.editions(portal().catalogue, found.id)
    return render_template(
        "admin/dataset.html",
        dataset=found,
        editions=editions,
        held=[
            (one, why_held(one.found), holds.releases_needed(one.found))
            for one in holds.held_of(portal().catalogue, found.id)
        ],
        known=known(),
        shown=[one.number for one in editions if not one.held],
        wrong=wrong,
        about=typed or {**{field: getattr(found, field) for field in FACTS}, "seen": _seen(found)},
        said=said(),
        person=person(),
    )


@dataclass(frozen=True)
class Known:
    """Names that datasets have already: another spelling of one would be another area, or another office."""

    areas: tuple[str, ...]
    providers: tuple[str, ...]


def known() -> Known:
    found = datasets.everything(portal().catalogue)
    return Known(tuple(sorted({one.area for one in found})), tuple(sorted({one.provider for one in found})))


@bp.post("/datasets/<name>")
@needs(OPERATOR)
def describe(name: str) -> str | Response:
    """Change what is said of a dataset; the next index shows it."""
    found = _dataset(name)
    given = {field: " ".join(request.form.get(field, "").split()) for field in FACTS}
    given["area"] = " > ".join(part.strip() for part in given["area"].split(">") if part.strip())
    seen = request.form.get("seen", "")
    if all(getattr(found, field) == value for field, value in given.items()):
        return back("dataset", "same", name=name)
    if wrong := _amiss(given):
        return _page(found, wrong, {**given, "seen": seen})
    if seen != _seen(found):
        return _page(found, f"{CHANGED} {_told(found, given)}", {**given, "seen": _seen(found)})
    datasets.describe(portal().catalogue, name, **given)
    note(Action.DESCRIBE, name, "; ".join(f"{NAMES[key]}: {value}" for key, value in given.items()))
    runs.enqueue(portal().catalogue, person().name)
    return back("dataset", "saved", name=name)


def _amiss(given: Mapping[str, str]) -> str:
    """What is wrong with what was typed; '' where nothing is."""
    for field in FACTS:
        if not given[field] and field != "description":
            return f"{with_particle(NAMES[field], '을/를')} 적어 주세요."
        if wrong := too_long(field, given[field]):
            return wrong
    return ""


def too_long(field: str, given: str) -> str:
    """What is said of a text that does not fit; '' where it does."""
    most = LONGEST[field]
    return (
        f"{with_particle(NAMES[field], '은/는')} {most:,}자까지 쓸 수 있습니다." if len(given) > most else ""
    )


def _seen(found: Dataset) -> str:
    """Another text whenever what is said of a dataset has changed: forms bring along what they were filled from."""
    said = "\0".join(getattr(found, field) for field in FACTS)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _told(found: Dataset, given: Mapping[str, str]) -> str:
    """What stands there now, of what was typed otherwise."""
    now = {field: getattr(found, field) for field in FACTS}
    return " ".join(f"{NAMES[field]}: ‘{now[field]}’." for field in FACTS if now[field] != given[field])


@bp.post("/datasets/<name>/accept")
@needs(PUBLISHER)
def accept(name: str) -> str | Response:
    """Say that the held edition may be published, and why."""
    found = _dataset(name)
    reason = " ".join(request.form.get("reason", "").split())
    if not reason:
        return _page(found, "왜 공개해도 되는지 적어 주세요.")
    try:
        edition = int(request.form.get("edition", "0"))
        missing = holds.release(portal().catalogue, name, person().name, reason, edition)
    except (HoldError, ValueError):
        return _page(found, NOT_ACCEPTED)
    note(Action.ACCEPT, f"{name}, {edition}판", reason)
    if not missing:
        run = runs.enqueue(portal().catalogue, person().name)
        fetches.accepted(portal().catalogue, run, found.source_file)
    return back("dataset", "second" if missing else "accepted", name=name)


@bp.post("/datasets/<name>/withdraw")
@needs(PUBLISHER)
def withdraw(name: str) -> str | Response:
    """Show the edition before again, or nothing, and go on doing so: a roll-back alone lasts until the next index."""
    found = _dataset(name)
    reason = " ".join(request.form.get("reason", "").split())
    if not reason:
        return _page(found, "왜 거두어들이는지 적어 주세요.")
    try:
        edition = int(request.form.get("edition", "0"))
        is_one_before = holds.withdraw(portal().catalogue, name, person().name, reason, edition)
    except (HoldError, ValueError):
        return _page(
            found, "그 판은 지금 공개된 판이 아니어서 거두어들이지 않았습니다. 아래의 판을 살펴봐 주세요."
        )
    note(Action.WITHDRAW, f"{name}, {edition}판", reason)
    runs.enqueue(portal().catalogue, person().name)
    return back("dataset", "withdrawn" if is_one_before else "gone", name=name)


def _dataset(name: str) -> Dataset:
    return datasets.get(portal().catalogue, name) or abort(404, f"데이터셋 {name}은(는) 없습니다.")
