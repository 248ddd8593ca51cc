"""Searching as people search: words spread over title, place and year, facets that can be undone."""

import pytest
from werkzeug.datastructures import MultiDict

from app.choices import Choice
from app.find import Searched, search
from app.forms import search_form
from app.paging import NoSuchPage
from app.params import read
from search.documents import Dataset
from search.engine import Snapshot
from search.language.query import Language
from search.language.synonyms import Synonyms

FORM = search_form(10)


def found(snapshot: Snapshot, q: str = "", **chosen: str | list[str]) -> Searched:
    language = Language.of(snapshot.datasets.values(), Synonyms.load(), 2026)
    return search(snapshot, read(MultiDict({"q": q, **chosen}), FORM), language)


def facet(answer: Searched, name: str) -> dict[str, Choice]:
    return {choice.value: choice for of, choices in answer.facets for choice in choices if of.name == name}


def titles(answer: Searched) -> list[str]:
    return [one.dataset.title for one in answer.datasets]


@pytest.mark.parametrize("q", ["천호동 화장실 2025", "2025년 화장실 천호동", "화장실 강동구 천호동 환경"])
def test_words_lie_in_title_place_and_year(snapshot: Snapshot, q: str) -> None:
    answer = found(snapshot, q)
    assert titles(answer) == ["공중화장실 현황"]
    assert all("천호동" in " ".join(hit.record.row.values()) for hit in answer.datasets[0].hits)
    assert facet(answer, "year").keys() == {"2025"}


def test_without_words_everything_is_found_newest_first(
    snapshot: Snapshot, datasets: tuple[Dataset, ...]
) -> None:
    answer = found(snapshot)
    assert answer.found.total == sum(one.records for one in datasets)
    assert answer.found.datasets_total == len(datasets)
    moments = [one.dataset.fetched_at for one in answer.datasets]
    assert moments == sorted(moments, reverse=True)


def test_the_dataset_of_that_name_comes_first(snapshot: Snapshot, datasets: tuple[Dataset, ...]) -> None:
    for one in datasets:
        assert titles(found(snapshot, one.title))[0] == one.title


def test_by_name_means_by_name(snapshot: Snapshot) -> None:
    names = titles(found(snapshot, "강동구", sort="name"))
    assert len(names) > 3
    assert names == sorted(names)


def test_a_facet_is_counted_without_its_own_choice(snapshot: Snapshot) -> None:
    free = facet(found(snapshot, "강동구"), "area")
    value = next(iter(free))
    answer = found(snapshot, "강동구", area=value)
    assert {key: choice.count for key, choice in facet(answer, "area").items()} == {
        key: choice.count for key, choice in free.items()
    }
    assert facet(answer, "area")[value].chosen
    assert sum(choice.count for choice in facet(answer, "provider").values()) == answer.found.total


def test_choices_of_one_facet_add_up(snapshot: Snapshot) -> None:
    first, second, *_ = facet(found(snapshot), "area").values()
    both = found(snapshot, area=[first.value, second.value])
    assert both.found.total == first.count + second.count


def test_facets_narrow_each_other(snapshot: Snapshot) -> None:
    year = found(snapshot, year="2020")
    for value, choice in facet(year, "area").items():
        assert found(snapshot, year="2020", area=value).found.total == choice.count


def test_a_chosen_value_without_hits_stays(snapshot: Snapshot) -> None:
    answer = found(snapshot, "화장실", area="교통 > 지하철", region="없는동")
    assert answer.found.total == 0
    assert facet(answer, "area")["교통 > 지하철"] == Choice("교통 > 지하철", 0, chosen=True)
    assert facet(answer, "region")["없는동"].chosen


def test_nothing_found_says_which_word_is_to_blame(snapshot: Snapshot) -> None:
    alone = dict(found(snapshot, "화장실 쿠쿠루").found.alone)
    assert alone["쿠쿠루"] == 0
    assert alone["화장실"] == found(snapshot, "화장실").found.total > 0


def test_years_and_areas_add_up_to_the_total(snapshot: Snapshot) -> None:
    answer = found(snapshot, "강동구")
    assert sum(group.records for group in answer.by_area) == answer.found.total
    assert sum(group.records for group in answer.by_year) <= answer.found.total


def test_pages_hold_every_dataset_once(snapshot: Snapshot, datasets: tuple[Dataset, ...]) -> None:
    pages = [found(snapshot, size="5", page=str(page)) for page in range(1, -(-len(datasets) // 5) + 1)]
    assert sorted(one.dataset.id for page in pages for one in page.datasets) == sorted(
        one.id for one in datasets
    )


def test_a_page_after_the_last_names_the_last(snapshot: Snapshot) -> None:
    with pytest.raises(NoSuchPage, match="마지막 쪽은 2쪽"):
        found(snapshot, page="999999")


def test_of_a_query_of_ten_thousand_characters_the_first_are_asked(snapshot: Snapshot) -> None:
    answer = found(snapshot, "가" * 10_000)
    assert answer.params.is_cut
    assert answer.params.q == "가" * 200


def test_signs_alone_ask_for_nothing(snapshot: Snapshot) -> None:
    assert found(snapshot, "!!! ???").found.query.clauses == ()


def test_dropping_a_choice_leads_to_what_it_says(snapshot: Snapshot) -> None:
    toilets = next(one for one in snapshot.datasets.values() if one.title == "공중화장실 현황")
    answer = found(snapshot, "화장실", dataset=toilets.id, column="없는 항목")
    assert answer.found.total == 0
    ways = [way for way in answer.ways if way.kind == "filter"]
    assert [way.name for way in ways] == ["항목"]
    language = Language.of(snapshot.datasets.values(), Synonyms.load(), 2026)
    for way in answer.ways:
        assert search(snapshot, way.params, language).found.total == way.records
