"""``/api/v1``: search, datasets, one dataset, its records and totals, and their description."""

from flask import Blueprint, Response, jsonify, request

from app.api import bodies, forecasts
from app.api.openapi import description
from app.charts.chart import YEAR, Chart
from app.charts.kinds import trend
from app.find import search as find
from app.forms import (
    Facet,
    Form,
    dataset_facets,
    forecast_form,
    list_form,
    records_form,
    search_form,
    totals_form,
)
from app.listing import listed
from app.look import Asked, asked, dataset_of, look
from app.pages.answers import asked_numbers
from app.paging import part
from app.params import ParamError, read
from app.portal import language, live, portal, suggester
from app.suggest import leading_somewhere
from app.telling import source_of
from app.totals import totals
from search.documents import Column, Dataset

SEARCH_FORM = search_form(size=10)
LIST_FORM = list_form(size=100)
RECORDS_SIZE = 20
SUGGEST_FORM = Form((), 1, paged=False)
NOTHING = Form((), 1, words=False, paged=False)

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.get("/search")
def search() -> Response:
    params = read(request.args, SEARCH_FORM, strict=True)
    searched = find(live(), params, language())
    return jsonify(bodies.search(searched, asked_numbers(live(), searched, language())))


@bp.get("/suggest")
def suggest() -> Response:
    params = read(request.args, SUGGEST_FORM, strict=True)
    found = leading_somewhere(live(), language(), suggester().suggest(params.q))
    return jsonify(bodies.suggestions(found, language().places, live().build))


@bp.get("/datasets")
def datasets() -> Response:
    params = read(request.args, LIST_FORM, strict=True)
    found = listed(live().datasets.values(), params)
    return jsonify(
        {
            "total": len(found),
            "page": params.page,
            "size": params.size,
            "datasets": [bodies.summary(one) for one in part(found, params)],
            "build": bodies.build(live().build),
        }
    )


@bp.get("/datasets/<key>")
def dataset(key: str) -> Response:
    read(request.args, NOTHING, strict=True)
    return jsonify(bodies.dataset(dataset_of(live(), key), live().build))


@bp.get("/datasets/<key>/records")
def records(key: str) -> Response:
    return jsonify(
        bodies.records(look(live(), _asked(key, records_form(dataset_of(live(), key), RECORDS_SIZE))))
    )


@bp.get("/datasets/<key>/totals")
def dataset_totals(key: str) -> Response:
    what = _asked(key, totals_form(dataset_of(live(), key)))
    column = _measure(what.dataset, request.args.get("measure", ""))
    by = _by(what.dataset, request.args.get("by") or "year")
    return jsonify(bodies.totals(totals(live(), what.dataset, what.selection, column, by), live().build))


@bp.get("/datasets/<key>/forecast")
def dataset_forecast(key: str) -> Response:
    """The yearly course of a measure and what may come next, or why that is not told."""
    what = _asked(key, forecast_form(dataset_of(live(), key)))
    column = _measure(what.dataset, request.args.get("measure", ""))
    found = trend.course(source_of(live(), what), Chart(trend.NAME, column, (YEAR,), ""))
    return jsonify(forecasts.forecast(column, found, live().build))


def _asked(key: str, form: Form) -> Asked:
    params = read(request.args, form, strict=True)
    return asked(live(), dataset_of(live(), key), params, language())


def _by(one: Dataset, name: str) -> Facet:
    """What totals are made for: year, region or a column with categories. Raises ParamError."""
    offered = {facet.name: facet for facet in dataset_facets(one)}
    if name not in offered:
        raise ParamError("by", f"by 값은 다음 가운데 하나여야 합니다: {', '.join(offered)}")
    return offered[name]


def _measure(one: Dataset, name: str) -> Column:
    """The number column named, or the first. Raises ParamError."""
    numbers = {column.name: column for column in one.numbers()}
    wanted = name or next(iter(numbers), "")
    if wanted not in numbers:
        raise ParamError(
            "measure", f"measure 값은 다음 가운데 하나여야 합니다: {', '.join(numbers) or '없음'}"
        )
    return numbers[wanted]


@bp.get("")
@bp.get("/openapi.json")
def openapi() -> Response:
    read(request.args, NOTHING, strict=True)
    return jsonify(description(portal().version))
