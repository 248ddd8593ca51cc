"""``/datasets/<id>``: one dataset: what it is, its charts, its records, its columns, its quality."""

import json
import math

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.exceptions import NotFound

from app.charts import entries, figures, frames
from app.charts.entries import Chart
from app.downloads import csv_response, record_rows
from app.look import Looked, dataset_of, look, selection_of
from app.pages.cards import cards
from app.pages.parts import RECORDS_PAGE_SIZE, build_view, facet_view, pager, record_view, summary
from app.params import Params, dataset_facets, read
from app.portal import portal
from app.totals import Totals
from app.views import ChartView, ColumnView, DatasetPage, RecordsTable
from app.wording import KINDS, ROLES, moment, number, rule
from search.documents import Column, Dataset
from search.engine import Snapshot
from search.plan import PAGING_LIMIT, Selection

bp = Blueprint("dataset", __name__)


@bp.get("/datasets/<key>")
def show(key: str) -> str:
    """The page of a dataset."""
    snapshot = portal().engine.live()
    dataset = dataset_of(snapshot, key)
    params = _params(dataset)
    looked = look(snapshot, dataset, params, portal().synonyms)
    selection, _ = selection_of(snapshot, dataset, params, portal().synonyms)
    page = DatasetPage(
        dataset=summary(dataset),
        source_file=dataset.source_file,
        edition=dataset.edition,
        cards=cards(snapshot, dataset, selection),
        charts=_charts(snapshot, dataset, selection, params),
        records=_table(looked, params),
        columns=tuple(_column(column) for column in dataset.columns),
        quality=_quality(dataset),
        jsonld=_jsonld(dataset),
        build=build_view(looked.build),
        partial=looked.partial,
        sample=dataset.sample,
    )
    return render_template("dataset.html", page=page)


@bp.get("/datasets/<key>/charts/<name>.json")
def chart(key: str, name: str) -> Response:
    """A chart's figure for the browser."""
    snapshot, dataset, params = _asked(key)
    found = _one(snapshot, dataset, params, name)
    return jsonify(figures.item(found[0], frames.frame(*found)))


@bp.get("/datasets/<key>/charts/<name>.csv")
def chart_csv(key: str, name: str) -> Response:
    """The numbers of a chart."""
    snapshot, dataset, params = _asked(key)
    entry, totals = _one(snapshot, dataset, params, name)
    frame = frames.frame(entry, totals)
    header = _header(entry)
    rows = [[str(cell) for cell in row] for row in frame.fillna("").itertuples(index=False)]
    return csv_response(f"{dataset.title}_{entry.title}", header, iter(rows))


@bp.get("/datasets/<key>/records.csv")
def records_csv(key: str) -> Response:
    """Every record under the filters of the address."""
    snapshot, dataset, params = _asked(key)
    selection, _ = selection_of(snapshot, dataset, params, portal().synonyms)
    names = [column.name for column in dataset.columns]
    return csv_response(dataset.title, names, record_rows(snapshot, selection, names))


def _asked(key: str) -> tuple[Snapshot, Dataset, Params]:
    snapshot = portal().engine.live()
    dataset = dataset_of(snapshot, key)
    return snapshot, dataset, _params(dataset)


def _params(dataset: Dataset) -> Params:
    return read(request.args, dataset_facets(dataset), size=RECORDS_PAGE_SIZE, known=("raw",))


def _one(snapshot: Snapshot, dataset: Dataset, params: Params, name: str) -> tuple[Chart, Totals]:
    for entry in entries.charts_of(dataset):
        if entry.id == name:
            selection, _ = selection_of(snapshot, dataset, params, portal().synonyms)
            totals = entries.answer(snapshot, selection, entry)
            if entries.tells(totals):
                return entry, totals
    raise NotFound


def _charts(
    snapshot: Snapshot, dataset: Dataset, selection: Selection, params: Params
) -> tuple[ChartView, ...]:
    answered = [(entry, entries.answer(snapshot, selection, entry)) for entry in entries.charts_of(dataset)]
    return tuple(
        _chart(dataset, entry, totals, params) for entry, totals in answered if entries.tells(totals)
    )


