"""What the columns mean, what may be added up, and when and where the records are."""

import pytest

from indexer.intake import Overrides, take
from indexer.intake.report import as_json, as_text
from indexer.intake.table import Kind, Outcome, Role, Taken


def taken(rows: list[str], name: str = "표.csv", overrides: Overrides | None = None) -> Taken:
    found = take(name, "\n".join(rows).encode(), overrides)
    assert found.profile is not None, found.messages
    return found


def roles(found: Taken) -> dict[str, str]:
    assert found.profile is not None
    return {column.name: str(column.role) for column in found.profile.columns}


def totals(found: Taken) -> dict[tuple[str, object], float]:
    assert found.profile is not None
    return {(t.measure, t.where.get("year")): t.value for t in found.profile.totals}


GU = ("종로구", "중구", "용산구", "강동구")


def test_codes_phones_years_and_coordinates_are_never_measures() -> None:
    rows = ["관리번호,시설명,전화번호,설치연도,위도,경도,수용인원"]
    rows += [
        f"{i:05d},쉼터{i},02-123-{4000 + i},20{10 + i % 9},37.{5000 + i},127.{1000 + i},{10 + i}"
        for i in range(30)
    ]
    found = roles(taken(rows))
    assert [name for name, role in found.items() if role == "measure"] == ["수용인원"]
    assert found["위도"] == "latitude"
    assert found["관리번호"] == "code"


@pytest.mark.parametrize(
    "name",
    [
        "실업률(%)",
        "평균기온(℃)",
        "휘발유가격(원/ℓ)",
        "세대당인구",
        "미세먼지(㎍/㎥)",
        "만족도점수",
        "인구밀도",
    ],
)
def test_rates_means_and_prices_are_never_added(name: str) -> None:
    found = taken([f"자치구,{name}", *(f"{gu},{i}.{i}" for i, gu in enumerate(GU, start=2))])
    assert roles(found)[name] == "rate"
    assert totals(found) == {}


@pytest.mark.parametrize("word", ["합계", "소계", "계", "총 계", "전체", "서울시 전체"])
def test_total_rows_are_set_aside_by_word(word: str) -> None:
    found = taken(
        ["자치구,승차인원,하차인원", f"{word},100,60", "종로구,40,20", "중구,30,30", "강동구,30,10"]
    )
    assert found.table is not None
    assert len(found.table.frame) == 3
    assert totals(found)["승차인원", None] == 100


def test_a_name_that_only_contains_the_word_is_no_total() -> None:
    found = taken(["동,인구", "소계동,400", "월계동,300", "하계동,200"])
    assert found.table is not None
    assert len(found.table.frame) == 3


def test_a_total_row_without_a_word_is_found_by_arithmetic() -> None:
    districts = [(4131, 9277), (7713, 2249), (5217, 8161), (3313, 6007)]
    top = [sum(column) for column in zip(*districts, strict=True)]
    rows = ["자치구,남자인구,여자인구", f"서울특별시,{top[0]},{top[1]}"]
    found = taken([*rows, *(f"{gu},{a},{b}" for gu, (a, b) in zip(GU, districts, strict=True))])
    assert totals(found)["남자인구", None] == top[0]


def test_total_columns_are_found_by_arithmetic_and_stay_numbers_of_their_own() -> None:
    rows = ["자치구,직원계,직원남자,직원여자"]
    rows += [f"{gu},{1000 + 77 * i},{400 + 31 * i},{600 + 46 * i}" for i, gu in enumerate(GU)]
    found = taken(rows)
    assert as_json(found)["total_columns"] == ["직원계"]
    assert found.long is not None
    assert found.long.frame["#직원계"].sum() == found.long.frame[["#직원남자", "#직원여자"]].to_numpy().sum()


def test_a_total_among_headers_turned_into_rows_is_left_out_of_the_records() -> None:
    years = [f"{gu},{30 + 3 * i},{10 + i},{20 + 2 * i}" for i, gu in enumerate(GU)]
    found = taken(["자치구,합계,2019년,2020년", *years])
    assert found.long is not None
    assert found.long.frame["#값"].sum() == sum(30 + 3 * i for i in range(len(GU)))
    assert not any("합계" in name for name in found.long.frame.columns)


