"""A search whose words fix dataset, measure, year and place is answered by the number, with its source."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.answers.categories import added_up
from search.documents import Column, Dataset, Record
from search.plan import Selection
from tests.app.tiny import client_of, dataset, publish, record
from tests.conftest import embedded

DONG = ("천호1동", "천호2동", "길동")


def people() -> tuple[Dataset, list[Record]]:
    """A stock of two moments a year: 2019 is December's."""
    records: list[Record] = []
    for year in (2019, 2020):
        for month in ("06", "12"):
            for place, dong in enumerate(DONG):
                for sex in ("남", "여"):
                    value = 1000 * (place + 1) + (year - 2019) * 10 + (5 if month == "12" else 0)
                    row = {"행정동": dong, "성별": sex, "인구수": str(value)}
                    records.append(
                        record(
                            "people",
                            len(records),
                            row,
                            year=year,
                            period=f"{year}-{month}",
                            region=dong,
                            measures={"m0": float(value)},
                            dimensions={"d0": sex},
                            extra=(str(year), dong, "천호동" if "천호" in dong else dong),
                        )
                    )
    columns = [
        Column("행정동", "region"),
        Column("성별", "category", slot="d0"),
        Column("인구수", "measure", "stock", "명", "m0"),
    ]
    return dataset("people", columns, records, title="주민등록 인구", regions=DONG), records


def crimes() -> tuple[Dataset, list[Record]]:
    """A flow, several things in one column."""
    records = [
        record(
            "crimes",
            n,
            {"항목": what, "건수": str(value)},
            year=year,
            measures={"m0": float(value)},
            dimensions={"d0": what},
            extra=(str(year),),
        )
        for n, (year, what, value) in enumerate(
            [(2019, "발생건수", 50), (2019, "검거율", 80), (2020, "발생건수", 40), (2020, "검거율", 90)]
        )
    ]
    columns = [Column("항목", "category", slot="d0"), Column("건수", "measure", "flow", None, "m0")]
    return dataset("crimes", columns, records, title="범죄 통계"), records


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    made = client_of(tmp_path_factory.mktemp("numbers"), people(), crimes())
    yield made
    made.application.extensions["portal"].catalogue.close()


def answered(client: FlaskClient, q: str, **chosen: str) -> float | None:
    body = client.get("/api/v1/search", query_string={"q": q, **chosen}).get_json()
    number = body["answer"]["number"]
    return number and float(number["value"])


@pytest.mark.parametrize(
    ("q", "value"),
    [
        ("2019년 천호2동 인구", 2 * 2005),
        ("천호2동 인구 2020", 2 * 2015),
        ("2019년 천호 2동 인구수", 2 * 2005),
        ("2019년 천호제2동 주민등록 인구", 2 * 2005),
        ("2019년 천호동 인구", 2 * (1005 + 2005)),
        ("2019년 천호2동 여 인구", 2005),
        ("2019년 인구", 2 * (1005 + 2005 + 3005)),
        ("천호2동 인구", 2 * 2015),
        ("2019년 강동구 인구", 2 * (1005 + 2005 + 3005)),
        ("'19 길동 인구", 2 * 3005),
        ("2019 범죄 발생건수", 50),
    ],
)
def test_the_number_is_told(client: FlaskClient, q: str, value: float) -> None:
    assert answered(client, q) == value


@pytest.mark.parametrize(
    "q",
    ["인구", "천호2동", "2018년 천호2동 인구", "2019~2020 천호2동 인구", "2019 천호2동 인구 -여", "2019 범죄 통계", "2019년 천호2동 외국인 인구", "2019년 인구 OR 범죄", "!!!"],
)  # fmt: skip
def test_where_the_words_do_not_fix_one_there_is_none(client: FlaskClient, q: str) -> None:
    assert answered(client, q) is None


def test_choices_count_as_words(client: FlaskClient) -> None:
    assert answered(client, "인구", year="2019", region="천호2동") == 2 * 2005


def test_the_number_says_what_it_is_and_where_it_comes_from(client: FlaskClient) -> None:
    query = {"q": "2019년 천호2동 여 인구"}
    number = client.get("/api/v1/search", query_string=query).get_json()["answer"]["number"]
    assert number["sentence"] == "‘주민등록 인구’의 2019년 천호2동 여 인구수는 2,005명입니다."
    assert (number["title"], number["period"], number["records"]) == ("주민등록 인구", "2019-12", 1)
    page = client.get("/search", query_string=query).get_data(as_text=True)
    assert number["sentence"] in page
    assert "2019-12 기준" in page
    assert "출처: 강동구, 주민등록 인구" in page
    assert number["url"].replace("&", "&amp;") in page
    shown = client.get(number["url"]).get_data(as_text=True)
    assert "레코드 <strong>2건</strong>" in shown  # of June and December


def test_without_a_year_the_newest_is_told_and_said(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "길동 인구"}).get_data(as_text=True)
    assert "가장 최근 해의 값입니다" in page


def test_the_chart_beside_it_shows_the_same_number(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "2019년 천호2동 인구"}).get_data(as_text=True)
    assert 'data-chart="/datasets/people/charts/trend-m0-year.figure.json?region=' in page
    assert "2019년 4,010명에서 2020년 4,030명으로" in page


@pytest.mark.parametrize(
    "q", ["제목:주민등록 2019년 천호2동 인구", "2019년 성별:여 인구", "연도:2019 인구", "구분:없음 2019 인구"]
)
def test_fields_are_no_trouble_for_numbers(client: FlaskClient, q: str) -> None:
    assert client.get("/search", query_string={"q": q}).status_code == 200


def test_ages_that_a_number_adds_up_are_told_by_age(tmp_path: Path) -> None:
    ages = ("0~4세", "5~9세", "10~14세", "100세 이상")
    records = [
        record("ages", n, {"연령": age}, dimensions={"d0": age}, measures={"m0": 1.0})
        for n, age in enumerate(sorted(ages))
    ]
    columns = [Column("연령", "category", slot="d0"), Column("인구수", "measure", "stock", "명", "m0")]
    people = dataset("ages", columns, records)
    snapshot = publish(embedded(tmp_path / "index"), (people, records))
    assert added_up(snapshot, people, Selection(), ()) == (("연령", ages),)
