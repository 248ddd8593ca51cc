"""Charts as pages show them: the contract of a figure, its words, its table and its files."""

from dataclasses import replace

from flask import Response, jsonify

from app.charts import entries, tables
from app.charts.chart import Told
from app.downloads.about import About
from app.downloads.respond import respond
from app.downloads.sheet import Kind, Sheet
from app.look import Asked
from app.pages.citing import about
from app.pages.parts import RECORDS_PAGE_SIZE
from app.portal import portal
from app.telling import told_of
from app.views import ChartView, FileLink
from app.wording import moment
from search.engine import Snapshot

FIGURE = "figure.json"
PARTIAL = "값이 너무 많아 많은 것부터 일부만 셈했습니다."
FILES: tuple[tuple[Kind, str], ...] = (("csv", "표(CSV)"), ("xlsx", "표(엑셀)"), ("json", "표(JSON)"))


def chart_views(snapshot: Snapshot, what: Asked) -> tuple[ChartView, ...]:
    return tuple(chart_view(what, told) for told in told_of(snapshot, what))


def chart_view(what: Asked, told: Told) -> ChartView:
    """A chart of a dataset."""
    dataset, params = what.dataset, what.params.at(1)
    base = f"/datasets/{dataset.id}/charts/{told.chart.id}"
    return view(
        told,
        source=f"{dataset.provider}, {dataset.title}",
        date=f"{moment(dataset.fetched_at):%Y-%m-%d}",
        urls={kind: params.url(f"{base}.{kind}", RECORDS_PAGE_SIZE) for kind in (FIGURE, *dict(FILES))},
    )


def view(told: Told, *, source: str, date: str, urls: dict[str, str]) -> ChartView:
    """A chart with everything the contract of charts asks for. ``urls``: of the figure and of each file."""
    return ChartView(
        id=told.chart.id,
        title=told.title or told.chart.title,
        summary=told.summary,
        why=f"{told.chart.why} {told.rule}".strip(),
        notes=(*told.notes, *((PARTIAL,) if told.partial else ())),
        unit=told.chart.column.unit or "",
        source=source,
        date=date,
        header=tables.header(told),
        rows=tables.rows(told),
        figure_url=urls[FIGURE],
        files=tuple(FileLink(label, urls[kind]) for kind, label in FILES),
        height_px=told.height_px,
        links=told.links,
    )


def figure(snapshot: Snapshot, key: tuple[object, ...], told: Told) -> Response:
    """The figure for the browser, drawn once a build."""
    boundaries = portal().boundaries
    item = portal().memory.of(
        snapshot, ("figure", *key, told.chart.id), lambda: entries.item(told, boundaries)
    )
    return jsonify(item)


def file(kind: Kind, told: Told, facts: About) -> Response:
    """The numbers of a chart as a file, unrounded."""
    of_chart = replace(facts, unit=told.chart.column.unit or "", rule=told.rule)
    name = f"{facts.title}_{told.title or told.chart.title}"
    return respond(kind, Sheet(name, tables.header(told), tables.raw_rows(told), of_chart))


def file_of(snapshot: Snapshot, what: Asked, told: Told, kind: Kind) -> Response:
    return file(kind, told, about(snapshot, what, f"/datasets/{what.dataset.id}", RECORDS_PAGE_SIZE))
