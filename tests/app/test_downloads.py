"""Files: all records under the filters, readable in a spreadsheet, harmless there, raw for programs."""

import csv
import io
import json
import math
import tempfile
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from werkzeug.wsgi import FileWrapper

from app.downloads import as_xlsx
from app.downloads.about import About
from app.downloads.as_csv import escaped
from app.downloads.as_xlsx import CUT, MAX_UNITS, TooManyRows
from app.downloads.records import record_cells
from app.downloads.respond import respond
from app.downloads.sheet import Cell, Kind, Row, Sheet
from app.pages.parts import dataset_url
from search.documents import Column, Dataset
from search.engine import EngineDown
from search.plan import Filter, Selection
from tests.app.tiny import client_of, dataset, publish, record
from tests.conftest import embedded


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1+1", "＠x", "-1-1"]
)
def test_formulas_are_escaped(cell: str) -> None:
    assert escaped(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-5.3", "-1,234", "+8210", "-3%", "-", "---", "글", "", "1=1", "a@b.kr"])
def test_numbers_and_words_stay(cell: str) -> None:
    assert escaped(cell) == cell


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_file_holds_every_record(client: FlaskClient, datasets: tuple[Dataset, ...]) -> None:
    for one in datasets:
        answer = client.get(dataset_url(one.id) + "/records.csv")
        text = answer.get_data(as_text=True)
        assert answer.mimetype == "text/csv"
        assert "attachment" in answer.headers["Content-Disposition"]
        assert text.startswith("\ufeff")
        found = rows(text)
        assert found[0] == [column.name for column in one.columns]
        assert len(found) == one.records + 1


def test_a_file_holds_what_the_page_shows(client: FlaskClient, datasets: tuple[Dataset, ...]) -> None:
    one = max((one for one in datasets if len(one.years) > 1), key=lambda one: one.records)
    query = {"year": str(one.years[0])}
    total = client.get(f"/api/v1{dataset_url(one.id)}/records", query_string=query).get_json()["total"]
    text = client.get(dataset_url(one.id) + "/records.csv", query_string=query).get_data(as_text=True)
    assert 0 < total < one.records
    assert len(rows(text)) == total + 1


@pytest.fixture
def tricky(tmp_path: Path) -> FlaskClient:
    columns = (Column("=머리", "text"), Column("값", "text"))
    records = [record("x", at, {"=머리": "=1+1", "값": f"-{at}"}) for at in range(2_500)]
    return client_of(tmp_path, (dataset("x", columns, records), records))


def test_headers_are_escaped_too_and_order_is_that_of_the_file(tricky: FlaskClient) -> None:
    found = rows(tricky.get("/datasets/x/records.csv").get_data(as_text=True))
    assert found[0] == ["'=머리", "값"]
    assert [row[1] for row in found[1:]] == [f"-{at}" for at in range(2_500)]
    assert {row[0] for row in found[1:]} == {"'=1+1"}


def test_raw_is_raw(tricky: FlaskClient) -> None:
    text = tricky.get("/datasets/x/records.csv?raw=1").get_data(as_text=True)
    assert text.startswith("=머리,값\r\n=1+1,-0\r\n")


def test_files_are_streamed(tricky: FlaskClient) -> None:
    answer = tricky.get("/datasets/x/records.csv", buffered=False)
    assert answer.is_streamed
    assert "Content-Length" not in answer.headers
    answer.close()


def test_an_engine_that_is_down_is_an_error_and_not_half_a_file(
    tricky: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = tricky.application.extensions["portal"].engine

    def down(*_: object) -> None:
        raise EngineDown("down")

    monkeypatch.setattr(type(engine.live()), "ask", down)
    assert tricky.get("/datasets/x/records.csv").status_code == 503


ABOUT = About(
    title="동별 주민등록인구",
    portal="강동구 빅데이터 포털",
    source_url="https://data.example/datasets/x?year=2019",
    build="20261126-1",
    downloaded=date(2026, 11, 26),
    provider="강동구",
    edition="a1b2c3d4" + "0" * 56,
    published_at="2026-11-25T18:00:00+00:00",
    fetched_at="2026-11-20T00:00:00+00:00",
    filters=(("연도", ("2019",)), ("지역", ("천호1동", "천호2동"))),
    unit="명",
    rule="장소로는 더하고 시간으로는 더하지 않습니다",
)
KINDS: tuple[Kind, ...] = ("csv", "xlsx", "json")


def sheet(*rows: Row, header: tuple[str, ...] = ("이름", "값"), about: About = ABOUT) -> Sheet:
    return Sheet("동별 인구", header, iter(rows), about)


def answer(kind: Kind, one: Sheet, query: str = "") -> Response:
    with Flask(__name__).test_request_context("/?" + query):
        return respond(kind, one)


def disposition(kind: Kind, one: Sheet) -> str:
    response = answer(kind, one)
    response.close()
    return response.headers["Content-Disposition"]


def sent(kind: Kind, one: Sheet, query: str = "") -> bytes:
    response = answer(kind, one, query)
    body = b"".join(response.iter_encoded())
    response.close()
    return body


def opened(one: Sheet) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(sent("xlsx", one)))


def table(one: Sheet) -> list[tuple[object, ...]]:
    return list(opened(one)[as_xlsx.DATA].iter_rows(values_only=True))


def said(one: Sheet) -> dict[object, object]:
    """The sheet that says what the other one holds."""
    return {label.value: text.value for label, text in opened(one)[as_xlsx.ABOUT].iter_rows()}


def test_a_citation_names_all_that_finds_the_numbers_again() -> None:
    assert ABOUT.citation() == (
        "강동구, ‘동별 주민등록인구’, 강동구 빅데이터 포털, 판 a1b2c3d4, 색인본 20261126-1, "
        "조건: 연도 2019, 지역 천호1동·천호2동, https://data.example/datasets/x?year=2019, "
        "2026-11-26에 내려받음"
    )
    assert replace(ABOUT, sample=True).citation().startswith("[표본] 강동구, ")


def test_a_citation_leaves_out_what_is_not_known() -> None:
    bare = About("위치", "포털", "https://data.example/search", "b", date(2026, 11, 26))
    assert bare.citation() == "‘위치’, 포털, 색인본 b, https://data.example/search, 2026-11-26에 내려받음"


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_an_attachment_with_a_name_that_every_system_can_write(kind: Kind) -> None:
    one = replace(sheet(("가", 1)), name='가/나: "다"\n' + "🙂" * 200)
    found = disposition(kind, one)
    start, name = found.split("filename*=UTF-8''")
    assert start == f"attachment; filename=data.{kind}; "
    assert unquote(name).startswith("가_나_ _다_🙂")
    assert unquote(name).endswith(f"🙂.{kind}")
    assert len(unquote(name).encode()) < 255


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_made_up_data_is_called_so(kind: Kind) -> None:
    one = sheet(("가", 1), about=replace(ABOUT, sample=True))
    assert "UTF-8''" + "%ED%91%9C%EB%B3%B8_" in disposition(kind, one)


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_in_the_first_row_comes_before_the_file(kind: Kind) -> None:
    def down() -> Iterator[Row]:
        raise EngineDown("down")
        yield ()

    with pytest.raises(EngineDown):
        answer(kind, replace(sheet(), rows=down()))


def test_a_csv_of_numbers_has_no_escapes_on_them() -> None:
    cells: tuple[Cell, ...] = (-5, -1e-05, 3.0, 0.25, None, math.nan, "-x")
    text = sent("csv", sheet(cells, header=tuple("abcdefg"))).decode("utf-8-sig")
    assert rows(text)[1] == ["-5", "-1e-05", "3", "0.25", "", "", "'-x"]
    assert rows(sent("csv", sheet(cells), "raw=1").decode())[1][-1] == "-x"


def test_a_spreadsheet_holds_the_table_and_says_what_it_is() -> None:
    one = sheet(("천호1동", 1234), ("천호2동", 0.5), ("천호3동", None))
    assert table(one) == [("이름", "값"), ("천호1동", 1234), ("천호2동", 0.5), ("천호3동", None)]
    facts = said(sheet())
    assert facts["판"] == ABOUT.edition
    assert facts["공개한 날"] == "2026-11-26"  # by the office's clock
    assert facts["조건: 지역"] == "천호1동, 천호2동"
    assert facts["인용"] == ABOUT.citation()
    assert "설명" not in facts


def test_made_up_data_are_marked_first_in_a_spreadsheet() -> None:
    facts = said(sheet(about=replace(ABOUT, sample=True)))
    assert next(iter(facts)) == "표본"
    assert "실제 통계가 아닙니다" in str(facts["표본"])


def test_a_spreadsheet_opens_ready_to_read() -> None:
    page = opened(sheet(("가" * 500, 1), ("나", 2)))[as_xlsx.DATA]
    assert page["A1"].font.b
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B3"
    assert 8 <= page.column_dimensions["B"].width < page.column_dimensions["A"].width <= 51


def test_a_table_without_rows_is_a_spreadsheet_too() -> None:
    assert table(sheet()) == [("이름", "값")]


def test_numbers_that_a_spreadsheet_would_round_stay_whole_as_text() -> None:
    assert table(sheet(("번호", 1234567890123456789)))[1] == ("번호", "1234567890123456789")


SIGNS = ("=1+1", "+1", "-x", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "{=1}", "http://a.kr", "<r>")
WILD = st.text(st.characters(exclude_categories=()), max_size=8)
TEXTS = st.builds(str.__add__, st.sampled_from(("", *SIGNS)), WILD)
NUMBERS = st.one_of(st.integers(-(10**14), 10**14), st.floats(-1e300, 1e300))
CELLS = st.one_of(st.none(), TEXTS, NUMBERS)


def as_spreadsheets_hold(text: str) -> str | None:
    """What is left of a text: no characters that XML lacks, one kind of line end."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    lacking = {*map(chr, range(32)), "\ufffe", "\uffff"} - {"\t", "\n"}
    kept = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in kept if char not in lacking)
    return kept or None


@given(st.lists(CELLS, min_size=1, max_size=5))
@example(["=1+1", "+", "-", "@", "\ud83d"])
@example(["\0", "\x1b", "\uffff", "🙂", " 가 "])
def test_no_cell_is_a_formula_and_every_cell_comes_back(cells: list[Cell]) -> None:
    page = opened(sheet(cells, header=tuple("열" for _ in cells)))[as_xlsx.DATA]
    for at, cell in enumerate(cells, 1):
        found = page.cell(2, at)
        assert found.data_type != "f"
        assert found.hyperlink is None
        if isinstance(cell, str):
            assert found.value == as_spreadsheets_hold(cell)
        elif cell is None:
            assert found.value is None
        else:
            assert found.value == pytest.approx(cell, rel=1e-14)


@pytest.mark.parametrize("cell", ["<r></r>", '<r></r></is></c><c r="C9"><f>1+1</f></c><c><is><r></r>'])
def test_text_that_the_writer_would_take_for_markup_is_text(cell: str) -> None:
    assert table(sheet((cell, 1)))[1] == ("'" + cell, 1)


def test_what_looks_like_a_formula_stays_text_when_its_cell_is_edited() -> None:
    page = opened(sheet(("=1+1", "-"), ("글", "-x")))[as_xlsx.DATA]
    quoted = [[bool(cell.quotePrefix) for cell in row] for row in page.iter_rows(min_row=2)]
    assert quoted == [[True, False], [False, True]]


@pytest.mark.parametrize("text", ["가" * (MAX_UNITS + 1), "🙂" * MAX_UNITS])
def test_text_too_long_for_a_cell_is_cut_with_a_mark_and_that_is_said(text: str) -> None:
    found = str(table(sheet((text, 1)))[1][0])
    assert found.endswith(CUT)
    assert text.startswith(found.removesuffix(CUT))
    assert MAX_UNITS - 1 <= len(found.encode("utf-16-le")) // 2 <= MAX_UNITS
    assert "1칸" in str(said(sheet((text, 1)))["줄인 글"])


def test_text_that_just_fits_is_not_cut() -> None:
    text = "가" * MAX_UNITS
    assert table(sheet((text, 1)))[1][0] == text
    assert "줄인 글" not in said(sheet((text, 1)))


def test_a_table_too_long_for_a_spreadsheet_is_refused_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_xlsx, "MAX_ROWS", 2)
    assert len(table(sheet(("가", 1), ("나", 2)))) == 3
    with pytest.raises(TooManyRows, match="CSV"):
        answer("xlsx", sheet(("가", 1), ("나", 2), ("다", 3)))


def test_a_table_known_to_be_too_long_is_refused_before_it_is_read() -> None:
    unread = iter([("가", 1)])
    with pytest.raises(TooManyRows):
        answer("xlsx", Sheet("표", ("이름", "값"), unread, ABOUT, total=as_xlsx.MAX_ROWS + 1))
    assert list(unread)


def test_the_refusal_says_what_to_do(tricky: FlaskClient) -> None:
    def refused(**_: str) -> Response:
        raise TooManyRows

    tricky.application.view_functions["dataset.records_file"] = refused
    page = tricky.get("/datasets/x/records.csv")
    assert page.status_code == 400
    assert "CSV로 내려받아" in page.get_data(as_text=True)


def test_a_spreadsheet_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    response = answer("xlsx", sheet(("가", 1)))
    assert isinstance(response.response, FileWrapper)
    assert not list(tmp_path.iterdir())
    next(iter(response.response))
    response.close()  # as the server does when the reader goes away
    assert response.response.file.closed


def test_a_spreadsheet_that_fails_midway_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking() -> Iterator[Row]:
        yield from (("가", at) for at in range(1_000))
        raise EngineDown("down")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(EngineDown):
        answer("xlsx", replace(sheet(), rows=breaking()))
    assert not list(tmp_path.iterdir())


def test_json_holds_the_table_with_where_it_is_from() -> None:
    found = json.loads(sent("json", sheet(("천호1동", 1234), ("=1+1", math.nan), ("\ud800", None))))
    assert list(found) == ["about", "citation", "columns", "rows"]
    assert found["about"]["filters"][1] == {"label": "지역", "values": ["천호1동", "천호2동"]}
    assert found["about"]["sample"] is False
    assert found["citation"] == ABOUT.citation()
    assert found["rows"] == [
        {"이름": "천호1동", "값": 1234},
        {"이름": "=1+1", "값": None},
        {"이름": "\ufffd", "값": None},
    ]


def test_json_without_rows_is_json() -> None:
    assert json.loads(sent("json", sheet()))["rows"] == []


def test_columns_of_one_name_lose_no_value_in_json() -> None:
    header = ("값", "값", "값 (2)", "값")
    found = json.loads(sent("json", sheet((1, 2, 3, 4), header=header)))
    assert found["columns"] == ["값", "값 (2)", "값 (2) (2)", "값 (3)"]
    assert list(found["rows"][0].values()) == [1, 2, 3, 4]


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_every_table_is_valid_json(lines: list[tuple[Cell, Cell]]) -> None:
    found = json.loads(sent("json", sheet(*lines)), parse_constant=pytest.fail)
    assert len(found["rows"]) == len(lines)


@pytest.mark.parametrize(("kind", "many"), [("csv", 200_000), ("json", 200_000), ("xlsx", 20_000)])
def test_memory_does_not_grow_with_the_rows(kind: Kind, many: int) -> None:
    lines = (("천호1동", at) for at in range(many))
    tracemalloc.start()
    try:
        response = answer(kind, replace(sheet(), rows=lines))
        size = sum(len(piece) for piece in response.iter_encoded())
        response.close()
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size > 10 * many
    assert most < 2_000_000


def test_numbers_of_records_are_numbers_and_the_rest_is_as_published(tmp_path: Path) -> None:
    columns = (Column("동", "region", slot="d0"), Column("수", "measure", "stock", "명", "m0"))
    published = {"1,234": 1234.0, "-": None, "": None}
    records = [
        record("x", at, {"동": "01", "수": text}, measures={} if number is None else {"m0": number})
        for at, (text, number) in enumerate(published.items())
    ]
    snapshot = publish(embedded(tmp_path / "index"), (dataset("x", columns, records), records))
    found = list(record_cells(snapshot, Selection((), (Filter("dataset", ("x",)),)), columns))
    assert found == [["01", 1234.0], ["01", "-"], ["01", ""]]
