"""What some word of many holds is found without reading them all, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from search.language.substrings import Substrings

LETTERS = "가나각a1𠮷\U00020000\ud800"
"""Some share the number of their pair: only a look at the letters tells them apart."""
WORDS = st.lists(st.text(LETTERS, max_size=5), max_size=8)


@given(WORDS, st.text(LETTERS, max_size=4))
def test_what_a_word_holds_is_held(words: list[str], part: str) -> None:
    assert Substrings.of(words).holds(part) == (any(part in word for word in words) or not part)


@given(WORDS.filter(any), st.data())
def test_every_part_of_every_word_is_held(words: list[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(words))
    start = data.draw(st.integers(0, len(word)))
    assert Substrings.of(words).holds(word[start : data.draw(st.integers(start, len(word)))])


@given(WORDS, st.text(LETTERS, min_size=1, max_size=3), st.integers(1, 4))
def test_what_stands_behind_a_part_is_found(words: list[str], part: str, letters: int) -> None:
    ends = {
        word[at + len(part) :][:letters]
        for word in words
        for at in range(len(word))
        if word.startswith(part, at)
    }
    assert Substrings.of(words).behind(part, letters) == ends
