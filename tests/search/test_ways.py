"""Words that stand in a dataset's own texts are not looked for in its records; engines are told so plainly."""

from search.documents import Dataset
from search.embedded.among import Among, among
from search.plan import Clause, Filter, Selection, Word
from search.ways import Way, others, ways


def dataset(key: str, records: int, area: str = "환경", provider: str = "강동구") -> Dataset:
    return Dataset(key, key, area, provider, "", f"{key}.csv", "e", "2026", records)


def clause(word: str, *holders: str, excluded: bool = False) -> Clause:
    return Clause(word, (Word(word, across=False),), holders, excluded=excluded)


DATASETS = {
    one.id: one
    for one in (
        dataset("big", 1_000),
        dataset("small", 10, area="교통"),
        dataset("middle", 100, provider="통계청"),
        dataset("nameless", 5, area="", provider=""),
    )
}
EVERY = tuple(DATASETS)


def test_datasets_that_hold_the_same_words_are_one_way() -> None:
    both, one = clause("공원", "big", "middle"), clause("화장실", "big")
    found = ways(Selection((both, one)), DATASETS)
    left = {way.datasets: [said.word for said in way.clauses] for way in found.ways}
    assert left == {("big",): [], ("middle",): ["화장실"], ("small", "nameless"): ["공원", "화장실"]}


def test_a_dataset_that_holds_every_word_is_found_whole() -> None:
    assert ways(Selection((clause("공원", "big"),)), DATASETS).whole() == ("big",)
    assert ways(Selection(), DATASETS).whole() == EVERY


def test_nothing_is_whole_where_records_are_chosen_or_excluded() -> None:
    year, words = Filter("year", (2020,)), clause("공원", "big")
    assert ways(Selection((words,), (year,)), DATASETS).whole() == ()
    assert ways(Selection((words, clause("폐업", excluded=True))), DATASETS).whole() == ()


def test_a_choice_of_datasets_is_told_by_the_ways_and_no_more_a_filter() -> None:
    chosen = (Filter("area", ("환경",)), Filter("provider", ("강동구",)), Filter("year", (2020,)))
    found = ways(Selection((), chosen), DATASETS)
    assert [way.datasets for way in found.ways] == [("big",)]
    assert found.filters == (Filter("year", (2020,)),)


def test_a_dataset_without_an_area_is_of_none_even_if_none_is_asked_for() -> None:
    assert ways(Selection((), (Filter("area", ("",)),)), DATASETS).ways == ()


def test_several_choices_of_datasets_are_all_to_be_met() -> None:
    chosen = (Filter("dataset", ("big", "small", "gone")), Filter("dataset", ("small", "middle")))
    assert [way.datasets for way in ways(Selection((), chosen), DATASETS).ways] == [("small",)]


def test_an_excluded_word_takes_its_datasets_out_whole_and_stays_to_be_looked_for_in_records() -> None:
    found = ways(Selection((clause("공원", "big", "small", excluded=True),)), DATASETS)
    assert [way.datasets for way in found.ways] == [("middle", "nameless")]
    assert [(one.word, one.datasets) for one in found.excluded] == [("공원", ())]


def test_records_are_not_looked_at_for_a_word_that_only_datasets_can_hold() -> None:
    found = ways(Selection((Clause("지역", (), ("small",)),)), DATASETS)
    assert found.ways == (Way((), ("small",)),)


def test_the_others_are_what_is_left_without_whole_datasets() -> None:
    rest = others(Selection((clause("공원", "big"),)), ("big",))
    assert [way.datasets for way in ways(rest, DATASETS).ways] == [("small", "middle", "nameless")]


def looked(rare: int, *clauses: Clause, of: int = -1) -> Among | None:
    found = ways(Selection(clauses), DATASETS)
    return among(found.ways[of], found, DATASETS, rare)


def test_the_fewer_records_are_named() -> None:
    # left are small, middle and nameless (115 records): fewer than the 1,000 of the other
    street = clause("천호대로", "big")
    rest = ways(others(Selection((street,)), ("big",)), DATASETS)
    assert among(rest.ways[0], rest, DATASETS, 500) == Among(("small", "middle", "nameless"), excluded=False)
    rest = ways(others(Selection((clause("천호대로", "small"),)), ("small",)), DATASETS)
    assert among(rest.ways[0], rest, DATASETS, 500) == Among(("small",), excluded=True)


def test_records_that_hold_every_word_need_not_be_kept_out_of_datasets_that_hold_some() -> None:
    assert looked(3, clause("공원", "big")) is None


def test_datasets_of_few_records_are_named_where_the_word_is_common() -> None:
    found = looked(900, clause("공원", "big"))
    assert found == Among(("small", "middle", "nameless"), excluded=False)
