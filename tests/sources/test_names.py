"""A file name says title, provider and date, or it says nothing: a wrong provider is worse than none."""

import unicodedata

import pytest

from sources.contract import Facts
from sources.names import facts


@pytest.mark.parametrize(
    ("file", "title", "provider", "date"),
    [
        (
            "서울특별시 강동구_공중화장실 현황_20251231.csv",
            "공중화장실 현황",
            "서울특별시 강동구",
            "2025-12-31",
        ),
        ("서울특별시_동작구_횡단보도_20260306.csv", "횡단보도", "서울특별시 동작구", "2026-03-06"),
        ("강동구_놀이터.csv", "놀이터", "강동구", ""),
        ("경기도 양평군_체육시설_20240101.xlsx", "체육시설", "경기도 양평군", "2024-01-01"),
        ("서울교통공사_역별요일별환승인원_20191231.csv", "역별요일별환승인원", "서울교통공사", "2019-12-31"),
        (
            "경찰청 서울특별시경찰청_경찰서별 112신고 출동 현황_20211231.csv",
            "경찰서별 112신고 출동 현황",
            "경찰청 서울특별시경찰청",
            "2021-12-31",
        ),
        (
            "소방청_전국 119안전센터 현황(2021.12.31).csv",
            "전국 119안전센터 현황",
            "소방청",
            "2021-12-31",
        ),
        ("서울시 무더위쉼터.csv", "서울시 무더위쉼터", "서울시", ""),
        ("고령자현황_20260421103806.csv", "고령자현황", "", "2026-04-21"),
        (
            "제주특별자치도+제주시_무더위쉼터현황_20150930.csv",
            "무더위쉼터현황",
            "제주특별자치도 제주시",
            "2015-09-30",
        ),
        ("subway_fee.csv", "subway fee", "", ""),
        ("지역_위치별(주유소) (10).xls", "지역 위치별(주유소)", "", ""),
        ("rn_2019.xls.xlsx", "rn 2019", "", ""),
        ("20200101.csv", "20200101", "", ""),
        ("자료_20201399.csv", "자료 20201399", "", ""),
        ("전국도서관표준데이터__someone20040106.csv", "전국도서관표준데이터 someone20040106", "", ""),
    ],
)
def test_a_name_is_read_as_authorities_write_it(file: str, title: str, provider: str, date: str) -> None:
    assert facts(file) == Facts(title=title, provider=provider, date=date)


@pytest.mark.parametrize(
    "file",
    [
        "일별평균대기오염도_2019.csv",
        "하수도+및+부대시설+현황_20230517015330.xlsx",
        "인구_현황.csv",
        "도로공사_현황.csv",
        "신청_접수.csv",
        "버스정류소_위치.csv",
        "연구_목록.csv",
        "보건소 주소록.csv",
        "공원_현황.csv",
    ],
)
def test_a_word_that_only_ends_like_an_authority_is_none(file: str) -> None:
    assert facts(file).provider == ""


def test_a_name_that_is_all_authority_and_stamp_keeps_its_title() -> None:
    assert facts("서울특별시_강동구_20250101.csv").title == "강동구"
    assert facts("서울시_2019.csv") == Facts(title="서울시 2019")


def test_a_decomposed_name_is_the_same_name() -> None:
    assert facts(unicodedata.normalize("NFD", "서울시_역사마스터_정보.csv")) == facts(
        "서울시_역사마스터_정보.csv"
    )


def test_what_is_given_goes_before_what_the_name_says() -> None:
    found = Facts(title="화장실").or_else(facts("서울특별시 강동구_공중화장실_20251231.csv"))
    assert (found.title, found.provider) == ("화장실", "서울특별시 강동구")
