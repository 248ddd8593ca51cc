"""Yearly series: gaps, years that are not over, breaks, change, index, growth, and what may come."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.totals import Value
from app.trends.breaks import breaks
from app.trends.series import Break, Series, changes, growth, index, parts_of, series
from search.documents import Column
from tests.app.tiny import client_of, dataset, record

VISITS = Column("이용건수", "measure", "flow", "건", "m0")
PEOPLE = Column("인구수", "measure", "stock", "명", "m1")


def of(
    *pairs: tuple[int, float], parts: dict[int, str] | None = None, broken: tuple[int, ...] = ()
) -> Series:
    values = [Value(year, value, 1) for year, value in pairs]
    return series(values, parts or {}, [Break(year, "까닭") for year in broken])


def test_a_year_that_is_missing_is_a_gap_and_ends_the_change_on_year() -> None:
    found = of((2019, 10), (2021, 20), (2022, 30))
    assert found.gaps == (2020,)
    assert changes(found) == {2022: 50.0}


def test_growth_is_the_mean_of_a_year() -> None:
    found = of((2019, 100), (2020, 150), (2021, 121))
    assert growth(found) == pytest.approx(10)
    assert index(found)[2021] == pytest.approx(121)


def test_nothing_is_compared_across_a_break() -> None:
    found = of((2019, 100), (2020, 110), (2021, 500), (2022, 550), broken=(2021,))
    assert set(changes(found)) == {2020, 2022}
    assert index(found) == {2021: 100.0, 2022: pytest.approx(110)}
    assert growth(found) == pytest.approx(10)


@pytest.mark.parametrize(
    ("periods", "parts"),
    [
        ([f"2020-{m:02}" for m in range(1, 13)] + ["2021-01", "2021-02", "2021-03"], {2021: "1–3월"}),
        (["2019-11", "2019-12"] + [f"2020-{m:02}-15" for m in range(1, 13)], {2019: "11–12월"}),
        (["2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4", "2021-Q1"], {2021: "1분기"}),
        (["2020-H1", "2020-H2", "2021-H1"], {2021: "상반기"}),
        (["2019", "2020", "2021"], {}),
        (["2019-03", "2019-07", "2020-01", "2021-11"], {}),  # rare events: empty months are no missing ones
        ([], {}),
    ],
)
def test_a_year_that_is_not_over_is_known_by_its_months(periods: list[str], parts: dict[int, str]) -> None:
    assert parts_of(periods) == parts


def test_a_year_that_is_not_over_is_shown_and_not_compared() -> None:
    found = of((2019, 100), (2020, 110), (2021, 20), parts={2021: "1–2월"})
    assert [point.year for point in found.whole] == [2019, 2020]
    assert changes(found) == {2020: pytest.approx(10)}
    assert growth(found) == pytest.approx(10)


def test_a_dong_that_was_divided_breaks_its_series_or_is_joined() -> None:
    one = dataset("a", [], [])
    (alone,) = breaks(one, ("상일동",))
    assert alone.year == 2021
    assert alone.why.startswith("2021-07-01 상일동이 상일1동·상일2동으로 나뉘어 그 뒤의 값은 없습니다")
    joined = breaks(one, ("상일동", "상일1동", "상일2동"))
    assert "함께 더해 이었습니다" in joined[0].why
    assert breaks(one, ("길동",)) == ()
    assert [one.year for one in breaks(one, ("강일동",))] == [2021]


def test_a_change_of_method_that_the_metadata_tell_of_is_a_break() -> None:
    told = "구 전체의 통계. 2018년부터 집계 기준이 변경되었습니다. 매년 갱신."
    (found,) = breaks(dataset("a", [], [], description=told), ())
    assert found.year == 2018
    assert "집계 기준이 변경" in found.why
    assert breaks(dataset("a", [], [], description="2018년 자료. 기준: 연말"), ()) == ()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Growing visits by month up to March of the last year; residents of the end of each month."""
    months = [(year, month) for year in range(2012, 2022) for month in range(1, 13)] + [
        (2022, month) for month in (1, 2, 3)
    ]
    records = [
        record(
            "visits",
            at,
            {"월": f"{year}-{month:02}"},
            year=year,
            period=f"{year}-{month:02}",
            measures={"m0": 100.0 + 12 * (year - 2012) + month, "m1": 1_000.0 + 10 * (year - 2012) + month},
        )
        for at, (year, month) in enumerate(months)
    ]
    folder: Path = tmp_path_factory.mktemp("trends")
    return client_of(folder, (dataset("visits", (Column("월", "time"), VISITS, PEOPLE), records), records))


def test_the_yearly_value_of_a_monthly_stock_is_that_of_its_last_month(client: FlaskClient) -> None:
    found = client.get("/api/v1/datasets/visits/totals?measure=인구수").get_json()
    by_year = {one["key"]: (one["value"], one["period"]) for one in found["values"]}
    assert by_year[2012] == (1_012, "2012-12")
    assert by_year[2022] == (1_103, "2022-03")
    page = client.get("/datasets/visits").get_data(as_text=True)
    assert "2022-03 기준" in page


def test_a_year_that_is_not_over_is_said_on_card_and_chart(client: FlaskClient) -> None:
    page = client.get("/datasets/visits").get_data(as_text=True)
    assert "2022년은 1–3월만 있어 견주지 않았습니다" in page
    assert "2022년 1–3월 기준" in page
    assert "전년보다" in page  # of the stock, which has a value of the last month


def test_what_may_come_is_told_with_its_test(client: FlaskClient) -> None:
    found = client.get("/api/v1/datasets/visits/forecast?measure=이용건수").get_json()
    assert found["refused"] is None
    assert [one["year"] for one in found["values"]] == [2022, 2023, 2024]  # the year that is not over again
    assert all(one["low"] <= one["value"] <= one["high"] for one in found["values"])
    assert found["back_test"]["mase"] < 1
    assert found["back_test"]["error"] < found["back_test"]["naive_error"]
    assert found["course"][-1] == {"year": 2022, "value": pytest.approx(666), "part": "1–3월"}


def test_why_nothing_may_be_told_is_said(client: FlaskClient) -> None:
    found = client.get("/api/v1/datasets/visits/forecast?year=2019&year=2020").get_json()
    assert found["refused"] == "여섯 해가 되지 않아 예측하지 않습니다."
    assert (found["values"], found["method"], found["back_test"]) == ([], None, None)
    assert client.get("/api/v1/datasets/visits/forecast?measure=없음").status_code == 400
