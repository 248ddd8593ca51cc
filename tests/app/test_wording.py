"""Numbers and particles as people read them."""

import pytest

from app.wording import each, measured, number, plain_name, scale, with_particle, years
from search.documents import Column


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (470719, "470,719"),
        (3.25, "3.25"),
        (3.999, "4"),
        (0.0253, "0.0253"),
        (0.5, "0.5"),
        (-1234.5, "-1,234.5"),
        (0, "0"),
        (0.00001234, "0.0000123"),
    ],
)
def test_numbers_are_parted_and_keep_three_figures_when_small(value: float, said: str) -> None:
    assert number(value) == said


@pytest.mark.parametrize(
    ("word", "pair", "said"),
    [
        ("470,719명", "으로/로", "470,719명으로"),
        ("3.2%", "으로/로", "3.2%로"),
        ("97,543", "으로/로", "97,543으로"),
        ("12,341", "으로/로", "12,341로"),
        ("100", "으로/로", "100으로"),
        ("85,763가구", "으로/로", "85,763가구로"),
        ("25 ㎍/㎥", "으로/로", "25 ㎍/㎥로"),
        ("0.03 ppm", "으로/로", "0.03 ppm으로"),
        ("3.1 km", "으로/로", "3.1 km로"),
        ("인구수(명)", "은/는", "인구수(명)는"),
        ("화재발생건수", "은/는", "화재발생건수는"),
        ("미세먼지", "은/는", "미세먼지는"),
        ("값", "은/는", "값은"),
        ("‘둔촌1동’", "이/가", "‘둔촌1동’이"),
        ("Y", "이/가", "Y가"),
        ("N", "이/가", "N이"),
        ("", "이/가", "가"),
    ],
)
def test_particles_follow_the_sound(word: str, pair: str, said: str) -> None:
    assert with_particle(word, pair) == said


def test_a_unit_is_said_once() -> None:
    assert plain_name(Column("인구수(명)", "measure", "stock", "명")) == "인구수"
    assert plain_name(Column("자료수(도서)", "measure", "stock", None)) == "자료수(도서)"
    assert plain_name(Column("(명)", "measure", "stock", "명")) == "(명)"
    assert measured(3, "명") == "3명"
    assert measured(25, "㎍/㎥") == "25 ㎍/㎥"


def test_by_is_not_said_twice() -> None:
    assert [each(name) for name in ("지역", "성별", "항공사별(1)")] == ["지역별", "성별", "항공사별"]


def test_years_are_plain() -> None:
    assert (years((2015, 2016, 2024)), years((2020,)), years(())) == ("2015–2024", "2020", "")


def test_axes_are_divided_by_korean_units() -> None:
    assert [scale([value])[1] for value in (99_999, 100_000, -3e8)] == ["", "만", "억"]
