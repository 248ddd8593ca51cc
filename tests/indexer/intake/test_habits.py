"""Habits of publishers: what stands above, beside and below tables, and what holds what."""

from collections.abc import Sequence

import pytest

from indexer.intake import Overrides, take
from indexer.intake.finding.dictionary import column_names
from indexer.intake.report import as_json
from indexer.intake.table import Outcome, Refused, Taken
from tests.indexer.intake.test_meaning import GU, roles, taken, totals
from tests.indexer.sheets import Sheets, workbook

SIDO = ("서울특별시", "부산광역시", "대구광역시", "인천광역시", "광주광역시", "대전광역시", "울산광역시", "세종특별자치시", "경기도", "강원도", "충청북도", "충청남도", "전라북도", "전라남도", "경상북도", "경상남도", "제주특별자치도")  # fmt: skip


def aside(found: Taken) -> list[str]:
    assert found.table is not None
    return [row.why for row in found.table.set_aside]


def totals_of_rows(found: Taken) -> int:
    return int(as_json(found)["total_rows"])


def names(found: Taken) -> list[str]:
    assert found.table is not None
    return list(found.table.frame.columns)


# notes, titles, sections


def test_notes_below_a_table_are_no_rows_however_they_are_laid_out() -> None:
    rows = ["통계표명:,출생", "단위:,명", ",출생아 수", *(f"{1990 + n},{700 - 7 * n}" for n in range(20))]
    rows += ["출처:,통계청", "주석:,1) 확정치", ",2) 2009년은 잠정치임"]
    found = taken(rows)
    assert found.table is not None
    assert len(found.table.frame) == 20
    assert aside(found) == ["주석"] * 3
    assert as_json(found)["years_from"] == "column"


def test_two_columns_of_months_below_lines_of_names_and_values() -> None:
    lines = ["통계표,기준금리", "계정항목,한국은행 기준금리", "단위,연%"]
    found = taken([*lines, *(f"2013/{n:02d},{2.75 - n / 20}" for n in range(1, 13))])
    assert roles(found) == {"column 1": "time", "column 2": "rate"}
    assert as_json(found)["years"] == [2013]


def test_a_row_of_zeros_without_a_name_is_no_record() -> None:
    found = taken(
        ["구,세대,인구", *(f"{gu},{n * 100},{n * 230}" for n, gu in enumerate(GU, start=1)), ",0,0"]
    )
    assert found.outcome == Outcome.WARN
    assert aside(found) == ["빈 행"]


def test_headers_that_come_again_on_every_printed_page_are_set_aside() -> None:
    page = ["경락일자,등급,,", ",1++,1+,1"]
    body = [f"2020-12-{n:02d},{n},{n + 1},{n + 2}" for n in range(1, 13)]
    found = taken(["기간별 가격,,,", *page, *body[:6], *page, *body[6:]])
    assert found.table is not None
    assert len(found.table.frame) == 12
    assert aside(found) == ["되풀이된 머리글"] * 2


def test_sections_under_one_header_become_a_column() -> None:
    head = "구분,2018년,2019년,2020년"
    rows = [
        "교통사고 현황",
        head,
        "발생,10,20,30",
        "부상,11,21,31",
        "",
        "법규위반별",
        head,
        "신호위반,5,6,7",
        "과속,1,2,3",
    ]
    found = taken(rows)
    assert found.table is not None
    assert found.table.frame["구획"].tolist() == ["교통사고 현황"] * 2 + ["법규위반별"] * 2


def test_another_table_further_down_is_named_and_not_mixed_in() -> None:
    rows = ["구,세대,인구", *(f"{gu},{n},{2 * n}" for n, gu in enumerate(GU, start=5))]
    rows += ["", "주차장 현황,,", "주차장,면수,요금", "가,10,1000", "나,20,2000"]
    found = taken(rows)
    assert found.table is not None
    assert len(found.table.frame) == len(GU)
    assert any("'주차장 현황'부터는 다른 표" in message for message in found.messages)


def test_a_word_alone_below_the_header_is_a_caption() -> None:
    rows = ["지점번호,지점,2001년,2002년", "원시자료", *(f"{100 + n},가{n},{n},{n + 1}" for n in range(6))]
    assert aside(taken(rows)) == ["구획 제목"]


