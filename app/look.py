"""One dataset: its records under filters, with facets, pages and cursor. Pages and API share it."""

from dataclasses import dataclass

from app.find import Choice, NoSuchPage, choices
from app.params import Facet, Params, dataset_facets
from search.documents import Dataset
from search.engine import Build, Snapshot
from search.plan import PAGING_LIMIT, Clause, Filter, Groups, Hit, Selection, Top
from search.query import Synonyms, parse, resolve


class NoSuchDataset(LookupError):
    """No dataset of that id in the published build."""


@dataclass(frozen=True)
class Looked:
    """Records of a dataset. ``cursor`` goes on after the last of them; None at the end."""

    dataset: Dataset
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[tuple[Facet, tuple[Choice, ...]], ...]
    clauses: tuple[Clause, ...]
    cursor: int | None
    build: Build
    partial: bool


MAX_PAGE_FACETS = 5
MAX_FACET_VALUES = 40
"""A column with more values is searched, not picked from."""


def dataset_of(snapshot: Snapshot, key: str) -> Dataset:
    """Raises NoSuchDataset."""
    try:
        return snapshot.datasets[key]
    except KeyError:
        raise NoSuchDataset(f"‘{key}’라는 데이터셋이 없습니다.") from None


def selection_of(
    snapshot: Snapshot, dataset: Dataset, params: Params, synonyms: Synonyms
) -> tuple[Selection, tuple[Clause, ...]]:
    """What of the dataset is asked for, and the words for marking. Raises QueryTooLong."""
    clauses = parse(params.q, synonyms)
    resolved = resolve(clauses, snapshot.datasets)
    only = Filter("dataset", (dataset.id,))
    return Selection(resolved, (only, *params.filters(dataset_facets(dataset)))), clauses


def look(snapshot: Snapshot, dataset: Dataset, params: Params, synonyms: Synonyms) -> Looked:
    """Records in the order of the file. Raises NoSuchPage, QueryTooLong."""
    selection, clauses = selection_of(snapshot, dataset, params, synonyms)
    offered = _offered(dataset, params)
    page, counted, *facets = snapshot.ask(
        [
            Top(selection, params.size + 1, (params.page - 1) * params.size, order="row", after=params.cursor)
            if _inside(params)
            else Top(
                selection, params.size, (params.page - 1) * params.size, order="row", after=params.cursor
            ),
            Groups(selection),
            *(Groups(selection.without(facet.field), by=(facet.field,)) for facet in offered),
        ]
    )
    total = counted.groups[0].records
    last = max(1, -(-total // params.size))
    if params.cursor is None and params.page > last:
        raise NoSuchPage(f"{params.page:,}쪽은 없습니다. 마지막 쪽은 {last:,}쪽입니다.")
    hits = page.hits[: params.size]
    more = len(page.hits) > params.size or not _inside(params)
    found = tuple(
        (facet, choices(answer.groups, params.values(facet.name)))
        for facet, answer in zip(offered, facets, strict=True)
    )
    return Looked(
        dataset,
        total,
        hits,
        tuple((facet, values) for facet, values in found if _useful(values)),
        clauses,
        hits[-1].record.ordinal if hits and more else None,
        snapshot.build,
        any(answer.partial for answer in (page, counted, *facets)),
    )


def _inside(params: Params) -> bool:
    """Whether one record more than the page still lies inside the paging window."""
    return params.page * params.size < PAGING_LIMIT


def _offered(dataset: Dataset, params: Params) -> tuple[Facet, ...]:
    """Year and region, then the first dimensions; what is chosen always stands."""
    roles = {column.name: column.role for column in dataset.columns}
    facets = dataset_facets(dataset)
    shown = [f for f in facets if f.name in {"year", "region"} or roles.get(f.name) == "category"]
    return tuple(facet for facet in facets if facet in shown[:MAX_PAGE_FACETS] or params.values(facet.name))


def _useful(values: tuple[Choice, ...]) -> bool:
    return any(choice.chosen for choice in values) or 1 < len(values) <= MAX_FACET_VALUES
