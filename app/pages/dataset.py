"""``/datasets/<id>``: one dataset: what it is, its charts, its records, its columns, its quality."""

import json

from flask import Blueprint, Response, abort, render_template, request

from app.comparing.asking import Comparison, Wanted
from app.crawlers import canonical
from app.downloads.records import record_cells, record_rows
from app.downloads.respond import respond
from app.downloads.sheet import Kind, Sheet
from app.forms import records_form
from app.look import Asked, Looked, asked, dataset_of, look
from app.pages.cards import cards
from app.pages.charts import FILES, chart_views, figure, file_of
from app.pages.citing import about, absolute
from app.pages.freshness import lateness
from app.pages.parts import RECORDS_PAGE_SIZE, build_view, facet_view, pager, summary
from app.pages.records import whole_record
from app.params import Params, read
from app.portal import language, live
from app.telling import one_told
from app.views import ColumnView, DatasetPage, FileLink, RecordsTable
from app.wording import KINDS, ROLES, note, plain_name, rule
from search.documents import Column, Dataset
from search.marks import Marker
from search.plan import Groups

bp = Blueprint("dataset", __name__)


@bp.get("/datasets/<key>")
def show(key: str) -> str:
    """The page of a dataset."""
    snapshot = live()
    what = _asked(key, strict=False)
    dataset = what.dataset
    looked = look(snapshot, what)
    page = DatasetPage(
        dataset=summary(dataset),
        source_file=dataset.source_file,
        edition=dataset.edition,
        cards=cards(snapshot, what),
        charts=chart_views(snapshot, what),
        records=_table(looked, what),
        columns=tuple(_column(column) for column in dataset.columns),
        quality=_quality(dataset),
        late=lateness(dataset.source_file),
        jsonld=jsonld(dataset, canonical()),
        compare_url=Comparison((Wanted(dataset.id),)).url("/compare") if dataset.numbers() else None,
        share_url=absolute(what.params.at(1).url(f"/datasets/{dataset.id}/share.png", RECORDS_PAGE_SIZE)),
        build=build_view(looked.build),
        partial=looked.partial,
        sample=dataset.sample,
    )
    return render_template("dataset.html", page=page)


@bp.get("/datasets/<key>/charts/<name>.figure.json")
def chart(key: str, name: str) -> Response:
    """A chart's figure for the browser."""
    snapshot, what = live(), _asked(key)
    told = one_told(snapshot, what, name) or abort(404)
    return figure(snapshot, (what.dataset.id, what.selection), told)


@bp.get("/datasets/<key>/charts/<name>.<any(csv, xlsx, json):kind>")
def chart_file(key: str, name: str, kind: Kind) -> Response:
    """The numbers of a chart."""
    snapshot, what = live(), _asked(key)
    return file_of(snapshot, what, one_told(snapshot, what, name) or abort(404), kind)


@bp.get("/datasets/<key>/records.<any(csv, xlsx, json):kind>")
def records_file(key: str, kind: Kind) -> Response:
    """Every record under the filters of the address."""
    snapshot, what = live(), _asked(key)
    columns = what.dataset.columns
    names = tuple(column.name for column in columns)
    rows = (
        record_rows(snapshot, what.selection, list(names))
        if kind == "csv"
        else record_cells(snapshot, what.selection, columns)
    )
    (counted,) = snapshot.ask([Groups(what.selection)])
    facts = about(snapshot, what, f"/datasets/{what.dataset.id}", RECORDS_PAGE_SIZE)
    return respond(kind, Sheet(what.dataset.title, names, rows, facts, counted.groups[0].records))


def _asked(key: str, *, strict: bool = True) -> Asked:
    """Files are read by programs: there a misspelt filter is refused."""
    dataset = dataset_of(live(), key)
    form = records_form(dataset, RECORDS_PAGE_SIZE, "raw")
    return asked(live(), dataset, read(request.args, form, strict=strict), language())


def _table(looked: Looked, what: Asked) -> RecordsTable:
    dataset, params = looked.dataset, what.params
    marker = Marker.of(looked.clauses)

    def url(state: Params) -> str:
        return state.url(f"/datasets/{dataset.id}", RECORDS_PAGE_SIZE) + "#records"

    return RecordsTable(
        q=params.q,
        notes=tuple(map(note, what.notes)),
        total=looked.total,
        columns=tuple(_column(column) for column in dataset.columns),
        records=tuple(whole_record(hit, dataset, marker) for hit in looked.hits),
        facets=tuple(facet_view(facet, choices, params, url) for facet, choices in looked.facets),
        pager=pager(params, looked.last, url, looked.cursor),
        files=tuple(
            FileLink(label, params.at(1).url(f"/datasets/{dataset.id}/records.{kind}", params.size))
            for kind, label in FILES
        ),
    )


def _column(column: Column) -> ColumnView:
    return ColumnView(
        plain_name(column),
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
        kind, rows = report.get("format", ""), report.get("rows", 0)
        said.append(f"글자 부호 {report['encoding']}, 형식 {kind}, 파일의 행 {rows:,}개")
    said += [
        f"레코드로 보지 않은 행 {one['rows']:,}개: {one['why']}(처음은 {one['first_row']}행)"
        for one in report.get("set_aside", ())
    ]
    return tuple(said)


def jsonld(dataset: Dataset, address: str) -> str:
    """The dataset in schema.org's words, for the head of its page."""
    body = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": dataset.title,
        "description": dataset.description or f"{dataset.provider}의 {dataset.title}",
        "url": address,
        "creator": {"@type": "Organization", "name": dataset.provider},
        "keywords": dataset.area.split(" > "),
        "variableMeasured": [plain_name(column) for column in dataset.numbers()],
        "dateModified": dataset.fetched_at,
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": f"{address}/records.csv"}
        ],
    }
    if dataset.years:
        body["temporalCoverage"] = f"{dataset.years[0]}/{dataset.years[-1]}"
    # "<" would end the script element that holds it
    return json.dumps(body, ensure_ascii=False).replace("<", "\\u003c")
