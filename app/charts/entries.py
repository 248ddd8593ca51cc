"""Which charts a dataset gets: a list of small entries, each a condition and a question."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from app.forms import Facet
from app.totals import RULES, Totals, Value, holds_things, one_level, totals
from app.wording import each, plain_name
from search.documents import Column, Dataset
from search.engine import Snapshot
from search.plan import Groups, Selection

MAX_CHARTS = 6
MAX_TRENDS = 3
MAX_ASKED = 12
"""Every chart is a question to the engine; a table of many categories must not ask them all."""

YEAR = Facet("year", "year", "연도")
REGION = Facet("region", "region", "지역")
RECORDS = Column("건수", "measure", "flow", "건", None)
"""Counting records needs no column: a list of places is charted by how many there are."""


@dataclass(frozen=True)
class Chart:
    """A chart of one column by one field. ``why`` says why it was chosen."""

    form: str
    column: Column
    by: Facet
    why: str

    @property
    def id(self) -> str:
        return f"{self.column.slot or 'records'}-by-{self.by.field}"

    @property
    def title(self) -> str:
        return f"{each(self.by.label)} {plain_name(self.column)}"


def _trends(dataset: Dataset) -> Iterator[Chart]:
    """A yearly trend of every number column, where there are years to compare."""
    if len(dataset.years) > 1:
        why = f"{len(dataset.years)}개 해의 자료가 있어 해마다의 변화를 보여 줍니다."
        for column in dataset.numbers() or (RECORDS,):
            yield Chart("line", column, YEAR, why)


def _places(dataset: Dataset) -> Iterator[Chart]:
    """Bars by place: of the first number column, and of the records where each is a thing."""
    for column in _compared(dataset):
        yield Chart("bars", column, REGION, "지역을 알 수 있어 어디가 많고 적은지 견줍니다.")


def _categories(dataset: Dataset) -> Iterator[Chart]:
    """Bars by each category; yes-or-no ones tell least and come last."""
    found = [column for column in dataset.columns if column.role == "category" and column.slot]
    for dimension in sorted(found, key=lambda column: column.name.endswith(("여부", "유무"))):
        by = Facet(dimension.name, str(dimension.slot), dimension.name)
        why = f"‘{dimension.name}’ 항목으로 나누어 볼 수 있습니다."
        yield Chart("bars", _compared(dataset)[0], by, why)


def _compared(dataset: Dataset) -> tuple[Column, ...]:
    """What bars compare: things are counted first, then measured."""
    things = holds_things(dataset) and not _moving(dataset)
    first = dataset.numbers()[:1]
    return (RECORDS, *first) if things or not first else first


def _moving(dataset: Dataset) -> bool:
    """Whether things stand in the table again and again, with a number for each period."""
    return len(dataset.years) > 1 or any(column.kind == "flow" for column in dataset.columns)


CHARTS: tuple[Callable[[Dataset], Iterator[Chart]], ...] = (_trends, _places, _categories)


def charts_of(dataset: Dataset) -> tuple[Chart, ...]:
    """The charts a dataset may get, most telling kinds first, trends not crowding out the rest."""
    trends, *others = (list(entry(dataset)) for entry in CHARTS)
    rest = list(chain.from_iterable(others))
    kept = trends[: max(MAX_CHARTS - len(rest), MAX_TRENDS)]
    return (*kept, *rest)[:MAX_ASKED]


def told(
    snapshot: Snapshot, dataset: Dataset, selection: Selection, most: int = MAX_CHARTS
) -> tuple[tuple[Chart, Totals], ...]:
    """The first charts that say something, with their numbers."""
    answered = ((chart, answer(snapshot, dataset, selection, chart)) for chart in charts_of(dataset))
    return tuple(islice((pair for pair in answered if tells(*pair)), most))


def answer(snapshot: Snapshot, dataset: Dataset, selection: Selection, chart: Chart) -> Totals:
    """The numbers of a chart, from engine aggregations alone."""
    if chart.column.slot is not None:
        return totals(snapshot, dataset, selection, chart.column, chart.by)
    (found,) = snapshot.ask([Groups(selection, by=(chart.by.field,))])
    values = tuple(Value(group.keys[0], float(group.records), group.records) for group in found.groups)
    return one_level(dataset, Totals(chart.column, "flow", RULES["flow"], chart.by, values, found.partial))


def tells(chart: Chart, found: Totals) -> bool:
    """Whether a chart says something: at least two values that are not all the same nothing.

    Things dated by the day they were looked at have no trend: a year's sum is who was looked at then.
    """
    if chart.form == "line" and found.register:
        return False
    return len(found.values) > 1 and any(value.value for value in found.values)
