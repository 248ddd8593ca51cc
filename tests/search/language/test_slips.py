"""Looking at the letters of words first loses no word that is near."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from search.language import hangul
from search.language.slips import Slips

WORDS = st.text(alphabet="가각간갇나낙다닥공중화장실정싫ㅘㅎabc𠮷", min_size=1, max_size=6)


def slips_between(one: str, other: str) -> int:
    return OSA.distance(hangul.strokes(one), hangul.strokes(other))


@given(WORDS, st.lists(WORDS, max_size=30), st.integers(1, 2))
def test_words_near_are_those_that_comparing_all_would_find(meant: str, words: list[str], slips: int) -> None:
    found = sorted(Slips.of(words).near(meant, slips))
    assert found == sorted(
        (word, slips_between(meant, word)) for word in words if slips_between(meant, word) <= slips
    )
