"""``/api/v1``: search, datasets, one dataset, its records and totals, and their description."""

from flask import Blueprint, Response, jsonify, request

from app.api import bodies
from app.api.openapi import description
from app.find import NoSuchPage, find
from app.look import dataset_of, look, selection_of
from app.pages.datasets import LIST_FACETS, listed
from app.params import DATASET, FACETS, ParamError, dataset_facets, read
from app.portal import portal
from app.totals import totals
from search.documents import Column, Dataset

SEARCH_SIZE = 10
RECORDS_SIZE = 20

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.get("/search")
def search() -> Response:
    params = read(request.args, (*FACETS, DATASET), size=SEARCH_SIZE)
    found = find(portal().engine.live(), params, portal().synonyms)
    return jsonify(bodies.search(found, params.page, params.size))


@bp.get("/datasets")
def datasets() -> Response:
    params = read(request.args, LIST_FACETS, size=100)
    snapshot = portal().engine.live()
    found = listed(snapshot.datasets.values(), params)
    last = max(1, -(-len(found) // params.size))
    if params.page > last:
        raise NoSuchPage(f"{params.page:,}쪽은 없습니다. 마지막 쪽은 {last:,}쪽입니다.")
    first = (params.page - 1) * params.size
    return jsonify(
        {
            "total": len(found),
            "datasets": [bodies.summary(one) for one in found[first : first + params.size]],
            "build": bodies.build(snapshot.build),
        }
    )


@bp.get("/datasets/<key>")
def dataset(key: str) -> Response:
    snapshot = portal().engine.live()
    return jsonify(bodies.dataset(dataset_of(snapshot, key), snapshot.build))


@bp.get("/datasets/<key>/records")
def records(key: str) -> Response:
    snapshot = portal().engine.live()
    one = dataset_of(snapshot, key)
    params = read(request.args, dataset_facets(one), size=RECORDS_SIZE)
    return jsonify(bodies.records(look(snapshot, one, params, portal().synonyms)))


@bp.get("/datasets/<key>/totals")
def dataset_totals(key: str) -> Response:
    snapshot = portal().engine.live()
    one = dataset_of(snapshot, key)
    params = read(request.args, dataset_facets(one), size=RECORDS_SIZE, known=("measure", "by"))
    column = _measure(one, request.args.get("measure", ""))
    by = request.args.get("by") or "year"
    field = {facet.name: facet.field for facet in dataset_facets(one)}.get(by)
    if field is None:
        offered = ", ".join(facet.name for facet in dataset_facets(one))
        raise ParamError("by", f"by는 다음 가운데 하나여야 합니다: {offered}")
    selection, _ = selection_of(snapshot, one, params, portal().synonyms)
    return jsonify(bodies.totals(totals(snapshot, selection, column, by, field), snapshot.build))


def _measure(one: Dataset, name: str) -> Column:
    """The number column named, or the first. Raises ParamError."""
    numbers = one.numbers()
    if not name and numbers:
        return numbers[0]
    column = one.column(name)
    if column is None or not column.is_number:
        offered = ", ".join(column.name for column in numbers) or "없음"
        raise ParamError("measure", f"measure는 다음 가운데 하나여야 합니다: {offered}")
    return column


@bp.get("/openapi.json")
def openapi() -> Response:
    return jsonify(description(portal().version))
