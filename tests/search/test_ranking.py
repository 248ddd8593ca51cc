"""The words of a search order datasets; only where they tell the same are records asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from search.documents import Dataset, Record
from search.engine import Build
from search.finding import find as finding
from search.finding import ranking
from search.finding.find import Asked, find
from search.finding.ranking import Alike
from search.language.query import Language
from search.language.synonyms import Synonyms
from search.plan import Answer, Best, Filter, Group, Groups, Hit, Question, Top


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
    trips: list[Sequence[Question]] = field(default_factory=list)

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        self.trips += [tuple(questions)] if questions else []
        return [self._answer(one) for one in questions]

    def _answer(self, one: Question) -> Answer:
        if isinstance(one, Best):
            return Answer(best=self.best)
        if isinstance(one, Groups):
            return Answer(tuple(Group((key,), count) for key, count in self.counts.items()))
        assert isinstance(one, Top)
        (key,) = (key for made in one.selection.filters for key in made.values)
        record = Record(str(key), 0, "환경", "강동구", "", {})
        return Answer(hits=(Hit(record, self.best.get(str(key), 0.0)),))

    @property
    def asked(self) -> list[Question]:
        return [question for trip in self.trips for question in trip]

    def tops(self) -> list[Top]:
        return [one for one in self.asked if isinstance(one, Top)]

    def bests(self) -> list[Best]:
        return [one for one in self.asked if isinstance(one, Best)]


LANGUAGE = Language.of(tuple(DATASETS.values()), Synonyms.load(), 2026)


def test_places_that_words_decide_are_told_from_those_that_they_do_not() -> None:
    told = {"a": (0.0, -4.0), "b": (0.0, -2.0), "c": (0.0, -2.0), "d": (0.0, -1.0)}
    a, both, d = Alike(("a",), inside=True), Alike(("b", "c"), inside=True), Alike(("d",), inside=True)
    cut = Alike(("b", "c"), inside=False)
    assert list(ranking.alike(told, 0, 10)) == [a, both, d]
    assert list(ranking.alike(told, 0, 1)) == [a]  # nobody stands beside the first
    assert list(ranking.alike(told, 0, 2)) == [a, cut]  # who of the two is shown?
    assert list(ranking.alike(told, 2, 3)) == [cut]  # the second of them
    assert list(ranking.alike(told, 3, 10)) == [d]


def test_of_datasets_of_which_the_words_tell_the_same_the_one_with_the_best_record_comes_first() -> None:
    # half of the records of b and of c hold the word; a is called so, in d all do
    build = Answering({"a": 10, "b": 10, "c": 10, "d": 40}, {"c": 2.0, "b": 1.0})
    found = find(build, Asked("공원"), LANGUAGE)
    assert [one.dataset.id for one in found.datasets] == ["a", "d", "c", "b"]
    assert found.datasets[2].hits[0].score == 2.0
    # all of them are shown: their first records are asked for anyhow, in one trip with the others
    assert build.bests() == []
    assert len(build.trips) == 2


def test_records_of_a_dataset_that_is_called_so_stand_in_the_order_of_its_file() -> None:
    build = Answering({"a": 10, "d": 40})
    find(build, Asked("공원"), LANGUAGE)
    called, other = build.tops()
    assert (called.order, called.rank) == ("row", "")
    assert (other.order, "공원" in other.rank.split()) == ("relevance", True)
    find(build, Asked("공원 벤치"), LANGUAGE)
    called, other = build.tops()[2:]
    assert called.order == "relevance"  # of a park's records those with a bench
    assert [word in called.rank.split() for word in ("공원", "벤치")] == [False, True]
    assert [word in other.rank.split() for word in ("공원", "벤치")] == [True, True]


def test_what_is_excluded_ranks_nothing() -> None:
    build = Answering({"d": 40})
    find(build, Asked("벤치 -공원"), LANGUAGE)
    (top,) = build.tops()
    assert [word in top.rank.split() for word in ("공원", "벤치")] == [False, True]


def test_of_tied_datasets_that_are_called_so_the_counts_decide() -> None:
    build = Answering({"b": 10, "c": 12, "d": 11}, {"b": 9.0})
    found = find(build, Asked("현황", size=1), LANGUAGE)
    assert [one.dataset.id for one in found.datasets] == ["c"]
    assert build.bests() == []


def test_where_only_some_of_them_are_shown_the_best_records_are_asked_for_beside_the_first() -> None:
    build = Answering({"a": 10, "b": 10, "c": 10, "d": 40}, {"c": 2.0, "b": 1.0})
    found = find(build, Asked("공원", size=3), LANGUAGE)
    assert [one.dataset.id for one in found.datasets] == ["a", "d", "c"]
    (best,) = build.bests()
    assert best.selection.filters == (Filter("dataset", ("b", "c")),)
    assert [len(trip) for trip in build.trips[1:]] == [3, 1]  # of a and d, with the scores; then of c
    assert [hit.score for one in found.datasets for hit in one.hits] == [0.0, 0.0, 2.0]


def test_the_order_of_a_page_is_that_of_a_longer_one() -> None:
    build = Answering({"a": 10, "b": 10, "c": 10, "d": 40}, {"c": 2.0, "b": 1.0})
    whole = [one.dataset.id for one in find(build, Asked("공원"), LANGUAGE).datasets]
    paged = [
        one.dataset.id
        for page in (1, 2)
        for one in find(build, Asked("공원", size=3, page=page), LANGUAGE).datasets
    ]
    assert paged == whole
    assert [one.dataset.id for one in find(build, Asked("공원", records=0), LANGUAGE).datasets] == whole


def test_of_a_dataset_that_stands_alone_no_best_record_is_asked_for() -> None:
    build = Answering({"a": 10, "d": 40})
    find(build, Asked("공원"), LANGUAGE)
    assert build.bests() == []


def test_of_more_records_than_few_can_speak_for_the_counts_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_RANKED", 19)
    build = Answering({"b": 10, "c": 10}, {"c": 2.0})
    find(build, Asked("공원", size=1), LANGUAGE)
    assert build.bests() == []
    monkeypatch.setattr(finding, "MOST_RANKED", 20)
    find(build, Asked("공원", size=1), LANGUAGE)
    assert len(build.bests()) == 1


def test_an_order_by_name_or_date_asks_for_no_scores() -> None:
    build = Answering({"b": 10, "c": 10})
    find(build, Asked("공원", sort="name", size=1), LANGUAGE)
    find(build, Asked("공원", sort="newest", size=1), LANGUAGE)
    assert build.bests() == []


def test_who_asks_for_no_records_of_datasets_is_given_none() -> None:
    build = Answering({"a": 10})
    (one,) = find(build, Asked("공원", records=0), LANGUAGE).datasets
    assert (one.hits, build.tops()) == ((), [])
