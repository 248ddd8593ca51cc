"""Tables at their odd ends get a sensible page: one row, one year, blanks, a billion, negatives, too many kinds."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.documents import Column, Dataset, Record
from tests.app.tiny import client_of, dataset, record

SIZE = Column("금액", "measure", "flow", "원", "m0")
KIND = Column("구분", "category", slot="d0")
MANY = 100_000
Made = tuple[Dataset, list[Record]]


def rows(key: str, *values: float | None, years: bool = True, kinds: bool = True) -> Made:
    made = [
        record(
            key,
            at,
            {"구분": f"갈래{at}", "금액": "" if value is None else f"{value:,.0f}"},
            year=2010 + at if years else None,
            period=str(2010 + at) if years else None,
            measures={} if value is None else {"m0": value},
            dimensions={"d0": f"갈래{at}"} if kinds else {},
        )
        for at, value in enumerate(values)
    ]
    return dataset(key, (KIND, SIZE), made), made


def without_measure() -> Made:
    made = [
        record("nomeasure", at, {"구분": kind}, dimensions={"d0": kind}) for at, kind in enumerate("가나가")
    ]
    return dataset("nomeasure", (KIND,), made), made


def without_anything() -> Made:
    made = [record("text", at, {"내용": f"글 {at}"}) for at in range(3)]
    return dataset("text", (Column("내용", "text"),), made), made


def one_year() -> Made:
    made = [
        record(
            "oneyear",
            at,
            {"구분": kind},
            year=2020,
            period="2020",
            measures={"m0": 5.0 + at},
            dimensions={"d0": kind},
        )
        for at, kind in enumerate("가나다")
    ]
    return dataset("oneyear", (KIND, SIZE), made), made


def many_kinds() -> Made:
    made = [
        record("many", at, {"구분": f"갈래{at}"}, measures={"m0": 1.0}, dimensions={"d0": f"갈래{at}"})
        for at in range(MANY)
    ]
    return dataset("many", (KIND, SIZE), made), made


ODD: dict[str, Callable[[], Made]] = {
    "onerow": lambda: rows("onerow", 5.0),
    "oneyear": one_year,
    "blanks": lambda: rows("blanks", None, None, None),
    "billions": lambda: rows("billions", 1e9, 2.5e12, 9e15),
    "negatives": lambda: rows("negatives", -5.0, -1_000.0, 3.0),
    "zeros": lambda: rows("zeros", 0.0, 0.0, 0.0),
    "equal": lambda: rows("equal", 7.0, 7.0, 7.0, 7.0, 7.0, 7.0, 7.0),
    "tiny": lambda: rows("tiny", 1e-9, 2e-9, 3e-9, kinds=False),
    "nomeasure": without_measure,
    "text": without_anything,
    "many": many_kinds,
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder: Path = tmp_path_factory.mktemp("odd")
    return client_of(folder, *(make() for make in ODD.values()))


@pytest.mark.parametrize("key", ODD)
def test_every_odd_table_has_a_page_whose_charts_can_be_drawn(client: FlaskClient, key: str) -> None:
    answer = client.get(f"/datasets/{key}")
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert not re.search(r"\b(nan|inf|None)\b", re.sub(r"<[^>]+>", " ", page))
    for figure in re.findall(r'data-chart="([^"]+)"', page):
        assert client.get(figure.replace("&amp;", "&"), buffered=True).status_code == 200
    for file in re.findall(r'href="(/datasets/[^"]+/charts/[^"]+)"', page):
        assert client.get(file.replace("&amp;", "&"), buffered=True).status_code == 200


@pytest.mark.parametrize("key", ["onerow", "blanks", "zeros", "text"])
def test_where_there_is_nothing_to_compare_there_is_no_chart(client: FlaskClient, key: str) -> None:
    assert "<figure" not in client.get(f"/datasets/{key}").get_data(as_text=True)


def test_one_year_has_no_trend(client: FlaskClient) -> None:
    page = client.get("/datasets/oneyear").get_data(as_text=True)
    assert "charts/trend" not in page
    assert "charts/bars" in page


def test_large_numbers_are_written_in_full_on_cards_and_short_on_axes(client: FlaskClient) -> None:
    page = client.get("/datasets/billions").get_data(as_text=True)
    assert "9,000,000,000,000,000" in page
    figure = client.get("/datasets/billions/charts/trend-m0-year.figure.json").get_data(as_text=True)
    assert '"조 원"' in figure


def test_a_loss_is_shown_below_nothing(client: FlaskClient) -> None:
    page = client.get("/datasets/negatives").get_data(as_text=True)
    assert "-1,000" in page


def test_too_many_kinds_are_said_to_be_a_part(client: FlaskClient) -> None:
    page = client.get("/datasets/many").get_data(as_text=True)
    assert f"{MANY:,}" in page
    text = client.get("/datasets/many/charts/bars-m0-d0.csv?raw=1").get_data(as_text=True)
    assert len(text.splitlines()) <= 17


def test_equal_years_are_told_and_not_forecast(client: FlaskClient) -> None:
    page = client.get("/datasets/equal").get_data(as_text=True)
    assert "거의 그대로입니다" in page
    assert "예측할 변화가 없습니다" in page
