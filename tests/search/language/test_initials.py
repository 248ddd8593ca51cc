"""Words are found by the consonants their syllables begin with."""

from hypothesis import given
from hypothesis import strategies as st

from search.language import hangul
from search.language.initials import Initials

WORDS = st.lists(st.text("가화장실ㅎㅈa1𠀀", min_size=1, max_size=4), unique=True, max_size=12)


@given(WORDS)
def test_a_word_of_syllables_is_found_by_its_initials_and_no_other_is(words: list[str]) -> None:
    made = Initials.of(words)
    for spelt in {*map(hangul.initials, words), "ㅋㅋ"}:
        begun = [one for one in words if hangul.is_initials(spelt) and hangul.initials(one) == spelt]
        assert sorted(made.starting(spelt)) == sorted(begun)
