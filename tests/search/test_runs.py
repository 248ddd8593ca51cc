"""Values are cut side by side as they are cut one by one."""

from hypothesis import given
from hypothesis import strategies as st

from search import text
from search.batch import texts
from search.runs import Runs
from tests.search.test_fold import WILD

COLUMNS = st.lists(
    st.one_of(
        WILD,
        st.sampled_from(
            [
                "",
                "시ㆍ군·구",
                "천호동 12-3",
                " · ",
                "CCTV 3대",
                "A",
                "02-820-1522",
                "37.5",
                "7",
                "가1 23 4나56",
                "2024-07-15",
                "2024.7.15",
                "접수 2023-1-2 09:30~2024-12-31",
                "2024 13 1 1999 12 31",
                "2024-7",
                "2024 2024 7 15",
            ]
        ),
    ),
    max_size=8,
)


@given(COLUMNS)
def test_a_column_has_the_runs_of_each_of_its_values(values: list[str]) -> None:
    cut = Runs.of(texts(values))
    assert cut.placed(cut.joined(cut.lists, " ")).to_pylist() == [
        " ".join(text.cut(value)) or None for value in values
    ]


@given(COLUMNS)
def test_seams_lie_between_the_runs_of_one_value_only(values: list[str]) -> None:
    cut = Runs.of(texts(values))
    found = cut.placed(cut.joined(cut.seams(), " ")).to_pylist()
    assert [one.split(" ") if one else [] for one in found] == [
        text.seams(text.cut(value)) for value in values
    ]


def test_what_is_made_of_a_run_is_made_once() -> None:
    asked: list[str] = []

    def made(run: str) -> tuple[str]:
        asked.append(run)
        return (run.upper(),)

    cut = Runs.of(texts(["a b", "b a", None, "a b", "a"]))
    (lists,) = cut.each(made, 1)
    assert cut.placed(cut.joined(lists, " ")).to_pylist() == ["A B", "B A", None, "A B", "A"]
    assert sorted(asked) == ["a", "b"]


@given(COLUMNS)
def test_a_column_has_the_numbers_of_each_of_its_values(values: list[str]) -> None:
    cut = Runs.of(texts(values))
    assert cut.placed(cut.joined(cut.singles(), " ")).to_pylist() == [
        " ".join(text.singles(text.cut(value))) or None for value in values
    ]


@given(COLUMNS)
def test_what_is_made_of_words_is_not_made_of_values_that_are_numbers(values: list[str]) -> None:
    cut = Runs.of(texts(values))
    assert cut.placed(cut.joined(cut.worded(cut.lists), " ")).to_pylist() == [
        " ".join(runs) if (runs := text.cut(value)) and not all(map(text.is_digits, runs)) else None
        for value in values
    ]
