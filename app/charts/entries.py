"""Which charts a dataset gets: a list of small entries, each a condition and a question."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.totals import RULES, Totals, Value, totals
from app.wording import number, topic
from search.documents import Column, Dataset
from search.engine import Snapshot
from search.plan import Group, Groups, Selection

MAX_CHARTS = 6
MAX_BARS = 15


@dataclass(frozen=True)
class Chart:
    """A chart of one column by one field. ``why`` says why it was chosen."""

    id: str
    form: str
    title: str
    column: Column
    by: str
    field: str
    why: str


def _trends(dataset: Dataset) -> Iterator[Chart]:
    """A yearly trend of every number column, where there are years to compare."""
    if len(dataset.years) < 2:
        return
    for column in dataset.numbers():
        yield Chart(
            f"trend-{column.slot}",
            "line",
            f"연도별 {column.name}",
            column,
            "연도",
            "year",
            f"{len(dataset.years)}개 해의 자료가 있어 해마다의 변화를 보여 줍니다.",
        )


def _places(dataset: Dataset) -> Iterator[Chart]:
    """Bars by place of the first number column."""
    if not any(column.role == "region" for column in dataset.columns):
        return
    for column in dataset.numbers()[:1]:
        yield Chart(
            f"region-{column.slot}",
            "bars",
            f"지역별 {column.name}",
            column,
            "지역",
            "region",
            "지역 항목이 있어 어디가 많고 적은지 견줍니다.",
        )


def _categories(dataset: Dataset) -> Iterator[Chart]:
    """Bars by each category of the first number column."""
    numbers = dataset.numbers()
    for dimension in dataset.columns:
        if numbers and dimension.role == "category" and dimension.slot:
            yield Chart(
                f"by-{dimension.slot}-{numbers[0].slot}",
                "bars",
                f"{dimension.name}별 {numbers[0].name}",
                numbers[0],
                dimension.name,
                dimension.slot,
                f"‘{dimension.name}’ 항목으로 나누어 볼 수 있습니다.",
            )


RECORDS = Column("건수", "measure", "flow", "건", None)
"""Counting records needs no column: a list of places is charted by how many there are."""


def _counts(dataset: Dataset) -> Iterator[Chart]:
    """Without a number column, records themselves are counted."""
    if dataset.numbers():
        return
    if len(dataset.years) > 1:
        yield Chart(
            "count-year", "line", "연도별 건수", RECORDS, "연도", "year", "수치 항목이 없어 건수를 셉니다."
        )
    yield Chart(
        "count-region", "bars", "지역별 건수", RECORDS, "지역", "region", "수치 항목이 없어 건수를 셉니다."
    )
    for column in dataset.columns:
        if column.role == "category" and column.slot:
            yield Chart(
                f"count-{column.slot}",
                "bars",
                f"{column.name}별 건수",
                RECORDS,
                column.name,
                column.slot,
                "수치 항목이 없어 건수를 셉니다.",
            )


CHARTS: tuple[Callable[[Dataset], Iterator[Chart]], ...] = (_trends, _places, _categories, _counts)


def charts_of(dataset: Dataset) -> tuple[Chart, ...]:
    """The charts a dataset may get, most telling kinds first, trends not crowding out the rest."""
    found = [list(entry(dataset)) for entry in CHARTS]
    trends, rest = found[0], [chart for charts in found[1:] for chart in charts]
    kept = trends[: max(MAX_CHARTS - len(rest), 3)]
    return tuple([*kept, *rest][:MAX_CHARTS])


def answer(snapshot: Snapshot, selection: Selection, chart: Chart) -> Totals:
    """The numbers of a chart, from engine aggregations alone."""
    if chart.column.slot is not None:
        return totals(snapshot, selection, chart.column, chart.by, chart.field)
    (found,) = snapshot.ask([Groups(selection, by=(chart.field,))])
    return _counted(chart, found.groups, partial=found.partial)


def _counted(chart: Chart, groups: tuple[Group, ...], *, partial: bool) -> Totals:
    values = tuple(Value(group.keys[0], float(group.records), group.records) for group in groups)
    return Totals(chart.column, "flow", RULES["flow"], chart.by, values, partial)


def tells(found: Totals) -> bool:
    """Whether a chart says something: at least two values that are not all the same nothing."""
    return len(found.values) > 1 and any(value.value for value in found.values)


def sentence(chart: Chart, found: Totals) -> str:
    """One sentence of what the chart shows, from its numbers."""
    unit = chart.column.unit or ""
    first, last = found.values[0], found.values[-1]
    most = max(found.values, key=lambda value: value.value)
    least = min(found.values, key=lambda value: value.value)
    subject = topic(chart.column.name)
    if chart.form == "line":
        change = _change(first.value, last.value)
        return (
            f"{subject} {first.key}년 {number(first.value)}{unit}에서 {last.key}년 {number(last.value)}{unit}{change}. "
            f"가장 높은 해는 {most.key}년({number(most.value)}{unit})입니다."
        )
    return (
        f"{subject} {most.key}에서 가장 높고({number(most.value)}{unit}), "
        f"{least.key}에서 가장 낮습니다({number(least.value)}{unit})."
    )


def _change(first: float, last: float) -> str:
    if not first:
        return "이 되었습니다"
    percent = (last - first) / abs(first) * 100
    if abs(percent) < 0.05:
        return "으로 거의 그대로입니다"
    return f"으로 {abs(percent):.1f}% {'늘었습니다' if percent > 0 else '줄었습니다'}"
