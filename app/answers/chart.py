"""The chart of a result: the one that says most about what was asked for."""

from dataclasses import dataclass, replace

from app.answers.number import Number
from app.charts import entries
from app.charts.entries import RECORDS, YEAR, Chart
from app.find import Searched
from app.forms import dataset_facets
from app.look import Asked
from app.params import Params, default_sort
from app.totals import RULES, Totals, Value
from search.documents import Dataset
from search.engine import Snapshot
from search.plan import Answer, Filter, Selection

LEAST_YEARS = 3
"""Of fewer years the list of totals beside says all there is."""

BY_YEAR = Chart("line", RECORDS, YEAR, "찾은 레코드가 여러 해에 걸쳐 있어 해마다 몇 건인지 보여 줍니다.")


@dataclass(frozen=True)
class Told:
    """A chart with its numbers: of a dataset under the filters of ``what``, or, where None, of all that was found."""

    chart: Chart
    totals: Totals
    what: Asked | None = None


def chart(snapshot: Snapshot, searched: Searched, numbers: tuple[Number, ...]) -> Told | None:
    """The course of the number asked for, a chart of the dataset that was named, or the years of the result."""
    if numbers and (told := _course(snapshot, numbers[0])):
        return told
    if (named := _named(searched)) and (told := _own(snapshot, named, searched.params)):
        return told
    by_year = searched.found.beside["by_year"]
    return of_years(by_year) if len(by_year.groups) >= LEAST_YEARS else None


def of_years(by_year: Answer) -> Told:
    """How many records were found of each year."""
    values = tuple(Value(group.keys[0], float(group.records), group.records) for group in by_year.groups)
    return Told(BY_YEAR, Totals(RECORDS, "flow", RULES["flow"], YEAR, values, by_year.partial))


def _course(snapshot: Snapshot, one: Number) -> Told | None:
    """The years of the very number that was asked for."""
    what = _asked(one.dataset, one.params.cleared("year"))
    course = Chart("line", one.named, YEAR, "물어보신 수치가 해마다 어떻게 달라졌는지 보여 줍니다.")
    totals = entries.answer(snapshot, one.dataset, what.selection, course)
    return Told(course, totals, what) if entries.tells(course, totals) else None


def _own(snapshot: Snapshot, dataset: Dataset, params: Params) -> Told | None:
    """The first chart of a dataset, under the years and places that are chosen."""
    chosen = tuple(pair for pair in params.chosen if pair[0] in ("year", "region"))
    what = _asked(dataset, replace(params, q="", chosen=chosen, page=1, sort=default_sort("")))
    told = entries.told(snapshot, dataset, what.selection, most=1)
    return Told(*told[0], what) if told else None


def _asked(dataset: Dataset, params: Params) -> Asked:
    filters = (Filter("dataset", (dataset.id,)), *params.filters(dataset_facets(dataset)))
    return Asked(dataset, params, Selection(filters=filters), ())


def _named(searched: Searched) -> Dataset | None:
    """The first dataset, where every word stands in its title: then all its records are found.

    With something left out they are not, and its charts would show what the result does not.
    """
    wanted = searched.found.query.clauses
    first = searched.datasets[0].dataset if searched.datasets else None
    named = first and wanted and all(not one.excluded and one.stands_in(first.title) for one in wanted)
    return first if named else None