# sheets


def test_sheets_under_the_same_header_are_read_as_one_table() -> None:
    sheets: Sheets = {
        f"{year}년": [
            ["정류소 현황"],
            ["구", "정류소", "노선수"],
            *([gu, f"{gu}{n}", n + 1] for n in range(6) for gu in GU),
        ]
        for year in (2019, 2020)
    }
    found = take("정류소.xlsx", workbook(sheets))
    assert found.table is not None
    assert len(found.table.frame) == 48
    assert found.table.frame.index.is_unique
    assert as_json(found)["years"] == [2019, 2020]
    assert any("시트 2개를 이어" in message for message in found.messages)


def test_of_different_sheets_the_first_table_is_read_and_the_others_are_named() -> None:
    sheets: Sheets = {
        "표지": [["보고서"]],
        "요약": [["구", "세대", "인구"], *([gu, n + 10, n + 20] for n, gu in enumerate([*GU, "강남구"]))],
        "상세": [["동", "번지", "면적", "값"], *(["길동", str(n), n, n] for n in range(90))],
    }
    found = take("보고.xlsx", workbook(sheets))
    assert names(found) == ["구", "세대", "인구"]
    assert any("'상세'" in message for message in found.messages)


# what holds what


def test_ages_that_span_other_ages_are_totals() -> None:
    ages = ["0~14세", "15~64세", "65~79세", "80세 이상", "65세 이상", "0~64세"]
    found = taken(["연령별,사례", *(f"{age},{7 * n + 3}" for n, age in enumerate(ages))])
    assert totals_of_rows(found) == 2


def test_a_province_above_its_cities_and_a_city_above_its_wards_are_totals() -> None:
    rows = ["행정구역별,2019,2020"]
    for sido in ("서울특별시", "경기도", "충청북도"):
        rows.append(f"{sido},900,910")
        rows += [
            f"{sido[:1]}{letter}{'구' if sido == '서울특별시' else '시'},{n + 3},{n}"
            for n, letter in enumerate("가나다라")
        ]
    rows += ["청주시,31,37", "상당구,13,17", "서원구,19,11"]
    assert totals_of_rows(taken(rows)) == 4


def test_parts_of_the_country_beside_its_provinces_are_totals() -> None:
    rows = ["행정구역별,인구", "전국,1700", "동부,1200", "읍부,300", "면부,200"]
    rows += [f"{sido},{n * 37 + 11}" for n, sido in enumerate(SIDO)]
    assert totals_of_rows(taken(rows)) == 4


def test_a_subtotal_with_nothing_below_it_is_the_detail() -> None:
    rows = ["시군구별(1),시군구별(2),시군구별(3),응답자수", "경기도,소계,소계,900"]
    rows += [f",{city},소계,{n}" for n, city in enumerate(("김포시", "구리시", "오산시"), start=101)]
    rows += [",수원시,소계,30", ",,장안구,13", ",,권선구,17"]
    found = taken(rows)
    assert totals_of_rows(found) == 2
    assert totals(found) == {("응답자수", None): 101 + 102 + 103 + 30}


def test_rows_that_name_the_letters_of_others_are_their_sum() -> None:
    kinds = ("현지인(a)", "외지인(b)", "외국인(c)", "외부방문자(b+c)", "전체방문자(a+b+c)")
    rows = [
        f"{month},{kind},{n * 10 + m}"
        for m, month in enumerate(("201801", "201802"))
        for n, kind in enumerate(kinds)
    ]
    assert totals_of_rows(taken(["기준년월,구분,방문자수", *rows])) == 4


def test_branches_of_industry_are_found_by_their_sums_in_slice_after_slice() -> None:
    rows = ["시도별,경제활동별,항목,2018 년,2019 년"]
    for place, sido in enumerate(SIDO[:6]):
        for base in ("당해년가격", "기준년가격"):
            a, b, c, d = (1000 * (place + 3) + 37 * n * (place + 2) + len(base) for n in range(4))
            for label, one in (
                ("총부가가치", a + b + c + d),
                ("농림어업", a),
                ("제조업", b + c),
                ("식품", b),
                ("섬유", c),
                ("건설업", d),
            ):
                rows.append(f"{sido},{label},{base},{one},{one * 2}")
    assert totals_of_rows(taken(rows)) == 6 * 2 * 2


