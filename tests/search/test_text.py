"""The one normal form, and words as they match."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import text
from search.plan import words

ANY = st.text(max_size=30)


@pytest.mark.parametrize(
    ("value", "runs"),
    [
        ("서울특별시 강동구(천호동)", ("서울특별시", "강동구", "천호동")),
        ("시ㆍ군·구별", ("시군구별",)),
        ("남·여 화장실·샤워실", ("남여", "화장실", "샤워실")),
        ("종로1·2·3가", ("종로1", "2", "3가")),
        ("ＣＣＴＶ　３대", ("cctv", "3대")),
        ("zero\u200bwidth", ("zerowidth",)),
        ("大韓民國", ("大韓民國",)),
        ("1,332,718", ("1", "332", "718")),
        ("37.5㎡", ("37", "5")),
        ("😀", ()),
        ("", ()),
    ],
)
def test_a_value_is_cut_where_people_see_words_end(value: str, runs: tuple[str, ...]) -> None:
    assert text.runs(value) == runs


@given(ANY)
def test_composed_and_decomposed_text_are_the_same(value: str) -> None:
    composed = unicodedata.normalize("NFC", value)
    assert text.runs(value) == text.runs(composed)


@given(ANY)
def test_only_letters_and_digits_reach_an_engine(value: str) -> None:
    assert all(text.is_letter(char) for run in text.runs(value) for char in run)


@given(ANY)
def test_a_value_without_signs_is_its_runs_put_together(value: str) -> None:
    assert text.joined(value) == "".join(text.runs(value))


@given(ANY, st.data())
def test_every_word_of_a_value_is_held_by_it(value: str, data: st.DataObject) -> None:
    parts = [part for part in text.fold(value).split() if text.joined(part)]
    if parts:
        part = data.draw(st.sampled_from(parts))
        assert any(text.holds(value, word.text, across=word.across) for word in words(part))


@pytest.mark.parametrize(
    ("value", "word", "held"),
    [
        ("수원시 장안구", "시장", False),
        ("수원시장안구", "시장", True),
        ("서울특별시 성동구", "서울특별시성동구", True),
        ("공영 주차장", "공영주차장", True),
        ("천호동", "동", False),
        ("천호 동", "동", True),
        ("02-820-1522", "028201522", True),
        ("02-820-1522", "820-1522", True),
        ("천호대로 1005-12", "1005", True),
        ("천호대로1005번지", "1005", True),
        ("천호대로 1005", "1005번지", False),
        ("천호대로 21005", "1005", False),
        ("10 00 05", "1005", False),
        ("1,200", "1200", True),
        ("1,200", "200", True),
        ("12", "1", False),
        ("Ａ１２동", "12", True),
        ("2021년", "2020", False),
        ("2020년", "2020", True),
        ("기준 2020-01-05", "2020", True),
        ("120200", "2020", False),
        ("20200105", "2020", False),
    ],
)
def test_short_words_match_inside_words_and_long_ones_across_blanks(
    value: str, word: str, held: bool
) -> None:
    assert any(text.holds(value, one.text, across=one.across) for one in words(word)) is held


@pytest.mark.parametrize(
    ("numbers", "day"),
    [
        ("2024 7 5", "20240705"),
        ("1999 12 31", "19991231"),
        ("2024 13 1", ""),
        ("2024 1 32", ""),
        ("2024 0 1", ""),
        ("2024 001 1", ""),
        ("2124 1 1", ""),
        ("24 1 1", ""),
        ("2024 1", ""),
    ],
)
def test_three_numbers_name_a_day_where_they_can(numbers: str, day: str) -> None:
    assert text.as_day(numbers) == day


def test_a_day_among_other_numbers_is_a_number_of_its_own() -> None:
    assert "20240715" in text.singles(text.cut("2024.7.15 09:30~2024.7.16"))
    assert "20240716" in text.singles(text.cut("2024.7.15 09:30~2024.7.16"))
    assert text.singles(text.cut("2024-07-15")).count("20240715") == 1