def test_a_total_column_that_does_not_add_up_is_reported() -> None:
    found = taken(["자치구,합계,2019년,2020년", *(f"{gu},999,{i + 1}0,{i + 2}0" for i, gu in enumerate(GU))])
    assert found.outcome == Outcome.WARN
    assert any("합계" in message for message in found.messages)


def test_a_total_row_that_is_a_mean_makes_its_column_a_rate() -> None:
    values = (1085.5, 1150.25, 979.0, 1241.25, 870.5, 1004.5)
    rows = [
        "지역,관리비용",
        f"평균,{sum(values) / 6:.2f}",
        *(f"{gu},{v}" for gu, v in zip((*GU, "서초구", "송파구"), values, strict=True)),
    ]
    assert roles(taken(rows))["관리비용"] == "rate"


def test_wide_years_become_rows() -> None:
    found = taken(
        ["자치구,2019년,2020년,2021년", *(f"{gu},{i},{i + 1},{i + 2}" for i, gu in enumerate(GU))],
        "화재발생건수.csv",
    )
    assert found.profile is not None
    assert found.long is not None
    assert (found.profile.wide, found.profile.years, found.profile.years_from) == (
        "year",
        (2019, 2020, 2021),
        "header",
    )
    assert len(found.long.frame) == 12
    assert set(found.long.frame["#year"]) == {2019, 2020, 2021}


def test_sex_and_age_in_the_header_become_rows() -> None:
    header = [f"2021년03월_{sex}_{age}세" for sex in ("남", "여") for age in range(5)]
    rows = [
        ",".join(["행정구역", *header]),
        *(",".join([gu, *(str(i * 7 + k) for k in range(10))]) for i, gu in enumerate(GU, 1)),
    ]
    found = taken(rows)
    assert found.profile is not None
    assert found.long is not None
    assert found.profile.wide == "sex+age"
    assert set(found.long.frame["성별"]) == {"남자", "여자"}
    assert set(found.long.frame["#period"]) == {"2021-03"}


def test_a_flow_adds_over_time_and_a_stock_is_its_last_period() -> None:
    rows = ["년월,자치구,승차건수,보유대수"]
    rows += [f"2021-{month:02d},{gu},10,{month}" for month in (1, 2, 3) for gu in GU]
    found = taken(rows)
    assert found.profile is not None
    assert {c.name: c.kind for c in found.profile.columns if c.kind} == {
        "승차건수": Kind.FLOW,
        "보유대수": Kind.STOCK,
    }
    assert totals(found)["승차건수", 2021] == 120
    assert totals(found)["보유대수", 2021] == 12


def test_places_where_something_happened_count_what_happened() -> None:
    places = ("학교", "다세대", "숙박업소_목욕탕", "노상", "학교수")
    rows = [",".join(("죄종", *places)), *(f"죄{n},{n * 7 % 12},2,3,4,5" for n in range(1, 12))]
    found = taken(rows, "경찰청_범죄 발생 장소별 통계_20211231.csv")
    assert found.profile is not None
    kinds = {column.name: column.kind for column in found.profile.columns if column.kind}
    assert kinds == {**dict.fromkeys(places, Kind.FLOW), "학교수": Kind.STOCK}


@pytest.mark.parametrize(
    "title", ["폐기물 처리 현황", "식품위생 단속 실적", "평생교육 참여 현황", "제설 출동 실적"]
)
def test_facilities_beside_events_are_still_those_that_there_are(title: str) -> None:
    columns = ("처리시설(개소)", "대상업소", "교육시설", "도로(km)", "사업체")
    rows = [",".join(("구", *columns)), *(f"{gu},{n * 7 % 12},2,3,4,5" for n, gu in enumerate(GU))]
    found = taken(rows, f"강동구_{title}_20211231.csv")
    assert found.profile is not None
    assert {c.kind for c in found.profile.columns if c.kind} == {Kind.STOCK}


@pytest.mark.parametrize(
    ("name", "years", "source"),
    [
        ("기관_현황_20211231.csv", (2021,), "filename"),
        ("현황(22.06월 기준).csv", (2022,), "filename"),
        ("현황_20230517015330.csv", (), None),
        ("위치(좌표계_ WGS1984).csv", (), None),
    ],
)
def test_the_year_comes_from_the_file_name_only_if_it_is_one(
    name: str, years: tuple[int, ...], source: str | None
) -> None:
    found = taken(["자치구,개소", *(f"{gu},{i}" for i, gu in enumerate(GU, 1))], name)
    assert found.profile is not None
    assert (found.profile.years, found.profile.years_from) == (years, source)