def test_totals_below_the_largest_detail_show_means() -> None:
    rows = ["대분류,분류,전시회,박물관,연극", "서울시,서울시,281,176,586"]
    rows += [
        f"{group},{value},{280 + n},{170 + 3 * n},{590 - 2 * n}"
        for n, (group, value) in enumerate(
            [
                ("성별", "남자"),
                ("성별", "여자"),
                ("연령별", "10대"),
                ("연령별", "20대"),
                ("연령별", "30대"),
                ("지역별", "강동구"),
            ]
        )
    ]
    found = taken(rows)
    assert {roles(found)[name] for name in ("전시회", "박물관", "연극")} == {"rate"}
    assert totals_of_rows(found) == 1


def test_shares_that_make_a_hundred_are_rates() -> None:
    rows = [f"{gu},{70.5 + n},{19.5 - n},10.0" for n, gu in enumerate(GU)]
    found = roles(taken(["구,여가,사업,교육", *rows]))
    assert [found[name] for name in ("여가", "사업", "교육")] == ["rate"] * 3


def test_a_grand_total_that_is_not_the_sum_is_reported_and_not_used() -> None:
    found = taken(["구,시설수", *(f"{gu},{n * 11}" for n, gu in enumerate(GU, start=1)), "합계,999"])
    assert found.outcome == Outcome.WARN
    assert "6행 합계의 '시설수' 값 999이 세부 행의 합 110과 다릅니다" in " ".join(found.messages)
    assert totals(found) == {("시설수", None): 110}


# headers


def test_provinces_in_the_header_become_a_column_and_the_country_their_total() -> None:
    header = [
        "시점",
        *(f"{place} {kind}" for place in ("전국", *SIDO) for kind in ("총전입 (명)", "총전출 (명)")),
    ]
    rows = []
    for month in range(1, 7):
        ins = [100 * n + 7 * month for n in range(1, 18)]
        outs = [90 * n + 11 * month for n in range(1, 18)]
        pairs = [value for pair in zip(ins, outs, strict=True) for value in pair]
        rows.append(",".join(map(str, [f"2020.{month:02d}", sum(ins), sum(outs), *pairs])))
    found = taken([",".join(header), *rows])
    said = as_json(found)
    assert (said["wide"], said["region_level"]) == ("region", "sido")
    assert set(said["total_columns"]) == {"전국 총전입 (명)", "전국 총전출 (명)"}
    assert found.long is not None
    assert {"지역", "총전입 (명)"} <= set(found.long.frame.columns)


@pytest.mark.parametrize(
    ("header", "wide"),
    [
        (["2018 01월", "2018 02월", "2018 03월"], "month"),
        (["2015. 01", "2015. 02", "2015. 03"], "month"),
        (["06시 이전", "06 ~ 07", "07 ~ 08"], "time band"),
        (["남성인구수", "여성인구수"], "sex"),
        (["20~24세", "25~29세", "30~34세"], "age"),
        (["서울시 확진자", "서울시 사망", "전국 확진자", "전국 사망"], None),
    ],
)
def test_what_the_header_holds_is_told_from_what_it_counts(header: Sequence[str], wide: str | None) -> None:
    rows = [
        f"{gu},{','.join(str(n * 3 + m) for m in range(len(header)))}" for n, gu in enumerate(GU, start=7)
    ]
    assert as_json(taken([",".join(["구", *header]), *rows]))["wide"] == wide


def test_a_heading_that_the_next_begins_with_is_said_once() -> None:
    rows = [
        "구,2018년,,",
        ",2018년 01월,2018년 02월,2018년 03월",
        *(f"{gu},{n},{n + 1},{n + 2}" for n, gu in enumerate(GU)),
    ]
    assert names(taken(rows))[1:] == ["2018년 01월", "2018년 02월", "2018년 03월"]


def test_units_and_periods_beside_the_heads_are_no_heads() -> None:
    rows = [
        "출발/도착,,기간: (2021~2021),(단위: 개)",
        ",서울,부산,대구",
        *(f"{name},{n},{n + 1},{n + 2}" for n, name in enumerate(("서울", "부산", "대구"), start=4)),
    ]
    found = taken(rows)
    assert names(found)[1:] == ["서울", "부산", "대구"]
    assert as_json(found)["years"] == [2021]


