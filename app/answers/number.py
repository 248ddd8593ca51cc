"""Numbers, where the words fix dataset, measure, year and place.

Every word must be accounted for: a year, a place, a value of a category, or a word of the dataset itself
(its title, area, provider, description, columns). Where one is left over there is no number: a total
that passes a word over in silence would answer another question.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.answers.categories import added_up, categories
from app.answers.reading import read, share_named
from app.charts.chart import YEAR
from app.forms import DATASET, Facet, dataset_facets
from app.naming import is_item, is_unnamed
from app.params import Params, default_sort
from app.totals import Totals, Value, holds_things, totals
from app.wording import plain_name
from search import text
from search.documents import Column, Dataset
from search.engine import Snapshot
from search.finding.find import Found
from search.language.query import Language
from search.plan import Clause, Filter, Selection

MOST_ASKED, MOST_TOLD = 10, 3
"""Of the datasets found, the first ones are asked: what stands further down was not meant."""

LEAST_NAMED = 0.6
"""Of the letters of a title that tell it apart: 인구 alone does not name 동별 고령자 인구."""

_WITH_UNIT = re.compile(r"(.+?)\(([^()]{1,8})\)")


@dataclass(frozen=True)
class Number:
    """A value of a measure. ``params`` are the filters of the dataset's page that make this very number."""

    dataset: Dataset
    column: Column
    found: Totals
    value: Value
    year: str
    is_newest: bool
    """No year was asked for: the newest is told."""
    places: tuple[str, ...]
    categories: tuple[str, ...]
    item: str
    """What the number is of, where a column says so beside it (고령자(명)); else nothing."""
    added: tuple[tuple[str, tuple[str, ...]], ...]
    """Categories that it takes together: column and values."""
    params: Params

    @property
    def named(self) -> Column:
        """The column as what the number is of: one that says name and unit beside it says them better."""
        match = _WITH_UNIT.fullmatch(self.item)
        if match:
            return replace(self.column, name=match[1].strip(), unit=self.column.unit or match[2])
        return replace(self.column, name=self.item or self.column.name)


def numbers(
    snapshot: Snapshot, found: Found, language: Language, filters: Iterable[Filter]
) -> tuple[Number, ...]:
    """What the first datasets found answer; nothing where the words fix no number.

    ``filters`` are those of the search.
    """
    if any(term.excluded or len(term.parts) > 1 for term in found.query.terms) or not found.query.terms:
        return ()
    asked = (one.dataset for one in found.datasets[:MOST_ASKED] if one.dataset.numbers())
    named = [(share_named(dataset, found.query.clauses), dataset) for dataset in asked]
    most = max((share for share, _ in named), default=0.0)
    meant = [dataset for share, dataset in named if share == most >= LEAST_NAMED]
    made = (_of(snapshot, dataset, found, language, tuple(filters)) for dataset in meant[:MOST_TOLD])
    told = tuple(one for one in made if one)
    # datasets of one name that say different things fix no number; the list shows them side by side
    return told if len({one.value.value for one in told}) == 1 else ()


def _of(
    snapshot: Snapshot, dataset: Dataset, found: Found, language: Language, filters: tuple[Filter, ...]
) -> Number | None:
    said = read(dataset, found, language)
    years = _chosen(filters, "year", said.years)
    places = _chosen(filters, "region", said.places)
    own, others = _parted(dataset, said.left)
    values = categories(snapshot, dataset, own, others)
    if len(years) > 1 or values is None:
        return None
    if not (years or places) or not set(years) <= set(dataset.years):
        return None
    if not any(clause.stands_in(name) for clause in own for name in _names(dataset)):
        return None
    column = _measure(dataset, own)
    if column is None:
        return None
    return _number(snapshot, dataset, column, _Asked(values, tuple(map(str, places)), tuple(map(int, years))))


@dataclass(frozen=True)
class _Asked:
    """What the words ask of a measure."""

    categories: Mapping[Facet, str]
    places: tuple[str, ...]
    years: tuple[int, ...]


def _number(snapshot: Snapshot, dataset: Dataset, column: Column, asked: _Asked) -> Number | None:
    """The value of the year asked for, or of the newest."""
    values, years = asked.categories, asked.years
    chosen: dict[str, tuple[str, ...]] = {facet.name: (value,) for facet, value in values.items()}
    if asked.places:
        chosen["region"] = asked.places
    params = Params("", tuple(sorted(chosen.items())), 1, 1, default_sort(""))
    selection = Selection(
        filters=(Filter("dataset", (dataset.id,)), *params.filters(dataset_facets(dataset)))
    )
    by = YEAR if dataset.years else DATASET
    found = totals(snapshot, dataset, selection, column, by)
    if found.register and not years:  # things dated by the day they were looked at: the list as a whole
        found = totals(snapshot, dataset, selection, column, DATASET)
    wanted = [value for value in found.values if not years or value.key == years[0]]
    if found.partial or not wanted:
        return None
    value = wanted[-1]
    year = str(value.key) if found.by == YEAR else ""
    return Number(
        dataset=dataset,
        column=column,
        found=found,
        value=value,
        year=year,
        is_newest=bool(year) and not years,
        places=chosen.get("region", ()),
        categories=tuple(value for facet, value in values.items() if not is_item(facet)),
        item=next((value for facet, value in values.items() if is_item(facet)), ""),
        added=added_up(snapshot, dataset, selection.within("year", int(year)) if year else selection, chosen),
        params=replace(
            params, chosen=tuple(sorted({**chosen, **({"year": (year,)} if year else {})}.items()))
        ),
    )


def _chosen(filters: tuple[Filter, ...], field: str, said: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """What the words say, or else the choice of the facet."""
    return said or next((one.values for one in filters if one.field == field), ())


def _parted(dataset: Dataset, clauses: Iterable[Clause]) -> tuple[list[Clause], list[Clause]]:
    """Words the dataset itself bears, and the others."""
    own: list[Clause] = []
    others: list[Clause] = []
    texts = tuple(dataset.texts())
    for clause in clauses:
        (own if any(clause.stands_in(value) for value in texts) else others).append(clause)
    return own, others


def _names(dataset: Dataset) -> tuple[str, ...]:
    """What a dataset and its measures are called: a place alone names neither."""
    return (dataset.title, *(column.name for column in dataset.numbers()))


def _measure(dataset: Dataset, own: list[Clause]) -> Column | None:
    """The number column that the words name, or the only one there is; None where that is not sure."""
    numbers = dataset.numbers()
    named = [(sum(clause.stands_in(column.name) for clause in own), column) for column in numbers]
    most = max(count for count, _ in named)
    best = [column for count, column in named if count == most]
    if most and len(best) == 1:
        return best[0]
    # who asks for toilets of a dong asks how many there are, not for the only number a list of them has
    alone = len(numbers) == 1 and numbers[0].role == "measure" and not holds_things(dataset)
    if not alone or not (is_unnamed(numbers[0]) or _is_said(numbers[0], own)):
        return None
    return numbers[0]


def _is_said(column: Column, own: list[Clause]) -> bool:
    """Whether a word holds what the column counts: 주민등록인구 and 인구수(명)."""
    plain = text.joined(plain_name(column)).removesuffix("수")
    return len(plain) > 1 and any(plain in word.text for clause in own for word in clause.variants)