def _chart(dataset: Dataset, entry: Chart, totals: Totals, params: Params) -> ChartView:
    frame = frames.frame(entry, totals)
    base = f"/datasets/{dataset.id}/charts/{entry.id}"
    plain = Params(params.q, (), 1, RECORDS_PAGE_SIZE, params.sort)
    here = params.at(1)
    return ChartView(
        id=entry.id,
        title=entry.title,
        summary=entries.sentence(entry, totals),
        why=f"{entry.why} {totals.rule}",
        unit=entry.column.unit or "",
        source=f"{dataset.provider}, {dataset.title}",
        date=f"{moment(dataset.fetched_at):%Y-%m-%d}",
        header=tuple(_header(entry)),
        rows=tuple(_row(entry, row) for row in frame.itertuples(index=False)),
        json_url=here.url(base + ".json", plain),
        csv_url=here.url(base + ".csv", plain),
        height_px=figures.height_px(entry, len(frame)),
    )


def _header(entry: Chart) -> list[str]:
    unit = f" ({entry.column.unit})" if entry.column.unit else ""
    return [entry.by, entry.column.name + unit, "레코드 수", "기준 시점"]


def _row(entry: Chart, row: tuple[object, ...]) -> tuple[str, ...]:
    key, value, records, period = row
    assert isinstance(value, float)  # noqa: S101 - frames.frame gives floats
    assert isinstance(records, int)  # noqa: S101
    year = "년" if entry.field == "year" else ""
    return (f"{key}{year}", "자료 없음" if math.isnan(value) else number(value), number(records), str(period))


def _table(looked: Looked, params: Params) -> RecordsTable:
    dataset = looked.dataset

    def url(state: Params) -> str:
        plain = Params(state.q, (), 1, RECORDS_PAGE_SIZE, "relevance" if state.q else "newest")
        return state.url(f"/datasets/{dataset.id}", plain)

    last = min(max(1, -(-looked.total // params.size)), PAGING_LIMIT // params.size)
    return RecordsTable(
        q=params.q,
        total=looked.total,
        columns=tuple(_column(column) for column in dataset.columns),
        records=tuple(
            record_view(hit, dataset, looked.clauses, [column.name for column in dataset.columns])
            for hit in looked.hits
        ),
        facets=tuple(facet_view(facet, choices, params, url) for facet, choices in looked.facets),
        pager=pager(params, last, url, looked.cursor),
        csv_url=params.at(1).url(
            f"/datasets/{dataset.id}/records.csv", Params(params.q, (), 1, RECORDS_PAGE_SIZE, params.sort)
        ),
    )


def _column(column: Column) -> ColumnView:
    return ColumnView(
        column.name,
        ROLES.get(column.role, column.role),
        KINDS.get(column.kind or "", ""),
        column.unit or "",
        rule(column),
    )


def _quality(dataset: Dataset) -> tuple[str, ...]:
    """What intake has to say of the file."""
    report = dataset.report
    said = [str(message) for message in report.get("messages", ())]
    if report.get("encoding"):
        said.append(
            f"글자 부호 {report['encoding']}, 형식 {report.get('format', '')}, 파일의 행 {report.get('rows', 0):,}개"
        )
    if report.get("total_rows"):
        said.append(f"합계·소계 행 {report['total_rows']:,}개는 레코드에서 뺐습니다.")
    return tuple(said)


def _jsonld(dataset: Dataset) -> str:
    body = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": dataset.title,
        "description": dataset.description or f"{dataset.provider}의 {dataset.title}",
        "creator": {"@type": "Organization", "name": dataset.provider},
        "variableMeasured": [column.name for column in dataset.numbers()],
        "dateModified": dataset.fetched_at,
    }
    if dataset.years:
        body["temporalCoverage"] = f"{dataset.years[0]}/{dataset.years[-1]}"
    # "<" would end the script element that holds it
    return json.dumps(body, ensure_ascii=False).replace("<", "\\u003c")