def test_the_time_that_was_asked_for_stands_beside_the_table() -> None:
    sheets: Sheets = {
        "데이터": [["구", "계", "남자", "여자"], *([gu, 2 * n, n, n] for n, gu in enumerate(GU, start=11))],
        "메타정보": [["○ 통계표명", "독거노인 현황"], ["○ 조회기간", "[년] 2023~2023"], ["* 2013년 말 기준"]],
    }
    assert as_json(take("독거노인.xlsx", workbook(sheets)))["years"] == [2023]


# names, codes, places


@pytest.mark.parametrize(
    ("column", "cells", "role"),
    [
        ("장난전화", ["8301", "11996", "6863"], "measure"),
        ("분양가격(㎡)", ["5841", "5652", "5882"], "rate"),
        ("조율표준오차", ["0.3", "1.4", "1.7"], "rate"),
        ("순찰활동점수", ["66", "75", "77"], "rate"),
        ("가맹점수", ["66", "75", "77"], "measure"),
        ("입장료", ["1000", "2000", "500"], "rate"),
        ("잔류염소(0.4~4.0mg/L)", ["0.5", "0.6", "1.2"], "rate"),
        ("발생년월일시", ["2019070100", "2019070213", "2019080201"], "time"),
        ("TRGT_YEAR", ["2018", "2019", "2020"], "time"),
        ("지자체명", ["2017-01", "2017-02", "2017-03"], "time"),
        ("유지보수일자", ["2019-11-05", "2019-11-06", "2018-01-02"], "text"),
        ("ESRI_PK", ["17", "18", "19"], "code"),
        ("sgguCd", ["110001", "110002", "110007"], "code"),
        ("당첨번호 1", ["17", "40", "3"], "code"),
        ("층", ["3", "12", "-1"], "rate"),
        ("대여_시간대", ["0005", "0930", "2355"], "category"),
        ("산지_YN", ["1", "0", "0"], "category"),
        ("계약년월", ["202201", "202202", "202207"], "time"),
        ("당해년가격(백만원)", ["300", "410", "505"], "measure"),
        ("인구십만명당 시설수(개)", ["3", "4", "5"], "rate"),
        ("총인구수 당월", ["3000", "4000", "5100"], "measure"),
        ("DSGN_YMD", ["20190102", "20200103", "19980511"], "text"),
    ],
)
def test_a_column_is_what_its_name_and_cells_say(column: str, cells: Sequence[str], role: str) -> None:
    rows = [f"{name},{cell},{n + 3}" for n, (name, cell) in enumerate(zip("가나다", cells, strict=True))]
    assert roles(taken([f"이름,{column},개수", *rows]))[column] == role


def test_numbers_one_after_the_other_down_the_rows_are_a_numbering() -> None:
    found = roles(taken(["구분,이름,수량", *(f"{n},가{n},{n * 3 % 11}" for n in range(1, 20))]))
    assert (found["구분"], found["수량"]) == ("code", "measure")


def test_codes_beside_their_names_are_never_added() -> None:
    rows = [
        f"{code},{name},{n * 7}"
        for n, (code, name) in enumerate([("11", "서울"), ("26", "부산"), ("27", "대구")])
    ]
    assert roles(taken(["C1,C1_NM,DT", *rows]))["C1"] == "code"


def test_marks_behind_a_number_do_not_make_it_a_word() -> None:
    found = taken(["구,값(㎍/㎥)", "종로구,37*", "중구,31**", "강동구,30"])
    assert roles(found)["값(㎍/㎥)"] == "rate"


def test_positions_written_as_text_are_positions() -> None:
    rows = [f"{n},POINT(127.1{n} 37.5{n}),가{n}" for n in range(10, 40)]
    where = as_json(taken(["번호,node_wkt,이름", *rows]))["coordinates"]
    assert where == {"lat": "node_wkt", "lon": "node_wkt", "crs": "EPSG:4326", "valid": 30}


def test_grid_metres_without_their_decimal_point_are_read_and_reported() -> None:
    rows = [f"{n},{203517595 + n * 1000},{551517595 + n * 1000}" for n in range(30)]
    found = taken(["번호,g2_xmin,g2_ymin", *rows])
    where = as_json(found)["coordinates"]
    assert (where["crs"], where["valid"]) == ("EPSG:5186", 30)
    assert any("1,000배" in message for message in found.messages)


