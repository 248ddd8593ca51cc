"""Files: all records under the filters, readable in a spreadsheet, harmless there, raw for programs."""

import csv
import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.downloads import escaped
from app.pages.parts import dataset_url
from search.documents import Column, Dataset
from search.engine import EngineDown
from tests.app.tiny import client_of, dataset, record


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1+1", "＠x", "-1-1"]
)
def test_formulas_are_escaped(cell: str) -> None:
    assert escaped(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-5.3", "-1,234", "+8210", "-3%", "글", "", "1=1", "a@b.kr"])
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
