"""What a downloaded file says of itself: where it is from and under which choices."""

from datetime import datetime

from flask import request

from app.downloads.about import About
from app.forms import FACETS, dataset_facets
from app.look import Asked
from app.params import Params
from app.portal import portal
from search.engine import Snapshot
from settings import SEOUL

SEARCHED = "통합검색 결과"


def about(snapshot: Snapshot, what: Asked, path: str, size: int) -> About:
    """Of a view of a dataset; ``path`` and ``size`` are those of its page."""
    dataset, params = what.dataset, what.params.at(1)
    labels = {facet.name: facet.label for facet in dataset_facets(dataset)}
    return About(
        title=dataset.title,
        portal=portal().name,
        source_url=absolute(params.url(path, size)),
        build=snapshot.build.id,
        downloaded=datetime.now(SEOUL).date(),
        provider=dataset.provider,
        description=dataset.description,
        edition=dataset.edition,
        published_at=snapshot.build.published_at,
        fetched_at=dataset.fetched_at,
        filters=_filters(params, labels),
        sample=dataset.sample,
    )


def about_result(snapshot: Snapshot, params: Params, path: str, size: int) -> About:
    """Of a result of a search: of many datasets at once."""
    labels = {facet.name: facet.label for facet in FACETS}
    return About(
        title=SEARCHED,
        portal=portal().name,
        source_url=absolute(params.at(1).url(path, size)),
        build=snapshot.build.id,
        downloaded=datetime.now(SEOUL).date(),
        published_at=snapshot.build.published_at,
        filters=_filters(params, labels),
        sample=any(dataset.sample for dataset in snapshot.datasets.values()),
    )


def _filters(params: Params, labels: dict[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    words = (("찾은 말", (params.q,)),) if params.q else ()
    return (*words, *((labels.get(name, name), values) for name, values in params.chosen))


def absolute(path: str) -> str:
    """The whole address of a path of the portal."""
    return request.url_root.rstrip("/") + path