def test_rows_that_hold_nothing_but_their_number_are_set_aside() -> None:
    rows = [f"{n},쉼터{n},길동,{n * 3}" for n in range(1, 20)] + [f"{n},,," for n in range(20, 30)]
    found = taken(["연번,시설명,동,인원", *rows])
    assert aside(found) == ["빈 행"] * 10


# data dictionaries


DEFINITION = "순서,컬럼영문명,컬럼한글명,데이터타입,길이\n" + "".join(
    f"{n},C{n},{name},VARCHAR,10\n" for n, name in enumerate(("동", "시설명", "좌석수"), start=1)
)


def test_a_file_without_a_header_takes_its_names_from_its_dictionary() -> None:
    given = column_names("컬럼정의서.csv", DEFINITION.encode())
    data = "".join(f"길동,가{n},{n + 10}\n" for n in range(12)).encode()
    found = take("표.csv", data, Overrides(names=given))
    assert names(found) == ["동", "시설명", "좌석수"]
    assert any("컬럼 정의서에서" in message for message in found.messages)


def test_a_dictionary_that_does_not_fit_is_refused_with_both_counts() -> None:
    found = take(
        "표.csv", "".join(f"길동,{n}\n" for n in range(12)).encode(), Overrides(names=("가", "나", "다"))
    )
    assert found.outcome == Outcome.REFUSE
    assert "3개인데 파일의 열은 2개" in found.messages[0]


def test_a_file_that_is_no_dictionary_is_named() -> None:
    with pytest.raises(Refused, match=r"표\.csv은 컬럼 정의서가 아닙니다"):
        column_names("표.csv", b"a,b\n1,2\n")


# exports of statistics portals


def test_a_code_column_beside_its_labels_says_which_hold_which() -> None:
    rows = ["[A]자치구별,자치구별,[B]감염병별,감염병별,단위,2023,2024"]
    for code, place in (("001", "서울시"), ("001001", "종로구"), ("001025", "강동구")):
        rows += [
            f"{code},{place},{kind},{name},건,{n * 7},{n * 9}"
            for n, (kind, name) in enumerate(
                [("001", "제1급"), ("001001", "페스트"), ("001002", "탄저"), ("001003", "두창")], start=1
            )
        ]
    found = taken(rows)
    assert (roles(found)["[A]자치구별"], roles(found)["[B]감염병별"]) == ("code", "code")
    assert totals_of_rows(found) == 4 + 2


def test_codes_written_before_times_places_and_totals_do_not_hide_them() -> None:
    rows = ["TIME 시점,B 시도별,T7 사망자 (명)"]
    rows += [
        f"Y{year} {year},{11 + n} {sido},{n * 31 + 5}" for year in (2010, 2015) for n, sido in enumerate(SIDO)
    ]
    rows += [f"Y{year} {year},00 계,{sum(n * 31 + 5 for n in range(len(SIDO)))}" for year in (2010, 2015)]
    found = taken(rows)
    assert as_json(found)["years"] == [2010, 2015]
    assert (roles(found)["B 시도별"], totals_of_rows(found)) == ("region", 2)


def test_days_of_which_only_the_first_is_written_out_are_completed() -> None:
    days = ["2020-01-30", "31", "1", "2", "3", "4"]
    found = taken(["날짜,서울,부산", *(f"{day},{n + 1},{n + 5}" for n, day in enumerate(days))])
    assert found.table is not None
    assert found.table.frame["날짜"].tolist()[:4] == ["2020-01-30", "2020-01-31", "2020-02-01", "2020-02-02"]
    assert any("앞의 달로 이어" in message for message in found.messages)


def test_the_zero_of_the_clock_is_no_year() -> None:
    days = ["1970-01-01", "2016-05-01", "2016-05-02", "2017-05-01"]
    assert as_json(taken(["일자,지수", *(f"{day},{n}" for n, day in enumerate(days))]))["years"] == [
        2016,
        2017,
    ]


def test_ages_in_a_column_are_a_choice_and_no_number() -> None:
    rows = [f"{n},{20 + n % 4 * 10}대,{n * 3}" for n in range(1, 30)]
    assert roles(taken(["RESPOND_ID,AGRDE_FLAG_NM,개수", *rows]))["AGRDE_FLAG_NM"] == "category"


