"""One dataset: its records under filters, with facets, pages and cursor. Pages and API share it."""

from dataclasses import dataclass

from app.choices import Choice, choices
from app.find import counted
from app.forms import Facet, dataset_facets
from app.paging import last_page
from app.params import Params, default_sort
from search.documents import Dataset
from search.engine import Build, Snapshot
from search.finding.columns import with_cases
from search.language.query import Language, parse, resolve
from search.language.syntax import Note
from search.plan import PAGING_LIMIT, Clause, Filter, Groups, Hit, Selection, Top

MAX_PAGE_FACETS = 5
MAX_FACET_VALUES = 40
"""A column with more values is searched, not picked from."""


class NoSuchDataset(LookupError):
    """No dataset of that id in the published build."""


@dataclass(frozen=True)
class Asked:
    """What of a dataset is asked for, with the words for marking."""

    dataset: Dataset
    params: Params
    selection: Selection
    clauses: tuple[Clause, ...]
    notes: tuple[Note, ...] = ()
    partial: bool = False


@dataclass(frozen=True)
class Looked:
    """Records of a dataset. ``cursor`` goes on after the last of them; None at the end."""

    dataset: Dataset
    total: int
    last: int
    hits: tuple[Hit, ...]
    facets: tuple[tuple[Facet, tuple[Choice, ...]], ...]
    clauses: tuple[Clause, ...]
    cursor: int | None
    build: Build
    partial: bool


def dataset_of(snapshot: Snapshot, key: str) -> Dataset:
    """Raises NoSuchDataset."""
    try:
        return snapshot.datasets[key]
    except KeyError:
        raise NoSuchDataset(f"‘{key[:80]}’ 데이터셋이 없습니다.") from None


def whole(dataset: Dataset) -> Asked:
    """All records of a dataset, asked for by nothing else."""
    only = Selection(filters=(Filter("dataset", (dataset.id,)),))
    return Asked(dataset, Params("", (), 1, 1, default_sort("")), only, ())


def asked(snapshot: Snapshot, dataset: Dataset, params: Params, language: Language) -> Asked:
    """Raises QueryTooLong."""
    query = parse(params.q, language)
    clauses, partial = with_cases(snapshot, query.clauses)
    only = Filter("dataset", (dataset.id,))
    filters = (only, *params.filters(dataset_facets(dataset)))
    selection = Selection(resolve(clauses, language.holders), filters)
    return Asked(dataset, params, selection, clauses, query.notes, partial)


def look(snapshot: Snapshot, what: Asked) -> Looked:
    """Records in the order of the file. Raises NoSuchPage."""
    params, selection = what.params, what.selection
    offered = _offered(what.dataset, params)
    page, total, *facets = snapshot.ask(
        [
            _page(selection, params),
            Groups(selection),
            *(Groups(selection.without(facet.field), by=(facet.field,)) for facet in offered),
        ]
    )
    found = tuple(
        (facet, choices(counted(answer.groups), params.values(facet.name)))
        for facet, answer in zip(offered, facets, strict=True)
    )
    records = total.groups[0].records
    hits = page.hits[: params.size]
    more = _goes_on(len(page.hits), records, params)
    return Looked(
        dataset=what.dataset,
        total=records,
        last=min(last_page(records, params), PAGING_LIMIT // params.size),
        hits=hits,
        facets=tuple((facet, values) for facet, values in found if _useful(values)),
        clauses=what.clauses,
        cursor=hits[-1].record.ordinal if hits and more else None,
        build=snapshot.build,
        partial=what.partial or any(answer.partial for answer in (page, total, *facets)),
    )


def _page(selection: Selection, params: Params) -> Top:
    """By number; by cursor with one record more, which tells whether it goes on."""
    if params.cursor is None:
        return Top(selection, params.size, (params.page - 1) * params.size, order="row")
    return Top(selection, params.size + 1, order="row", after=params.cursor)


def _goes_on(hits: int, total: int, params: Params) -> bool:
    if params.cursor is None:
        return params.page * params.size < total
    return hits > params.size


def _offered(dataset: Dataset, params: Params) -> tuple[Facet, ...]:
    """Year and region, then the first categories; what is chosen always stands."""
    roles = {column.name: column.role for column in dataset.columns}
    facets = dataset_facets(dataset)
    shown = [f for f in facets if f.name in {"year", "region"} or roles.get(f.name) == "category"]
    return tuple(facet for facet in facets if facet in shown[:MAX_PAGE_FACETS] or params.values(facet.name))


def _useful(values: tuple[Choice, ...]) -> bool:
    return any(choice.chosen for choice in values) or 1 < len(values) <= MAX_FACET_VALUES
