"""Variants lead conjunctions of their own where that costs less, and never so many that a query has no end."""

from math import prod

from hypothesis import given
from hypothesis import strategies as st

from search.embedded.queries import MOST_APART, TIMES_MORE, apart
from search.plan import Clause, Filter, Word


def clause(name: str, variants: int, cases: int = 0) -> Clause:
    words = tuple(Word(f"{name}{number}", across=False) for number in range(variants))
    return Clause(name, words, cases=tuple((Filter("year", (number,)),) for number in range(cases)))


def test_a_common_word_of_two_spellings_stands_apart_beside_a_rare_one() -> None:
    rare, common = clause("천호대로", 1), clause("서울", 2, cases=1)
    first, second = apart({rare: 10, common: 10 * TIMES_MORE + 1}, 10)
    assert first == (rare,)
    assert [(len(one.variants), len(one.cases)) for one in second] == [(1, 0), (1, 0), (0, 1)]


def test_a_word_that_is_no_more_common_stays_as_it_is() -> None:
    word = clause("서울", 3)
    assert list(apart({word: 10 * TIMES_MORE}, 10)) == [(word,)]


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9), st.integers(0, 10_000)), max_size=20))
def test_however_many_words_and_variants_there_are_conjunctions_stay_few(
    words: list[tuple[int, int, int]],
) -> None:
    often = {clause(str(at), some, cases): times for at, (some, cases, times) in enumerate(words)}
    made = list(apart(often, 1))
    assert prod(map(len, made)) <= MOST_APART
    for (whole, _), ways in zip(often.items(), made, strict=True):
        assert [word for one in ways for word in one.variants] == list(whole.variants)
        assert [case for one in ways for case in one.cases] == list(whole.cases)