# how blocks, years and names are printed


def test_the_first_row_of_a_block_with_a_blank_label_is_the_whole_of_it() -> None:
    rows = ["지역,구군,대수", "서울,,70", ",종로구,30", ",중구,40", "부산,,55", ",남구,21", ",북구,34"]
    found = taken(rows)
    assert totals_of_rows(found) == 2
    assert totals(found)["대수", None] == 125


def test_labels_in_stairs_hold_the_rows_below_them() -> None:
    rows = ["지역,시군,구,호수", "경기,,,900", ",수원시,,500", ",,장안구,200", ",,권선구,300", ",오산시,,100"]
    rows += [",용인시,,300", ",,처인구,120", ",,기흥구,180", "강원,,,90", ",춘천시,,40", ",원주시,,50"]
    assert totals(taken(rows))["호수", None] == 990


def test_years_of_two_digits_in_order_are_years() -> None:
    years = ["98년", "99년", "00년", "'01년", "‘02년"]
    found = taken([f"시도,{','.join(years)}", *(f"{name},0.05,0.04,0.03,0.02,0.01" for name in SIDO[:5])])
    assert as_json(found)["years"] == [1998, 1999, 2000, 2001, 2002]


def test_a_unit_in_the_corner_of_the_header_is_no_line_above_it() -> None:
    found = taken(
        ["단위: 만원,2020,2021,2022", *(f"{n}00만원 이상,{n},{n + 1},{n + 3}" for n in range(2, 8))]
    )
    assert as_json(found)["years"] == [2020, 2021, 2022]
    assert as_json(found)["header_rows"] == 1


def test_names_of_the_system_above_korean_ones_are_one_header() -> None:
    rows = [
        "fcltyCd,lat,lot,useYn",
        "시설코드,위도,경도,사용여부",
        *(f"5{n:03d},33.3{n},126.8{n},Y" for n in range(9)),
    ]
    found = taken(rows)
    assert names(found)[1] == "lat 위도"
    assert as_json(found)["header_rows"] == 2


def test_a_title_set_wide_over_cells_is_no_header() -> None:
    above = [["<", "자동차", "통계표", "", ">", ""], ["", "", "", "", "", ""]]
    table = [["시도", "승용", "승합", "화물", "특수", "총계"]]
    table += [
        [name, str(n * 9), str(n * 4), str(n * 5), str(n), str(n * 19)] for n, name in enumerate(SIDO, 1)
    ]
    found = take("표.xlsx", workbook({"현황": [*above, *table]}))
    assert names(found) == ["시도", "승용", "승합", "화물", "특수", "총계"]


def test_totals_are_told_from_means_although_one_parent_does_not_say_so() -> None:
    """A province without 합계 in its name is larger than the total of a small city: no sign of means."""
    rows = ["행정구역,남자,여자,세대"]
    for sido, size in (("서울특별시", 10), ("경기도", 90), ("부산광역시", 5)):
        parts = [(size * n, size * n + 3, size * n // 2) for n in (101, 203, 307)]
        whole = [sum(column) for column in zip(*parts, strict=True)]
        rows.append(
            f"{sido} 합계,{whole[0]},{whole[1]},{whole[2]}"
            if size != 90
            else f"{sido},{whole[0]},{whole[1]},{whole[2]}"
        )
        rows += [f"{sido} {'가나다'[n]}{sido[0]}구,{a},{b},{c}" for n, (a, b, c) in enumerate(parts)]
    assert roles(taken(rows))["남자"] == "measure"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("version https://git-lfs.github.com/spec/v1\noid sha256:0a\nsize 12\n", "LFS"),
        ("○ 통계표ID : DT_1\n○ 통계표명 : 감염병\n○ 출처 : 통계청\n○ 단위 : 건\n○ 주석 : 없음\n", "메타자료"),
    ],
)
def test_what_stands_for_a_table_and_is_none_is_refused_with_its_name(text: str, why: str) -> None:
    found = take("표.csv", text.encode())
    assert found.table is None
    assert why in found.messages[0]


