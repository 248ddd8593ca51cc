"""The search of the pages and the API: parameters to what is asked, what is found to facets and meanings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app import places
from app.choices import Choice, Counted, choices
from app.forms import CHOSEN_ONLY, COLUMN, DATASET, FACETS, Facet
from app.paging import last_page
from app.params import Params
from app.understand import Meaning, understand
from search.documents import Dataset
from search.engine import Snapshot
from search.finding import rescue
from search.finding.find import Asked, DatasetFound, Found
from search.finding.near import near
from search.finding.rescue import Answered
from search.language.query import Language
from search.language.repair import Repair
from search.plan import Filter, Group, Groups, Question, Selection

_NO_DATASET = ""


@dataclass(frozen=True)
class Way:
    """Another search and what it finds; ``kind`` and ``name`` as of ``rescue.Way``."""

    kind: str
    name: str
    params: Params
    records: int


@dataclass(frozen=True)
class Searched:
    """A search answered. ``params`` holds the repaired words where ``repairs`` were made.

    ``near``: datasets of which no record was found, but which are called so.
    """

    found: Found
    params: Params
    facets: tuple[tuple[Facet, tuple[Choice, ...]], ...]
    chosen: tuple[tuple[Facet, tuple[Choice, ...]], ...]
    meanings: tuple[Meaning, ...]
    repairs: tuple[Repair, ...]
    ways: tuple[Way, ...]
    near: tuple[Dataset, ...]

    @property
    def datasets(self) -> tuple[DatasetFound, ...]:
        return self.found.datasets

    @property
    def by_year(self) -> tuple[Group, ...]:
        return self.found.beside["by_year"].groups

    @property
    def by_area(self) -> tuple[Group, ...]:
        return self.found.beside["by_area"].groups


def search(snapshot: Snapshot, params: Params, language: Language) -> Searched:
    """Answer a search. Raises QueryTooLong, NoSuchPage."""
    asked = Asked(params.q, filters(params, snapshot.datasets), params.sort, params.page, params.size)
    answered = rescue.answer(snapshot, asked, language, beside)
    found, there = answered.found, _params(answered, asked, params)
    last_page(found.datasets_total, there)
    return Searched(
        found=found,
        params=there,
        facets=tuple((facet, _choices(found, there, facet)) for facet in FACETS),
        chosen=tuple((facet, _chosen(there, facet)) for facet in CHOSEN_ONLY if there.values(facet.name)),
        meanings=understand(there, language),
        repairs=answered.repairs,
        ways=tuple(_way(one, params, snapshot.datasets) for one in answered.ways),
        near=near(snapshot.datasets, answered.asked, found, language.holders),
    )


def filters(params: Params, datasets: Mapping[str, Dataset]) -> tuple[Filter, ...]:
    """What an address chooses, as the engine is asked it. Raises ParamError."""
    return tuple(made for _, made in _filters(params, datasets))


def _filters(params: Params, datasets: Mapping[str, Dataset]) -> list[tuple[Facet, Filter]]:
    """The filter of each facet with a choice."""
    found = [(facet, made) for facet in (*FACETS, DATASET) for made in params.filters((facet,))]
    if names := params.values(COLUMN.name):
        having = (key for key, one in datasets.items() if any(column.name in names for column in one.columns))
        found.append((COLUMN, Filter(COLUMN.field, tuple(having) or (_NO_DATASET,))))
    return found


def counted(groups: Iterable[Group]) -> Counted:
    return {str(group.keys[0]): group.records for group in groups}


def beside(selection: Selection) -> dict[str, Question]:
    """What the page shows beside the datasets, asked in the same trip."""
    facets = {facet.name: Groups(selection.without(facet.field), by=(facet.field,)) for facet in FACETS}
    return {
        **facets,
        "by_year": Groups(selection, by=("year",)),
        "by_area": Groups(selection, by=("area",)),
        "places": places.question(selection),
    }


def _params(answered: Answered, asked: Asked, params: Params) -> Params:
    return params if answered.asked == asked else params.asking(answered.asked.q)


def _choices(found: Found, params: Params, facet: Facet) -> tuple[Choice, ...]:
    return choices(counted(found.beside[facet.name].groups), params.values(facet.name))


def _chosen(params: Params, facet: Facet) -> tuple[Choice, ...]:
    return tuple(Choice(value, 0, chosen=True) for value in params.values(facet.name))


def _way(one: rescue.Way, params: Params, datasets: Mapping[str, Dataset]) -> Way:
    if one.kind != "filter":
        return Way(one.kind, one.name, params.asking(one.asked.q), one.records)
    facet = next(facet for facet, made in _filters(params, datasets) if made == one.dropped)
    return Way(one.kind, facet.label, params.cleared(facet.name), one.records)
