"""The normal form holds for every character there is."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from search import text

MARKS = st.sampled_from("\u0301\u0331\u0323\u0307\u200b\ufe00\u1161\u11a8Ａa가ㆍİΣß")
WILD = st.lists(st.one_of(st.characters(exclude_categories=["Cs"]), MARKS), max_size=20).map("".join)
LAST = 0x32400  # beyond stand no letters
EVERY = [chr(code) for code in range(LAST) if not 0xD800 <= code < 0xE000]


def test_every_character_keeps_its_normal_form_when_folded_again() -> None:
    assert [char for char in EVERY if text.fold(text.fold(char)) != text.fold(char)] == []


def test_every_character_folds_the_same_composed_or_not() -> None:
    apart = [char for char in EVERY if text.fold(unicodedata.normalize("NFD", char)) != text.fold(char)]
    assert apart == []


@given(WILD)
def test_folding_twice_changes_nothing_more(value: str) -> None:
    assert text.fold(text.fold(value)) == text.fold(value)


@given(WILD, WILD)
def test_a_word_folds_the_same_whatever_stands_behind_a_blank(one: str, other: str) -> None:
    assert text.runs(f"{one} {other}") == text.runs(one) + text.runs(other)


@given(WILD)
def test_bigrams_of_words_and_those_between_them_are_all_of_the_joined_value(value: str) -> None:
    runs = text.cut(value)
    inside = [pair for run in runs for pair in text.bigrams(run)]
    assert sorted([*inside, *text.seams(runs)]) == sorted(text.bigrams("".join(runs)))