def test_a_column_of_rates_called_total_beside_rates_does_not_stop_intake() -> None:
    rows = ["구분,전체,6세 이하(%),7~12세(%)", *(f"{2015 + n},47.{n},38.{n},51.{n}" for n in range(6))]
    assert taken(rows).table is not None


def test_a_year_beside_its_months_is_the_whole_of_them() -> None:
    months = [f"2022. {n:02d},{n * 3}" for n in range(1, 13)]
    found = taken(["시점,사고건수", "2021,200", *months, f"2022,{3 * 78}"])
    assert totals_of_rows(found) == 1
    assert totals(found)["사고건수", 2022] == 3 * 78


def test_labels_without_figures_are_records_until_the_last_figure() -> None:
    rows = [
        "소득,2020,2021,2022",
        "100만원 미만,,,",
        "100~200만원 미만 가구,,,",
        *(f"{n}00만원대,{n},{n},{n}" for n in range(2, 8)),
    ]
    found = taken([*rows, "조사 대상은 전국의 초중고 학생임을 밝혀 둡니다,,,"])
    assert found.table is not None
    assert len(found.table.frame) == 8
    assert aside(found) == ["표 아래의 설명"]


def test_a_period_over_stacked_heads_belongs_to_them() -> None:
    rows = [",,2023년12월,,", ",,계,남,여", "코드,기관,인구수,인구수,인구수"]
    rows += [f"11{n}0,{gu},{n * 9 + 3},{n * 5 + 1},{n * 4 + 2}" for n, gu in enumerate(GU, start=1)]
    found = taken(rows)
    assert names(found)[2] == "2023년12월 계 인구수"
    assert as_json(found)["years_from"] == "header"


def test_a_word_that_the_label_above_ends_in_is_said_once() -> None:
    rows = ["급,신설 학교수,,", ",학교수,국립,공립", *(f"{n}급,{n * 7},{n * 3},{n * 4}" for n in range(1, 8))]
    assert names(taken(rows))[1:3] == ["신설 학교수", "신설 학교수 국립"]


def test_blocks_below_the_total_of_all_are_filled_down_and_end_with_their_group() -> None:
    rows = ["시도,시군구,동,투표구,투표수", "전국,합계,,,54"]
    rows += [
        "서울,종로구,합계,,33",
        "서울,종로구,청운동,소계,21",
        "서울,종로구,,1구,10",
        "서울,종로구,,2구,11",
    ]
    rows += ["서울,종로구,사직동,소계,12", "서울,종로구,,1구,5", "서울,종로구,,2구,7"]
    rows += ["서울,중구,합계,,21", "서울,중구,명동,소계,21", "서울,중구,,1구,9", "서울,중구,,2구,12"]
    found = taken(rows)
    assert found.table is not None
    assert found.table.frame["동"].tolist() == ["청운동", "청운동", "사직동", "사직동", "명동", "명동"]
    assert totals(found)["투표수", None] == 54


def test_an_item_that_ends_in_total_is_the_whole_of_the_others() -> None:
    rows = [f"{gu},{item},{n}" for gu in GU for item, n in (("주택_계", 30), ("신축", 10), ("구축", 20))]
    assert totals_of_rows(taken(["시군구,항목,호수", *rows])) == len(GU)


def test_codes_that_a_spreadsheet_rounded_are_reported() -> None:
    found = taken(["사고번호,시군구,건수", *(f"2.02E+15,{gu},{n}" for n, gu in enumerate(GU, start=1))])
    assert any("줄여 적은 번호" in message for message in found.messages)


def test_rows_that_differ_in_their_number_only_are_reported() -> None:
    found = taken(["연번,역,횟수", "1,천호,5", "2,길동,6", "3,천호,5", "4,강동,7"])
    assert any("똑같은 행" in message for message in found.messages)


def test_subtotals_that_nothing_divides_are_the_details() -> None:
    rows = ["구분별(1),구분별(2),2021,2022", "임대료(천원/㎡),소계,51.9,51.7", "수익률(%),소계,9.7,10.1"]
    rows += ["수익률(%),소득,0.4,0.7", "수익률(%),자본,1.3,1.4"]
    assert totals_of_rows(taken(rows)) == 1