def test_dong_are_known_by_their_common_name() -> None:
    found = taken(["자치구,동,인구", "강동구,천호제1동,100", "강동구,암사 2동,200", "중구,명동,300"])
    assert found.long is not None
    assert list(found.long.frame["#region"]) == ["천호1동", "암사2동", "중구"]


def test_projected_coordinates_become_degrees() -> None:
    rows = ["시설명,좌표정보(X),좌표정보(Y)", *(f"시설{i},{212100 + i}.5,{448100 + i}.5" for i in range(20))]
    found = taken(rows)
    assert found.profile is not None
    assert found.long is not None
    assert found.profile.coordinates is not None
    assert found.profile.coordinates.crs == "EPSG:5174"
    assert found.long.frame["#lat"].between(37.5, 37.6).all()


def test_a_point_outside_the_country_is_a_defect_and_no_place() -> None:
    rows = [
        "시설명,위도,경도",
        *(f"시설{i},37.5{i},127.1{i}" for i in range(9)),
        "시설9,0,0",
        "시설10,127.1,37.5",
    ]
    found = taken(rows)
    assert found.profile is not None
    assert found.profile.coordinates is not None
    assert found.profile.coordinates.valid == 9
    assert found.outcome == Outcome.WARN


def test_stacked_headers_are_joined_and_blanks_between_them_filled() -> None:
    rows = [
        "기간,자치구,인구,,세대",
        ",,남자,여자,",
        *(f"2020,{gu},{i + 10},{i + 20},{i + 5}" for i, gu in enumerate(GU)),
    ]
    assert list(roles(taken(rows))) == ["기간", "자치구", "인구 남자", "인구 여자", "세대"]


def test_titles_units_and_footnotes_are_set_aside() -> None:
    rows = ["강동구 현황,,", "(단위: 명),,", "동,남자,여자", "천호1동,10,20", "천호2동,30,40", "※ 잠정치임,,"]
    found = taken(rows)
    assert found.table is not None
    assert found.profile is not None
    assert list(found.table.frame.columns) == ["동", "남자", "여자"]
    assert len(found.table.frame) == 2
    assert {c.unit for c in found.profile.columns if c.role == Role.MEASURE} == {"명"}


def test_a_table_without_a_header_is_read_with_numbered_columns() -> None:
    found = taken([f"202012,{name}서,{i * 3},{i * 5}" for i, name in enumerate("가나다라마바사아", 1)])
    assert found.table is not None
    assert len(found.table.frame) == 8
    assert list(found.table.frame.columns)[:2] == ["column 1", "column 2"]
    assert found.outcome == Outcome.WARN


def test_group_labels_on_the_first_row_of_a_block_are_filled_down() -> None:
    rows = [
        "시도,시군구,인구,세대",
        "서울,강동구,10,4",
        ",중구,20,5",
        ",용산구,25,6",
        "부산,남구,30,7",
        ",북구,35,8",
        ",서구,36,9",
    ]
    found = taken(rows)
    assert found.table is not None
    assert list(found.table.frame["시도"]) == ["서울"] * 3 + ["부산"] * 3


def test_a_cut_off_last_line_is_noticed() -> None:
    found = taken(["구,가,나,다", "종로구,1,2,3", "중구,4,5,6", "강동구,7,8"])
    assert any("잘렸" in message for message in found.messages)


def test_overrides_hold_and_are_said() -> None:
    fixed = Overrides(roles={"값": Role.RATE}, year=1999)
    found = taken(["자치구,값", *(f"{gu},{i}" for i, gu in enumerate(GU, 1))], overrides=fixed)
    assert found.profile is not None
    assert roles(found)["값"] == "rate"
    assert found.profile.years == (1999,)
    assert any("지정" in message for message in found.messages)


def test_the_report_for_people_names_columns_and_what_was_set_aside() -> None:
    text = as_text(taken(["자치구,승차인원", "합계,6", "종로구,1", "중구,2", "강동구,3"]))
    assert "승차인원" in text
    assert "합계 행" in text
