"""Hangul below the syllable: every text comes back from its strokes and from the other keyboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language import hangul

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=12)


@given(SYLLABLES)
def test_syllables_come_back_from_their_strokes(text: str) -> None:
    assert hangul.compose(hangul.strokes(text)) == text


@given(SYLLABLES)
def test_text_typed_in_the_other_language_comes_back(text: str) -> None:
    assert hangul.in_korean(hangul.in_latin(text)) == text


@given(SYLLABLES, SYLLABLES)
def test_what_begins_a_text_begins_its_strokes_and_initials(start: str, rest: str) -> None:
    assert hangul.strokes(start + rest).startswith(hangul.strokes(start))
    assert hangul.initials(start + rest).startswith(hangul.initials(start))


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("ghkwkdtlf", "화장실"),
        ("rkdehdrn", "강동구"),
        ("rhdwndghkwkdtlf", "공중화장실"),
        ("dlsrn 2020", "인구 2020"),
        ("dkfqhs", "알본"),
        ("rkqt", "값"),
    ],
)
def test_keys_pressed_in_the_wrong_language_say_what_was_meant(keys: str, meant: str) -> None:
    assert hangul.in_korean(keys) == meant


@pytest.mark.parametrize("word", ["cctv", "park", "pm10", "2020", "", "ㄱㄴ", "인구"])
def test_latin_words_are_no_korean_ones(word: str) -> None:
    assert hangul.in_korean(word) is None


def test_korean_keys_for_a_latin_word_say_what_was_meant() -> None:
    assert hangul.in_latin("ㅊㅊㅅㅍ") == "cctv"


@pytest.mark.parametrize(
    ("text", "asked"), [("ㅎㅈㅅ", True), ("ㄱㄷㄱ", True), ("화ㅈㅅ", False), ("", False), ("ㅏ", False)]
)
def test_initials_are_known(text: str, asked: bool) -> None:
    assert hangul.is_initials(text) is asked
