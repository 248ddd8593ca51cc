"""A dataset is found by the words of its own texts: all datasets are looked through at once."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from search import text
from search.documents import Column, Dataset
from search.language.holders import Holders
from search.plan import Clause, Word

WILD = st.text(alphabet='가나다 12a,.·-\n"ㄱ大2019', max_size=8)


def dataset(key: str, title: str, description: str, columns: list[str]) -> Dataset:
    made = Dataset(key, title, "환경 > 공원", "강동구", description, "a.csv", "e", "2026", 1)
    return replace(made, columns=tuple(Column(name, "m0", "measure", "count") for name in columns))


DATASETS = st.lists(st.tuples(WILD, WILD, st.lists(WILD, max_size=2)), max_size=4).map(
    lambda made: [dataset(str(at), *one) for at, one in enumerate(made)]
)


def words(datasets: list[Dataset], wild: str) -> set[str]:
    parts = (run[:2] for one in datasets for value in one.texts() for run in text.runs(value))
    return {word for word in (text.joined(wild), *text.runs(wild), *parts) if word}


@given(DATASETS, WILD, st.booleans())
def test_the_datasets_that_hold_a_word_are_those_of_which_a_text_holds_it(
    datasets: list[Dataset], wild: str, across: bool
) -> None:
    holders = Holders.of(datasets)

    def holding(word: str, values: dict[str, list[str]]) -> list[str]:
        return [
            key
            for key, held in values.items()
            if any(text.holds(value, word, across=across) for value in held)
        ]

    for word in words(datasets, wild):
        clause = Clause(word, (Word(word, across=across),))
        assert list(holders.added(clause).datasets) == holding(
            word, {one.id: list(one.texts()) for one in datasets}
        )
        assert list(holders.added(replace(clause, excluded=True)).datasets) == holding(
            word, {one.id: list(one.names()) for one in datasets}
        )
        named = holders.named(clause)
        assert sorted(named.titles) == holding(word, {one.id: [one.title] for one in datasets})
        assert sorted(named.columns) == holding(
            word, {one.id: [column.name for column in one.columns] for one in datasets}
        )


def test_datasets_that_hold_it_come_after_those_a_clause_names_already() -> None:
    holders = Holders.of(dataset(key, title, "", []) for key, title in (("a", "주차장"), ("b", "하천")))
    clause = Clause("주차장", (Word("주차장", across=False),), datasets=("b", "a"))
    assert holders.added(clause).datasets == ("b", "a")
    assert holders.added(replace(clause, datasets=())).datasets == ("a",)
    assert len(holders) == 2