def test_a_province_that_is_its_own_only_city_counts_once() -> None:
    rows = [
        "기관코드,기관,인구,세대",
        "3600000000,세종특별자치시,383717,158962",
        "3611000000,세종특별자치시,383717,158962",
    ]
    rows += [
        f"41{n}0000000,경기도 {name},{n * 9_173},{n * 4_211}"
        for n, name in enumerate(("수원시", "오산시", "광명시"), 3)
    ]
    assert totals_of_rows(taken(rows)) == 1


def test_moments_of_a_clock_are_never_added() -> None:
    rows = [f"C{n},202511010{n}0415,{n * 3}" for n in range(1, 9)]
    found = roles(taken(["FCLTY_CD,WRN_APNT_DT,CNT", *rows]))
    assert (found["WRN_APNT_DT"], found["CNT"]) == ("time", "measure")


def test_months_in_names_of_a_system_are_months() -> None:
    header = ",".join(f"Y2023_{month}" for month in range(1, 13))
    found = taken(
        [f"시도,{header}", *(f"{name},{','.join(str(n + 40) for n in range(12))}" for name in SIDO[:6])]
    )
    assert as_json(found)["wide"] == "month"
    assert as_json(found)["years"] == [2023]


def test_years_under_a_name_that_says_nothing_are_times() -> None:
    found = taken(["구분,직장가입자(천원)", *(f"{2009 + n}년도,{n * 3 + 5}" for n in range(6))])
    assert roles(found)["구분"] == "time"


def test_shares_of_the_whole_are_no_total_column() -> None:
    header = "시도,총계 병상수(개),총계 비율(%),일반 병상수(개),일반 비율(%),특수 병상수(개),특수 비율(%)"
    rows = [
        f"{name},{n * 40 + 80},100,{n * 30 + 50},{60 + n},{n * 10 + 30},{40 - n}"
        for n, name in enumerate(SIDO[:8])
    ]
    assert as_json(taken([header, *rows]))["total_columns"] == ["총계 병상수(개)"]


def test_the_same_key_with_other_figures_is_reported() -> None:
    rows = [f"{year},{gu},{n * 7 + year % 10}" for year in (2019, 2020) for n, gu in enumerate(GU)]
    found = taken(["연도,자치구,건수", *rows, "2019,종로구,999"])
    assert any("값이 다른 행" in message for message in found.messages)


def test_the_same_figures_in_two_months_are_two_records() -> None:
    rows = [f"세종,세종,{month}월,7,9" for month in (1, 2)] + [
        f"서울,중구,{month}월,{month * 31},{month * 17}" for month in (1, 2)
    ]
    assert totals_of_rows(taken(["시도,시군구,월,발생건수,부상자수", *rows])) == 0


def test_parts_of_a_city_between_it_and_its_wards_do_not_hide_that_it_holds_them() -> None:
    rows = ["행정구역,주택,공동주택"]
    for sido, size in (("부산광역시", 3), ("대구광역시", 5)):
        parts = [(size * n * 7, size * n * 3) for n in range(1, 7)]
        rows += [
            f"{sido},{sum(a for a, _ in parts) + 1},{sum(b for _, b in parts) + 1}",
            f"동부,{size},{size}",
            f"면부,{size},{size}",
        ]
        rows += [
            f"{ward},{a},{b}"
            for ward, (a, b) in zip(("중구", "서구", "동구", "남구", "북구", "기장군"), parts, strict=True)
        ]
    assert totals_of_rows(taken(rows)) == 6


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("시점,구분,2019,2020,2021", ["시점", "구분", "시점(머리글)", "값"]),
        ("월,구분,1월,2월,3월", ["월", "구분", "월(머리글)", "값"]),
        ("성별,구분,남,여", ["성별", "구분", "성별(머리글)", "값"]),
        ("값,구분,2019,2020,2021", ["값", "구분", "시점", "값(머리글)"]),
    ],
)
def test_what_headers_are_turned_into_never_writes_over_a_column_of_the_file(
    header: str, names: list[str]
) -> None:
    width = len(header.split(","))
    rows = [["상", "가", "1", "2", "3"], ["중", "나", "4", "5", "9"], ["하", "다", "7", "8", "15"]]
    long = taken([header, *(",".join(row[:width]) for row in rows)]).long
    assert long is not None
    assert [column.name for column in long.columns] == names
    assert set(long.frame[header.split(",", maxsplit=1)[0]]) == {"상", "중", "하"}
