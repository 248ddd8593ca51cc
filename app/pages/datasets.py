"""``/datasets``: the list of datasets with facets of its own."""

from collections import Counter
from collections.abc import Callable, Iterable

from flask import Blueprint, render_template, request

from app import find
from app.pages.parts import build_view, facet_view, pager, sorts, summary
from app.params import FACETS, Facet, Params, read
from app.portal import portal
from app.views import DatasetsPage
from search.documents import Dataset

PAGE_SIZE = 30

bp = Blueprint("datasets", __name__)

LIST_FACETS = tuple(facet for facet in FACETS if facet.name in {"area", "year", "provider"})
_VALUES: dict[str, Callable[[Dataset], Iterable[str]]] = {
    "area": lambda one: (one.area,),
    "provider": lambda one: (one.provider,),
    "year": lambda one: map(str, one.years),
}


@bp.get("/datasets")
def show() -> str:
    """All datasets, filtered and ordered."""
    params = read(request.args, LIST_FACETS, size=PAGE_SIZE)
    snapshot = portal().engine.live()
    datasets = list(snapshot.datasets.values())
    found = listed(datasets, params)
    last = max(1, -(-len(found) // params.size))
    if params.page > last:
        raise find.NoSuchPage(f"{params.page:,}쪽은 없습니다. 마지막 쪽은 {last:,}쪽입니다.")
    first = (params.page - 1) * params.size
    page = DatasetsPage(
        total=len(found),
        datasets=tuple(summary(one) for one in found[first : first + params.size]),
        facets=tuple(
            facet_view(facet, _choices(datasets, params, facet), params, url) for facet in LIST_FACETS
        ),
        sorts=sorts(params, url),
        pager=pager(params, last, url),
        build=build_view(snapshot.build),
        sample=any(one.sample for one in found),
    )
    return render_template("datasets.html", page=page)


def url(params: Params) -> str:
    return params.url("/datasets", Params("", (), 1, PAGE_SIZE, "newest"))


def listed(datasets: Iterable[Dataset], params: Params, *, without: str = "") -> list[Dataset]:
    """Datasets under the chosen facets (one left out when its own choices are counted), in order."""
    kept = [
        one
        for one in datasets
        if all(
            facet.name == without
            or not params.values(facet.name)
            or set(params.values(facet.name)) & set(_VALUES[facet.name](one))
            for facet in LIST_FACETS
        )
    ]
    by_title = sorted(kept, key=lambda one: one.title)
    return (
        by_title if params.sort == "name" else sorted(by_title, key=lambda one: one.fetched_at, reverse=True)
    )


def _choices(datasets: Iterable[Dataset], params: Params, facet: Facet) -> tuple[find.Choice, ...]:
    counts = Counter(
        value for one in listed(datasets, params, without=facet.name) for value in _VALUES[facet.name](one)
    )
    chosen = params.values(facet.name)
    values = [*counts, *(value for value in chosen if value not in counts)]
    found = (find.Choice(value, counts[value], value in chosen) for value in values)
    return tuple(sorted(found, key=lambda choice: (-choice.count, choice.value)))
