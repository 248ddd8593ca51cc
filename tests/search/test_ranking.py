"""The words of a search order datasets; only where they tell the same are records asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from search.documents import Dataset
from search.engine import Build
from search.finding import find as finding
from search.finding import ranking
from search.finding.find import Asked, find
from search.language.query import Language
from search.language.synonyms import Synonyms
from search.plan import Answer, Best, Filter, Group, Groups, Question, Top


def dataset(key: str, title: str, records: int = 10) -> Dataset:
    return Dataset(key, title, "환경", "강동구", "", f"{key}.csv", "e", "2026", records)


DATASETS = {
    one.id: one
    for one in (
        dataset("a", "공원 목록"),
        dataset("b", "하천 현황", 20),
        dataset("c", "도로 현황", 20),
        dataset("d", "가로등 현황", 40),
    )
}


@dataclass
class Answering:
    """A build in which every dataset has as many records found as ``counts`` says."""

    counts: Mapping[str, int]
    best: Mapping[str, float] = field(default_factory=dict)
    build: Build = field(default_factory=lambda: Build("1", "2026"))
    datasets: Mapping[str, Dataset] = field(default_factory=lambda: DATASETS)
    versions: Mapping[str, str] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        self.asked += questions
        return [self._answer(one) for one in questions]

    def _answer(self, one: Question) -> Answer:
        if isinstance(one, Best):
            return Answer(best=self.best)
        if isinstance(one, Groups):
            return Answer(tuple(Group((key,), count) for key, count in self.counts.items()))
        return Answer()

    def bests(self) -> list[Best]:
        return [one for one in self.asked if isinstance(one, Best)]


LANGUAGE = Language.of(tuple(DATASETS.values()), Synonyms.load(), 2026)


def test_places_that_words_decide_are_not_tied() -> None:
    told = {"a": (0.0, -4.0), "b": (0.0, -2.0), "c": (0.0, -2.0), "d": (0.0, -1.0)}
    assert ranking.tied(told, 0, 10) == ("b", "c")
    assert ranking.tied(told, 0, 1) == ()  # nobody stands beside the first
    assert ranking.tied(told, 2, 3) == ("b", "c")  # the second of the two is shown
    assert ranking.tied(told, 3, 10) == ()


def test_records_are_asked_only_of_datasets_of_which_the_words_tell_the_same() -> None:
    # half of the records of b and of c hold the word; a is called so, in d all do
    build = Answering({"a": 10, "b": 10, "c": 10, "d": 40}, {"c": 2.0, "b": 1.0})
    found = find(build, Asked("공원"), LANGUAGE)
    assert [one.dataset.id for one in found.datasets] == ["a", "d", "c", "b"]
    (best,) = build.bests()
    assert best.selection.filters == (Filter("dataset", ("b", "c")),)


def test_of_a_dataset_that_stands_alone_no_best_record_is_asked_for() -> None:
    build = Answering({"a": 10, "d": 40})
    find(build, Asked("공원"), LANGUAGE)
    assert build.bests() == []


def test_of_more_records_than_few_can_speak_for_the_counts_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_RANKED", 19)
    build = Answering({"b": 10, "c": 10}, {"c": 2.0})
    find(build, Asked("공원"), LANGUAGE)
    assert build.bests() == []


def test_an_order_by_name_or_date_asks_for_no_scores() -> None:
    build = Answering({"b": 10, "c": 10})
    find(build, Asked("공원", sort="name"), LANGUAGE)
    find(build, Asked("공원", sort="newest"), LANGUAGE)
    assert build.bests() == []


def test_who_asks_for_no_records_of_datasets_is_given_none() -> None:
    build = Answering({"a": 10})
    (one,) = find(build, Asked("공원", records=0), LANGUAGE).datasets
    assert (one.hits, [asked for asked in build.asked if isinstance(asked, Top)]) == ((), [])
