"""Series of any datasets beside each other: by year, by place, per head, as an index."""

import csv
import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.documents import Column
from tests.app.figures import drawn, same
from tests.app.tiny import client_of, dataset, record

PEOPLE = Column("인구수", "measure", "stock", "명", "m0")
FINES = Column("단속건수", "measure", "flow", "건", "m0")
SHARE = Column("비율", "rate", None, "%", "m1")
SEX = Column("성별", "category", slot="d0")
PLACE = Column("동", "region")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    years, places = (2019, 2020, 2021), (("길동", 1_000.0), ("천호1동", 3_000.0))
    people = [
        record(
            "people",
            at,
            {"동": place, "성별": sex},
            year=year,
            period=str(year),
            region=place,
            measures={"m0": heads / 2 * (1 + (year - 2019) / 10)},
            dimensions={"d0": sex},
        )
        for at, (year, (place, heads), sex) in enumerate(
            (year, place, sex) for year in years for place in places for sex in ("남", "여")
        )
    ]
    fines = [
        record(
            "fines",
            at,
            {"동": place},
            year=year,
            period=str(year),
            region=place,
            measures={"m0": float(10 * (at + 1)), "m1": 5.0},
        )
        for at, (year, (place, _)) in enumerate((year, place) for year in years for place in places)
    ]
    regions = {"regions": ("길동", "천호1동")}
    return client_of(
        tmp_path_factory.mktemp("compare"),
        (dataset("people", (PLACE, PEOPLE, SEX), people, title="동별 주민등록인구", **regions), people),
        (dataset("fines", (PLACE, FINES, SHARE), fines, title="주정차 단속", **regions), fines),
    )


def table(client: FlaskClient, **asked: str) -> list[list[str]]:
    text = client.get("/compare.csv", query_string={"raw": "1", **asked}).get_data(as_text=True)
    return list(csv.reader(io.StringIO(text)))


def test_without_series_the_page_says_what_to_do(client: FlaskClient) -> None:
    page = client.get("/compare").get_data(as_text=True)
    assert "견줄 데이터셋을 골라 주세요" in page
    assert "주정차 단속" in page


def test_two_series_stand_beside_each_other_by_year(client: FlaskClient) -> None:
    assert table(client, d1="people", d2="fines") == [
        ["연도", "인구수 (명)", "단속건수 (건)"],
        ["2019", "4000", "30"],
        ["2020", "4400", "70"],
        ["2021", "4800", "110"],
    ]


def test_a_series_is_of_one_place_and_one_category(client: FlaskClient) -> None:
    found = table(client, d1="people", r1="길동", c1="성별=여", d2="people", r2="천호1동")
    assert found[0] == ["연도", "길동 여 인구수 (명)", "천호1동 인구수 (명)"]
    assert found[1] == ["2019", "500", "3000"]


def test_an_index_begins_at_a_hundred(client: FlaskClient) -> None:
    found = table(client, d1="people", d2="fines", **{"as": "index"})
    assert found[1] == ["2019", "100", "100"]
    assert float(found[3][1]) == pytest.approx(120)


def test_per_head_is_by_the_residents_of_the_same_year(client: FlaskClient) -> None:
    found = table(client, d1="fines", d2="fines", m2="비율", **{"as": "per_head"})
    assert found[0] == ["연도", "단속건수 (건/천 명)", "평균 비율 (%)"]
    assert [float(row[1]) for row in found[1:]] == pytest.approx([30 / 4, 70 / 4.4, 110 / 4.8])
    assert [row[2] for row in found[1:]] == ["", "", ""]  # nothing to divide


def test_places_are_compared_at_one_moment(client: FlaskClient) -> None:
    found = table(client, d1="people", d2="fines", by="region")
    assert found == [
        ["지역", "인구수 (명)", "단속건수 (건)"],
        ["천호1동", "3600", "120"],
        ["길동", "1200", "90"],
    ]


def test_the_figure_draws_the_numbers_of_the_table(client: FlaskClient) -> None:
    for asked in ("d1=people&d2=fines", "d1=people&d2=fines&by=region&as=index"):
        values = drawn(client.get(f"/compare.figure.json?{asked}").get_json())["value"]
        rows = list(csv.reader(io.StringIO(client.get(f"/compare.csv?raw=1&{asked}").get_data(as_text=True))))
        told = [float(cell) for row in rows[1:] for cell in row[1:]]
        assert all(map(same, values, told))


