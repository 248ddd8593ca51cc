"""Which words hold a text is found without reading them all, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from search.language.substrings import Substrings

LETTERS = "가나각a1𠮷\U00020000\ud800"
"""Some share the number of their pair: only a look at the letters tells them apart."""
WORDS = st.lists(st.text(LETTERS, max_size=5), max_size=8)


@given(WORDS, st.text(LETTERS, min_size=1, max_size=4))
def test_words_that_hold_a_part_are_found_once_for_each_place_with_what_stands_behind(
    words: list[str], part: str
) -> None:
    held = [
        (word, word[at + len(part) :])
        for word in words
        for at in range(len(word))
        if word.startswith(part, at)
    ]
    assert sorted(Substrings.of(words).holding(part)) == sorted(held)


@given(WORDS.filter(any), st.data())
def test_every_part_of_every_word_is_held(words: list[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from([word for word in words if word]))
    start = data.draw(st.integers(0, len(word) - 1))
    part = word[start : data.draw(st.integers(start + 1, len(word)))]
    assert word in {held for held, _ in Substrings.of(words).holding(part)}
