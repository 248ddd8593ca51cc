"""Builds of the index: which one readers see, and the way back to the one before."""

from flask import render_template
from werkzeug.wrappers import Response

from app.portal import portal
from app.staff.guard import back, bp, needs, note, person, said
from catalogue import runs
from catalogue.audit import Action
from catalogue.staff import PUBLISHER
from search.engine import EngineError


@bp.get("/builds")
def builds() -> str:
    try:
        known = list(portal().engine.builds())
        live = portal().engine.live().build.id
    except EngineError:
        known, live = [], ""
    return render_template("admin/builds.html", builds=known, live=live, said=said(), person=person())


@bp.post("/builds/rollback")
@needs(PUBLISHER)
def roll_back() -> Response:
    """A run like any other: it waits for what is at work."""
    number = runs.enqueue(portal().catalogue, person().name, job=runs.ROLLBACK)
    note(Action.ROLLBACK, str(number))
    return back("run", "rollback", number=number)
