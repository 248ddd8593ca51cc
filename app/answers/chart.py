"""The chart of a result: the one that says most about what was asked for."""

from dataclasses import replace

from app.answers.number import Number
from app.charts.chart import RECORDS, YEAR, Chart, Told
from app.charts.kinds import bars, months, pyramid, trend
from app.find import Searched
from app.forms import dataset_facets
from app.look import Asked
from app.params import Params, default_sort
from app.telling import one_told, told_of
from app.totals import COUNT_RULE, Totals, Value
from app.trends.series import series
from search.documents import Dataset
from search.engine import Snapshot
from search.plan import Answer, Filter, Selection

LEAST_YEARS = 3
"""Of fewer years the list of totals beside says all there is."""

BY_YEAR = Chart(
    trend.NAME, RECORDS, (YEAR,), "찾은 레코드가 여러 해에 걸쳐 있어 해마다 몇 건인지 보여 줍니다."
)
TITLE = "찾은 레코드의 연도별 건수"
OURS = (trend.NAME, bars.NAME, pyramid.NAME, months.NAME)
"""Kinds that answer in one look; a map stands beside them."""

Answered = tuple[Told, Asked | None]
"""A chart: of a dataset under the filters of what is asked, or, where None, of all that was found."""


def chart(snapshot: Snapshot, searched: Searched, numbers: tuple[Number, ...]) -> Answered | None:
    """The course of the number asked for, a chart of the dataset that was named, or the years of the result."""
    if numbers and (told := _course(snapshot, numbers[0])):
        return told
    if (named := _named(searched)) and (told := _own(snapshot, named, searched.params)):
        return told
    by_year = searched.found.beside["by_year"]
    found = of_years(by_year) if len(by_year.groups) >= LEAST_YEARS else None
    return (found, None) if found else None


def of_years(by_year: Answer) -> Told | None:
    """How many records were found of each year."""
    values = tuple(Value(group.keys[0], float(group.records), group.records) for group in by_year.groups)
    totals = Totals(RECORDS, "flow", COUNT_RULE, YEAR, values, by_year.partial)
    told = trend.tell_series(BY_YEAR, totals, series(values, {}))
    return replace(told, title=TITLE) if told else None


def _course(snapshot: Snapshot, one: Number) -> Answered | None:
    """The years of the very number that was asked for."""
    what = _asked(one.dataset, one.params.cleared("year"))
    name = Chart(trend.NAME, one.column, (YEAR,), "").id
    told = one_told(snapshot, what, name)
    return (told, what) if told else None


def _own(snapshot: Snapshot, dataset: Dataset, params: Params) -> Answered | None:
    """The first chart of a dataset, under the years and places that are chosen."""
    chosen = tuple(pair for pair in params.chosen if pair[0] in ("year", "region"))
    what = _asked(dataset, replace(params, q="", chosen=chosen, page=1, sort=default_sort("")))
    first = next((told for told in told_of(snapshot, what) if told.chart.kind in OURS), None)
    return (first, what) if first else None


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
