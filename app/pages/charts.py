"""Charts of a dataset as its page shows them: the contract of a figure, its words and its table."""

import pandas as pd

from app.charts import entries, figures, frames
from app.charts.entries import Chart
from app.charts.sentences import sentence
from app.look import Asked
from app.pages.parts import RECORDS_PAGE_SIZE
from app.totals import Totals
from app.views import ChartView
from app.wording import moment, number, plain_name
from search.engine import Snapshot


def chart_views(snapshot: Snapshot, what: Asked) -> tuple[ChartView, ...]:
    """The charts that say something under the filters of the address."""
    told = entries.told(snapshot, what.dataset, what.selection)
    return tuple(chart_view(what, chart, totals) for chart, totals in told)


def one_chart(snapshot: Snapshot, what: Asked, name: str) -> tuple[Chart, pd.DataFrame] | None:
    """A chart by its id with its numbers; None where there is none."""
    for chart in entries.charts_of(what.dataset):
        if chart.id == name:
            totals = entries.answer(snapshot, what.dataset, what.selection, chart)
            return (chart, frames.frame(chart, totals)) if entries.tells(chart, totals) else None
    return None


def chart_view(what: Asked, chart: Chart, totals: Totals) -> ChartView:
    """A chart of a dataset with everything the contract of charts asks for."""
    frame = frames.frame(chart, totals)
    dataset, params = what.dataset, what.params.at(1)
    base = f"/datasets/{dataset.id}/charts/{chart.id}"
    return ChartView(
        id=chart.id,
        title=chart.title,
        summary=sentence(chart, totals, frame),
        why=f"{chart.why} {totals.rule}",
        unit=chart.column.unit or "",
        source=f"{dataset.provider}, {dataset.title}",
        date=f"{moment(dataset.fetched_at):%Y-%m-%d}",
        header=header(chart),
        rows=tuple(row(chart, cells) for cells in frame.itertuples(index=False, name=None)),
        json_url=params.url(base + ".json", RECORDS_PAGE_SIZE),
        csv_url=params.url(base + ".csv", RECORDS_PAGE_SIZE),
        height_px=figures.height_px(chart, len(frame)),
    )


def header(chart: Chart) -> tuple[str, ...]:
    """Names of a chart's columns, as its table and its file have them."""
    unit = f" ({chart.column.unit})" if chart.column.unit else ""
    return (chart.by.label, plain_name(chart.column) + unit, "레코드 수", "기준 시점")


def csv_rows(frame: pd.DataFrame) -> list[list[str]]:
    """The numbers of a chart unrounded, a gap left blank."""
    rows = frame.itertuples(index=False, name=None)
    return [["" if pd.isna(cell) else _plain(cell) for cell in row] for row in rows]


def _plain(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def row(chart: Chart, cells: tuple[str, float, int, str]) -> tuple[str, ...]:
    """A line of a chart's table in words for people."""
    key, value, records, period = cells
    year = "년" if chart.by == entries.YEAR else ""
    return (f"{key}{year}", "자료 없음" if pd.isna(value) else number(value), number(records), period)
