"""Numbers that look right and are not: states added up, parts of years, things that stand in no order of time."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.charts.chart import REGION
from app.charts.kinds import hours
from app.charts.sentences import ends
from app.totals import kind_of
from search.documents import Column, Dataset, Record
from tests.app.tiny import client_of, dataset, record

Made = tuple[Dataset, list[Record]]
CRIMES = Column("건수", "measure", "flow", "건", "m0")
PRESENT = Column("생활인구수", "measure", "stock", "명", "m0")
DEGREES = Column("평균기온", "rate", None, "℃", "m0")
SPACES = Column("기본요금", "rate", None, "원", "m0")


def crimes() -> Made:
    values = (
        ("발생", "길동", 10.0),
        ("검거", "길동", 8.0),
        ("발생", "천호1동", 7.0),
        ("검거", "천호1동", 9.0),
    )
    made = [
        record(
            "crimes", at, {"발생검거": kind}, region=place, measures={"m0": value}, dimensions={"d0": kind}
        )
        for at, (kind, place, value) in enumerate(values)
    ]
    return dataset("crimes", (Column("발생검거", "category", slot="d0"), CRIMES), made), made


def present() -> Made:
    """One day, hour by hour, of two dong."""
    made = [
        record(
            "present",
            at,
            {"시간대": f"{hour:02}"},
            year=2025,
            period="2025-12-31",
            region=place,
            measures={"m0": 100.0 + hour},
            dimensions={"d0": f"{hour:02}"},
        )
        for at, (hour, place) in enumerate(
            (hour, place) for hour in range(24) for place in ("길동", "천호1동")
        )
    ]
    return dataset("present", (Column("시간대", "category", slot="d0"), PRESENT), made), made


def weather() -> Made:
    """Every day of five years and of three months of a sixth."""
    days = [
        f"{year}-{month:02}-{day:02}"
        for year in range(2015, 2021)
        for month in range(1, 13)
        for day in (1, 10, 20)
        if year < 2020 or month < 4
    ]
    made = [
        record(
            "weather",
            at,
            {"날짜": day},
            year=int(day[:4]),
            period=day,
            measures={"m0": 12.0 + int(day[3]) / 10 - (10 if day > "2020" else 0)},
        )
        for at, day in enumerate(days)
    ]
    return dataset("weather", (Column("날짜", "time"), DEGREES), made), made


def lots() -> Made:
    """A list of parking lots, each with the day on which it was looked at."""
    made = [
        record(
            "lots",
            at,
            {"주차장명": f"주차장{at}"},
            year=2016 + at % 6,
            period=f"{2016 + at % 6}-05-0{at % 9 + 1}",
            measures={"m0": 100.0 * (at % 7)},
        )
        for at in range(60)
    ]
    columns = (Column("주차장명", "label"), Column("데이터기준일자", "time"), SPACES)
    return dataset("lots", columns, made), made


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder: Path = tmp_path_factory.mktemp("honest")
    return client_of(folder, crimes(), present(), weather(), lots())


def text_of(client: FlaskClient, key: str) -> str:
    page = client.get(f"/datasets/{key}").get_data(as_text=True)
    page = page.split("<footer")[0]  # which tells the time of day, in digits
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_crimes_and_solved_crimes_are_not_added(client: FlaskClient) -> None:
    text = text_of(client, "crimes")
    assert "‘발생검거’ 항목은 더하지 않고 ‘발생’만 셈했습니다" in text
    assert "‘길동’에서 가장 많고(10건)" in text
    assert "34" not in text
    solved = client.get("/datasets/crimes?발생검거=검거").get_data(as_text=True)
    assert "가장 많고(9건)" in solved


def test_who_is_there_is_not_added_hour_by_hour(client: FlaskClient) -> None:
    text = text_of(client, "present")
    assert "시간대마다의 상태는 더하지 않고 마지막인 ‘23’만 셈했습니다" in text
    assert "246" in text  # of two dong at 23 o'clock
    assert "레코드 48 건" in text


def test_three_months_of_days_are_no_year(client: FlaskClient) -> None:
    text = text_of(client, "weather")
    assert "2020년은 1–3월만 있어 견주지 않았습니다" in text
    assert "평균기온은 2015년 12.5℃에서 2019년 12.9℃로 0.4℃ 높아졌습니다" in text
    assert "%" not in text.split("차트", 1)[1].split("레코드", 1)[0].replace("80%", "")
    assert "전년보다" not in text


def test_the_day_on_which_a_thing_was_looked_at_is_no_course_of_time(client: FlaskClient) -> None:
    page = client.get("/datasets/lots").get_data(as_text=True)
    assert "charts/trend" not in page
    assert "charts/months" not in page
    assert "charts/shares" not in page
    assert "전년보다" not in page


def test_equal_values_have_no_first() -> None:
    column = Column("개소", "measure", "stock", "곳")
    same = [("길동", 1.0), ("천호1동", 1.0)]
    assert ends(column, "stock", same, of=2, counted="곳") == "개소는 2곳 모두 1곳입니다."
    first = [("길동", 3.0), ("둔촌1동", 3.0), ("천호1동", 1.0)]
    assert ends(column, "stock", first, of=3, counted="곳") == (
        "개소는 ‘길동’ 등 2곳에서 가장 많고(3곳), ‘천호1동’에서 가장 적습니다(1곳)."
    )


def test_of_equal_values_that_are_not_all_nothing_is_said_of_the_others() -> None:
    shown = [(f"동{n}", 1.0) for n in range(15)]
    said = ends(Column("개소", "measure", "stock", "곳"), "stock", shown, of=40, counted="곳")
    assert said == "개소는 ‘동0’ 등 15곳에서 1곳입니다. 모두 40곳 가운데 앞의 15곳을 보여 줍니다."


def test_crimes_are_compared_without_the_solved_ones_too(client: FlaskClient) -> None:
    text = client.get("/compare.csv?raw=1&d1=crimes&by=region").get_data(as_text=True)
    assert [row.split(",")[1] for row in text.split()[1:] if "," in row][-2:] == ["10", "7"]
    assert "‘발생’만 셈했습니다" in client.get("/compare?d1=crimes&by=region").get_data(as_text=True)


def test_a_day_on_which_nothing_happened_counts_in_the_mean_of_days() -> None:
    assert hours._mean([(6.0, 1)], 3) == (2.0, 1)
    assert hours._mean([], 3) == (0.0, 0)


def test_who_would_add_them_all_the_same_has_the_api(client: FlaskClient) -> None:
    found = client.get("/api/v1/datasets/crimes/totals?by=region").get_json()
    assert {one["key"]: one["value"] for one in found["values"]} == {"길동": 18, "천호1동": 16}
    assert REGION.name == found["by"]
    assert kind_of(CRIMES) == found["kind"]
