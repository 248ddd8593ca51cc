"""Numbers and particles as people read them."""

import pytest

from app.wording import each, listed, measured, note, number, plain_name, scale, stretch, with_particle, years
from search.documents import Column
from search.language.syntax import Note


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


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Note("quote"), "따옴표가 하나 모자라 그 뒤는 낱말로 찾았습니다."),
        (
            Note("field", "주소:천호동", "주소"),
            "‘주소’는 값을 골라 찾는 항목이 아니어서 ‘주소:천호동’을 낱말로 찾았습니다.",
        ),
        (Note("value", "없음", "분야"), "‘분야’ 항목에 ‘없음’ 값이 없어 낱말로 찾았습니다."),
        (Note("excluded", "개방"), "‘개방’ 자료는 뺐습니다."),
        (Note("excluded", "환경", "분야"), "‘분야’ 항목이 ‘환경’인 자료는 뺐습니다."),
    ],
)
def test_what_became_of_a_sign_is_said_in_korean(one: Note, said: str) -> None:
    assert note(one) == said


def test_years_and_names_in_a_row_are_said_shortly() -> None:
    assert stretch(("2019",)) == "2019년"
    assert stretch(("2019", "2020", "2021")) == "2019–2021년"
    assert stretch(("2019", "2021")) == "2019·2021년"
    assert listed(("가", "나", "다", "라", "마", "바")) == "가·나·다 외 3"
