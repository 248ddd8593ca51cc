"""``/datasets``: the list of datasets with facets of its own."""

from flask import Blueprint, render_template, request

from app.forms import list_form
from app.listing import choices_of, listed
from app.pages.parts import build_view, facet_view, pager, sorts, summary
from app.paging import last_page, part
from app.params import Params, read
from app.portal import live
from app.views import DatasetsPage

PAGE_SIZE = 30
FORM = list_form(PAGE_SIZE)

bp = Blueprint("datasets", __name__)


@bp.get("/datasets")
def show() -> str:
    """All datasets, filtered and ordered."""
    params = read(request.args, FORM)
    snapshot = live()
    datasets = tuple(snapshot.datasets.values())
    found = listed(datasets, params)
    page = DatasetsPage(
        total=len(found),
        datasets=tuple(summary(one) for one in part(found, params)),
        facets=tuple(
            facet_view(facet, choices_of(datasets, params, facet), params, url) for facet in FORM.facets
        ),
        sorts=sorts(params, FORM.sorts, url),
        pager=pager(params, last_page(len(found), params), url),
        build=build_view(snapshot.build),
        sample=any(one.sample for one in found),
    )
    return render_template("datasets.html", page=page)


def url(params: Params) -> str:
    return params.url("/datasets", PAGE_SIZE)
