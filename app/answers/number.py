"""Numbers, where the words fix dataset, measure, year and place.

Every word must be accounted for: a year, a place, a value of a category, or a word of the dataset itself
(its title, area, provider, description, columns). Where one is left over there is no number: a total
that passes a word over in silence would answer another question.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.answers.categories import categories
from app.charts.entries import YEAR
from app.forms import DATASET, dataset_facets
from app.params import Params, default_sort
from app.totals import Totals, Value, holds_things, totals
from search import text
from search.documents import Column, Dataset
from search.engine import Snapshot
from search.finding.find import Found
from search.language.query import Language
from search.language.syntax import Term
from search.plan import Clause, Filter, Selection

MOST_DATASETS = 3
"""Of the datasets found, the first ones are asked: what stands further down was not meant."""


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
    params: Params


@dataclass(frozen=True)
class _Reading:
    """What the words say of one dataset: filters by facet, and the words left for the dataset itself."""

    years: tuple[int, ...]
    places: tuple[str, ...]
    left: tuple[Clause, ...]


def numbers(
    snapshot: Snapshot, found: Found, language: Language, filters: Iterable[Filter]
) -> tuple[Number, ...]:
    """What the first datasets found answer; nothing where the words fix no number.

    ``filters`` are those of the search.
    """
    if any(term.excluded or len(term.parts) > 1 for term in found.query.terms) or not found.query.terms:
        return ()
    asked = (one.dataset for one in found.datasets[:MOST_DATASETS] if one.dataset.numbers())
    made = (_of(snapshot, dataset, found, language, tuple(filters)) for dataset in asked)
    return tuple(one for one in made if one)


def _of(
    snapshot: Snapshot, dataset: Dataset, found: Found, language: Language, filters: tuple[Filter, ...]
) -> Number | None:
    reading = _read(dataset, found, language)
    years = _chosen(filters, "year", reading.years)
    places = _chosen(filters, "region", reading.places)
    own, others = _parted(dataset, reading.left)
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
    chosen: dict[str, tuple[str, ...]] = {facet.name: (value,) for facet, value in values.items()}
    if places:
        chosen["region"] = tuple(map(str, places))
    return _number(snapshot, dataset, column, chosen, tuple(map(int, years)))


def _number(
    snapshot: Snapshot,
    dataset: Dataset,
    column: Column,
    chosen: dict[str, tuple[str, ...]],
    years: tuple[int, ...],
) -> Number | None:
    """The value of the year asked for, or of the newest."""
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
        categories=tuple(value for name, values in chosen.items() if name != "region" for value in values),
        params=replace(
            params, chosen=tuple(sorted({**chosen, **({"year": (year,)} if year else {})}.items()))
        ),
    )


def _read(dataset: Dataset, found: Found, language: Language) -> _Reading:
    """Years and places among the words; a place runs over two words at most: 천호 2동."""
    years: list[int] = []
    places: list[str] = []
    left: list[Clause] = []
    regions = set(dataset.regions)
    pairs = list(found.query.read)
    while pairs:
        term, clause = pairs.pop(0)
        typed = term.parts[0].text
        if term.is_plain and (meant := language.calendar.years(text.fold(typed))):
            years += meant
        elif inside := _place(term, pairs, language, regions):
            places += inside
        else:
            left.append(clause)
    return _Reading(tuple(dict.fromkeys(years)), tuple(dict.fromkeys(places)), tuple(left))


def _place(
    term: Term, following: list[tuple[Term, Clause]], language: Language, regions: set[str]
) -> tuple[str, ...]:
    """The regions of the dataset that a word, or it and the next, means; the next is then taken."""
    for length in (2, 1):
        words = [term, *(one for one, _ in following[: length - 1])]
        if len(words) < length or not all(one.is_plain for one in words):
            continue
        place = language.places.meant(" ".join(one.parts[0].text for one in words))
        if place and (inside := tuple(value for value in place.values if value in regions)):
            del following[: length - 1]
            return inside
    return ()


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
    return numbers[0] if alone else None
