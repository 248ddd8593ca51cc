"""Where the records are: degrees in every spelling, axes that are not what they are called, dong without a name."""

import pytest

from indexer.intake.table import Taken
from tests.indexer.intake.test_habits import totals_of_rows
from tests.indexer.intake.test_meaning import roles, taken


def placed(found: Taken) -> list[tuple[float, float]]:
    """Latitude and longitude of each record, to the metre."""
    assert found.long is not None
    pairs = zip(found.long.frame["#lat"], found.long.frame["#lon"], strict=True)
    return [(round(lat, 5), round(lon, 5)) for lat, lon in pairs]


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("37°32'24.0\"", "127°7'30.0\""),
        ("37˚ 32′ 24″", "127˚ 7′ 30″"),
        ("37도 32분 24초", "127도 7분 30초"),
        ("N37°32.4'", "E127°7.5'"),
    ],
)
def test_degrees_minutes_and_seconds_in_one_cell_are_positions(lat: str, lon: str) -> None:
    found = taken(["시설명\t위도\t경도", *(f"시설{n}\t{lat}\t{lon}" for n in range(5))])
    assert roles(found)["위도"] == "latitude"
    assert placed(found)[0] == (37.54, 127.125)


def test_degrees_minutes_and_seconds_in_columns_of_their_own_are_positions() -> None:
    header = "시설명,위도(도),위도(분),위도(초),경도(도),경도(분),경도(초)"
    found = taken([header, *(f"시설{n},37,32,24.0,127,7,30.0" for n in range(5)), "시설9,37,75,0,127,7,0"])
    assert set(roles(found).values()) == {"label", "code"}
    assert placed(found)[0] == (37.54, 127.125)
    assert found.profile is not None
    assert found.profile.coordinates is not None
    assert found.profile.coordinates.valid == 5
    assert any("도·분·초" in message for message in found.messages)


def test_axes_with_each_other_s_name_are_read_by_their_values_and_reported() -> None:
    found = taken(["시설명,위도,경도", *(f"시설{n},127.1{n},37.5{n}" for n in range(5))])
    assert placed(found)[0] == (37.50, 127.10)
    assert any("이름과 반대" in message for message in found.messages)


def test_metres_in_columns_called_degrees_are_projected_and_reported() -> None:
    rows = [f"시설{n},{548_000 + n * 40.5},{211_000 + n * 30.5}" for n in range(9)]
    found = taken(["시설명,위도,경도", *rows])
    assert all(37.5 < lat < 37.6 and 127.0 < lon < 127.2 for lat, lon in placed(found))
    assert any("미터 좌표" in message for message in found.messages)


def test_dong_in_a_column_that_does_not_say_so_are_places() -> None:
    found = taken(["구분,민원건수", "천호1동,21", "천호2동,35", "길동,64"])
    assert roles(found)["구분"] == "region"
    assert found.profile is not None
    assert found.profile.region_level == "dong"


def test_buildings_and_deeds_are_no_dong() -> None:
    found = taken(["구분,횟수", "교육활동,21", "봉사활동,35", "체육활동,64", "걷기운동,9"])
    assert roles(found)["구분"] == "category"


def test_a_dong_is_no_sum_of_others_whatever_the_figures_say() -> None:
    found = taken(["동,남자인구,여자인구", "천호1동,10452,11021", "천호2동,9377,8310", "길동,19829,19331"])
    assert totals_of_rows(found) == 0


def test_days_as_a_spreadsheet_s_numbers_are_days_and_never_added() -> None:
    found = taken(["일자,시설,이용자수", *(f"{44_012 + n},도서관,{100 + n}" for n in range(9))])
    assert roles(found)["일자"] == "time"
    assert found.profile is not None
    assert found.profile.years == (2020,)
    assert any("날짜 번호" in message for message in found.messages)


def test_axes_beside_each_other_are_positions_even_without_a_name() -> None:
    rows = [f"{1_000 + n * 7},도서관{n},강동구,37.5{n:03d},127.1{n:03d}" for n in range(50)]
    found = taken(rows)
    assert roles(found)["column 4"] == "latitude"
    assert len(placed(found)) == 50


def test_a_name_that_ends_in_the_letter_for_degrees_is_no_part_of_degrees() -> None:
    rows = [f"A{n},37.5{n:02d},127.1{n:02d}" for n in range(9)]
    assert roles(taken(["SPOT_CD 지점코드,LAT 위도,LOT 경도", *rows]))["LAT 위도"] == "latitude"


def test_districts_of_any_city_in_the_header_are_places() -> None:
    districts = ("금정구", "기장군", "동래구", "부산진구", "해운대구")
    rows = [f"{year},{','.join(str(n * 7 + year % 10) for n in range(5))}" for year in range(2015, 2020)]
    found = taken([f"시점,{','.join(districts)}", *rows])
    assert found.profile is not None
    assert (found.profile.wide, found.profile.region_level) == ("region", "sigungu")


def test_persons_and_households_in_the_header_are_no_districts() -> None:
    found = taken(
        ["연도,인구,가구,지구,연구", *(f"{2015 + n},{n + 9},{n + 5},{n},{n + 1}" for n in range(5))]
    )
    assert found.profile is not None
    assert found.profile.wide is None


def test_cities_without_their_ending_are_places_where_the_column_says_so() -> None:
    cities = ("수원", "성남", "고양", "용인", "부천")
    assert (
        roles(taken(["시·도,시·군,대수", *(f"경기,{city},{n * 3}" for n, city in enumerate(cities))]))[
            "시·군"
        ]
        == "region"
    )


def regions(rows: list[str]) -> list[str]:
    found = taken(["행정동,연도,인구수(명)", *rows])
    assert found.long is not None
    return list(found.long.frame["#region"])


def test_a_dong_without_a_number_is_ours_among_dong_of_ours_alone() -> None:
    assert regions(["길동,2020,10", "천호1동,2020,20", "강일동,2020,30"]) == ["길동", "천호1동", "강일동"]


def test_a_dong_without_a_number_is_nobodys_beside_dong_of_others() -> None:
    assert regions(["길동,2020,10", "천호1동,2020,20", "역삼1동,2020,30"])[0] == ""


def test_a_city_whose_name_ends_like_a_count_is_a_place_in_a_header() -> None:
    cities = ["서울", "부산", "경기 수원", "전북 장수", "전남 여수", "인천 연수"]
    found = taken(
        [
            f"범죄,{','.join(cities)}",
            *(f"죄{n},{','.join(str(n * 7 + at) for at in range(6))}" for n in range(9)),
        ]
    )
    assert found.long is not None
    assert {column.name for column in found.long.columns} == {"범죄", "지역", "값"}
    assert set(found.long.frame["지역"]) == set(cities)
