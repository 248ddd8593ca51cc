"""Words are found by the consonants their syllables begin with."""

from hypothesis import given
from hypothesis import strategies as st

from search.language import hangul
from search.language.initials import Initials

WORDS = st.dictionaries(st.text("가화장실ㅎㅈa1𠀀", min_size=1, max_size=4), st.integers(0, 3), max_size=12)


@given(WORDS)
def test_a_word_of_syllables_is_found_by_its_initials_and_no_other_is(records: dict[str, int]) -> None:
    made = Initials.of(records)
    ordered = sorted(sorted(records), key=records.__getitem__, reverse=True)
    for spelt in {*map(hangul.initials, records), "ㅋㅋ"}:
        begun = [one for one in ordered if hangul.is_initials(spelt) and hangul.initials(one) == spelt]
        assert made.starting(spelt, 12) == begun
        assert made.starting(spelt, 1) == begun[:1]
