"""``/search``: what was found, grouped by dataset."""

from flask import Blueprint, render_template, request

from app.find import DatasetFound, Found, find
from app.pages.parts import bars, build_view, facet_view, pager, record_view, records_url, sorts, summary
from app.params import DATASET, FACETS, Params, read
from app.portal import portal
from app.views import DatasetHit, SearchPage

PAGE_SIZE = 10
CELLS_SHOWN = 6
TOTALS_SHOWN = 12

bp = Blueprint("search", __name__)


@bp.get("/search")
def show() -> str:
    """Free text, facets, totals by area and year."""
    params = read(request.args, (*FACETS, DATASET), size=PAGE_SIZE)
    found = find(portal().engine.live(), params, portal().synonyms)
    return render_template("search.html", page=page(found, params))


def url(params: Params) -> str:
    return params.url("/search", _default(params.q))


def _default(q: str) -> Params:
    return Params(q, (), 1, PAGE_SIZE, "relevance" if q else "newest")


def page(found: Found, params: Params) -> SearchPage:
    """The page of what was found."""
    return SearchPage(
        q=params.q,
        total=found.total,
        datasets_total=found.datasets_total,
        hits=tuple(_hit(one, found, params) for one in found.datasets),
        facets=tuple(facet_view(facet, choices, params, url) for facet, choices in found.facets),
        by_year=bars(
            found.by_year[-TOTALS_SHOWN:], lambda key: f"{key}년", lambda key: url(_only(params, "year", key))
        ),
        by_area=bars(
            sorted(found.by_area, key=lambda group: -group.records)[:TOTALS_SHOWN],
            str,
            lambda key: url(_only(params, "area", key)),
        ),
        pager=pager(params, max(1, -(-found.datasets_total // params.size)), url),
        sorts=sorts(params, url),
        hint=_hint(found, params),
        build=build_view(found.build),
        partial=found.partial,
        sample=any(one.dataset.sample for one in found.datasets),
    )


def _only(params: Params, name: str, value: str) -> Params:
    return params.cleared(name).toggled(name, value)


def _hit(one: DatasetFound, found: Found, params: Params) -> DatasetHit:
    inside = params.cleared("area").cleared("provider").cleared("dataset")
    return DatasetHit(
        summary(one.dataset, one.title_marks),
        one.count,
        tuple(record_view(hit, one.dataset, found.clauses, most=CELLS_SHOWN) for hit in one.hits),
        records_url(one.dataset.id, inside),
    )


def _hint(found: Found, params: Params) -> str | None:
    if params.q and not found.clauses:
        return "낱말이 없는 검색어입니다. 글자나 숫자를 넣어 찾아 보세요."
    if not params.q and not params.chosen:
        return "검색어를 넣거나 왼쪽에서 분야와 연도를 골라 보세요. 지금은 전체를 보여 드립니다."
    if found.total == 0:
        return "모든 낱말이 들어 있는 자료가 없습니다. 낱말을 줄이거나 고른 조건을 풀어 보세요."
    return None