def test_the_address_is_the_permalink_and_others_may_show_the_chart(client: FlaskClient) -> None:
    page = client.get("/compare?d1=people&r1=길동&as=index").get_data(as_text=True)
    assert "/compare?d1=people&amp;m1=" in page
    embedded = client.get("/compare/embed?d1=people&r1=길동&as=index")
    assert "frame-ancestors *" in embedded.headers["Content-Security-Policy"]
    assert "<figure" in embedded.get_data(as_text=True)
    assert "frame-ancestors 'none'" in client.get("/compare").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("d1=nothing", "데이터셋이 없습니다"),
        ("d1=people&m1=없는수치", "수치가 없습니다"),
        ("d1=people&r1=부산", "지역이 없습니다"),
        ("d1=people&c1=성별", "성별=여 처럼"),
        ("by=month", "by는"),
        ("as=log", "as는"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(client: FlaskClient, asked: str, said: str) -> None:
    answer = client.get(f"/compare?{asked}")
    assert answer.status_code == 400
    assert said in answer.get_data(as_text=True)


def test_a_value_that_no_record_has_makes_no_chart(client: FlaskClient) -> None:
    page = client.get("/compare?d1=people&c1=성별=없음").get_data(as_text=True)
    assert "견줄 값이 없습니다" in page
    assert client.get("/compare.csv?d1=people&c1=성별=없음").status_code == 404


def test_numbers_left_out_between_series_do_not_matter(client: FlaskClient) -> None:
    assert table(client, d3="people", d7="fines") == table(client, d1="people", d2="fines")


def test_without_residents_nothing_is_told_per_head(tmp_path: Path) -> None:
    made = [record("fines", 0, {"동": "길동"}, year=2020, period="2020", measures={"m0": 1.0})]
    alone = client_of(tmp_path, (dataset("fines", (PLACE, FINES), made), made))
    assert "인구 자료가 없어" in alone.get("/compare?d1=fines&as=per_head").get_data(as_text=True)
    for kind in ("csv", "xlsx", "json", "figure.json"):
        answer = alone.get(f"/compare.{kind}?d1=fines&as=per_head")
        assert answer.status_code == 400
        assert "인구 자료가 없어" in answer.get_data(as_text=True)


def test_places_of_several_years_are_not_divided_by_the_residents_of_one(client: FlaskClient) -> None:
    page = client.get("/compare?d1=fines&by=region&as=per_head").get_data(as_text=True)
    assert "견줄 값이 없습니다" in page


@pytest.mark.parametrize(("by", "shown"), [({}, True), ({"by": "year"}, False), ({"by": "region"}, True)])
def test_lists_of_one_day_are_compared_by_place_where_nobody_said_by_what(
    tmp_path: Path, by: dict[str, str], shown: bool
) -> None:
    places = ("길동", "천호1동")
    homes = [
        record("homes", at, {"동": place}, region=place, measures={"m0": 10.0 * (at + 1)})
        for at, place in enumerate(places)
    ]
    listed = dataset("homes", (PLACE, Column("정원", "measure", "stock", "명", "m0")), homes, regions=places)
    client = client_of(tmp_path, (listed, homes))
    page = client.get("/compare", query_string={"d1": "homes", **by}).get_data(as_text=True)
    assert ("data-chart=" in page) is shown
    assert ("나누는 기준을 바꾸거나" in page) is not shown
    if shown:
        assert 'value="region" selected' in page
        assert "/compare.csv?d1=homes" in page
        assert "by=region" in page


def test_places_of_different_levels_are_said_to_be_so(tmp_path: Path) -> None:
    made = []
    for key, places in (
        ("legal", ("천호동", "길동", "암사동")),
        ("official", ("천호1동", "천호2동", "길동")),
    ):
        records = [
            record(key, at, {"동": place}, region=place, measures={"m0": 1.0})
            for at, place in enumerate(places)
        ]
        column = Column(f"{key}수", "measure", "stock", "명", "m0")
        made.append((dataset(key, (PLACE, column), records, regions=places), records))
    client = client_of(tmp_path, *made)
    page = client.get("/compare", query_string={"d1": "legal", "d2": "official"}).get_data(as_text=True)
    assert page.count("지역 3곳 가운데 1곳만 다른 계열에도 있습니다") == 2
    alone = client.get("/compare", query_string={"d1": "legal"}).get_data(as_text=True)
    assert "다른 계열에도" not in alone
