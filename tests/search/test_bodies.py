"""What OpenSearch is asked, whole."""

from dataclasses import replace

import pytest

from search import ways
from search.documents import Dataset
from search.engine import Build
from search.gathering import gathered
from search.manifest import Manifest
from search.opensearch import bodies
from search.plan import Best, Clause, Filter, Groups, Selection, Top, Word


def dataset(key: str, area: str, records: int) -> Dataset:
    return Dataset(key, key, area, "강동구", "", f"{key}.csv", "e", "2026", records)


DATASETS = {key: dataset(key, area, 10) for key, area in (("a", "보건"), ("b", "환경"), ("c", "환경"))}
BUILD = Manifest(Build("1", "2026"), None, DATASETS, "records", {key: f"{key}@1" for key in DATASETS})
SELECTION = Selection(
    (
        Clause("화장실", (Word("화장실", across=False), Word("변소", across=False)), ("b",)),
        Clause("천호공원길", (Word("천호공원길", across=True),)),
    ),
    (Filter("year", (2020, 2021)),),
)
TOILETS = {
    "bool": {
        "should": [
            {"bool": {"filter": [{"term": {"inside": "화장"}}, {"term": {"inside": "장실"}}]}},
            {"term": {"inside": "변소"}},
        ],
        "minimum_should_match": 1,
    }
}
STREET = {"bool": {"filter": [{"term": {"across": gram}} for gram in ("천호", "호공", "공원", "원길")]}}
LIVE = {"terms": {"version": ["a@1", "b@1", "c@1"]}}
FILTER = [
    {
        "bool": {
            "should": [
                {"bool": {"filter": [{"terms": {"version": ["a@1", "c@1"]}}, TOILETS, STREET]}},
                {"bool": {"filter": [{"terms": {"version": ["b@1"]}}, STREET]}},
            ],
            "minimum_should_match": 1,
        }
    },
    {"terms": {"year": [2020, 2021]}},
]


def test_groups_ask_for_no_hits_and_no_scores() -> None:
    (part,) = gathered([Groups(SELECTION, by=("year", "area"), numbers=("m0",))])
    assert bodies.request(part, BUILD) == {
        "size": 0,
        "timeout": "3s",
        "track_total_hits": False,
        "query": {"bool": {"filter": FILTER}},
        "aggs": {
            "0_by": {
                "terms": {"field": "year", "size": 5000},
                "aggs": {
                    "by": {
                        "terms": {"field": "area", "size": 5000},
                        "aggs": {"m0": {"stats": {"field": "m0"}}},
                    }
                },
            }
        },
    }


def test_a_total_is_counted_exactly() -> None:
    (part,) = gathered([Groups(Selection())])
    assert bodies.request(part, BUILD) == {
        "size": 0,
        "timeout": "3s",
        "track_total_hits": True,
        "query": {"bool": {"filter": [LIVE]}},
    }


def test_hits_are_ranked_by_title_before_body_and_not_counted() -> None:
    assert bodies.request(Top(SELECTION, 3, rank="화장실"), BUILD) == {
        "size": 3,
        "timeout": "3s",
        "track_total_hits": False,
        "stored_fields": ["record"],
        "docvalue_fields": ["dataset"],
        "query": {
            "bool": {
                "filter": FILTER,
                "should": [
                    {"match": {"title": {"query": "화장실", "boost": 3.0}}},
                    {"match": {"body": {"query": "화장실", "boost": 1.0}}},
                ],
            }
        },
    }


def test_a_cursor_goes_on_after_a_row() -> None:
    body = bodies.request(Top(Selection(), 20, order="row", after=41), BUILD)
    assert (body["sort"], body["search_after"]) == ([{"ordinal": "asc"}], [41])


def test_what_is_counted_of_the_same_records_is_one_request() -> None:
    by_area, by_year = (Groups(SELECTION, by=(name,)) for name in ("area", "year"))
    (part,) = gathered([by_area, by_year, by_area])
    body = bodies.request(part, BUILD)
    assert {name: inner["terms"]["field"] for name, inner in body["aggs"].items()} == {
        "0_by": "area",
        "1_by": "year",
    }


def test_the_best_of_each_dataset_is_read_without_its_records() -> None:
    body = bodies.request(Best(SELECTION, 300, "천호"), BUILD)
    assert (body["stored_fields"], body["docvalue_fields"]) == ("_none_", ["dataset"])
    assert body["size"] == 300
    assert body["track_total_hits"] is False


def filtered(*clauses: Clause, filters: tuple[Filter, ...] = ()) -> object:
    return bodies.request(Top(Selection(clauses, filters), 3), BUILD)["query"]["bool"]


def test_records_of_one_dataset_are_those_of_its_version() -> None:
    held = Clause("화장실", (Word("변소", across=False),), ("b",))
    assert filtered(held, filters=(Filter("dataset", ("b",)),)) == {
        "filter": [{"terms": {"version": ["b@1"]}}],
        "should": [],
    }


def test_datasets_of_an_area_are_named_by_their_versions() -> None:
    street = Clause("천호공원길", (Word("천호공원길", across=True),))
    chosen = (Filter("area", ("환경",)), Filter("dataset", ("a", "c")))
    assert filtered(street, filters=chosen) == {
        "filter": [{"terms": {"version": ["c@1"]}}, STREET],
        "should": [],
    }


def test_what_is_excluded_is_neither_in_the_dataset_nor_in_the_record() -> None:
    unwanted = Clause("변소", (Word("변소", across=False),), ("b",), excluded=True)
    assert filtered(unwanted) == {
        "filter": [{"terms": {"version": ["a@1", "c@1"]}}],
        "must_not": [{"term": {"inside": "변소"}}],
        "should": [],
    }


def test_where_no_dataset_is_left_nothing_is_found() -> None:
    assert filtered(filters=(Filter("area", ("교통",)),)) == {"filter": [{"match_none": {}}], "should": []}


def test_a_word_that_only_datasets_hold_is_not_looked_for_in_records() -> None:
    assert filtered(Clause("지역", (), ("a", "b"))) == {
        "filter": [{"terms": {"version": ["a@1", "b@1"]}}],
        "should": [],
    }


def test_of_too_many_ways_each_word_is_looked_for_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "MOST_WAYS", 1)
    unwanted = Clause("변소", (Word("변소", across=False),), excluded=True)
    found = bodies.request(Top(replace(SELECTION, clauses=(*SELECTION.clauses, unwanted)), 3), BUILD)
    held = {"bool": {"should": [TOILETS, {"terms": {"version": ["b@1"]}}], "minimum_should_match": 1}}
    street = {"bool": {"should": [STREET, {"terms": {"version": []}}], "minimum_should_match": 1}}
    none = {
        "bool": {
            "should": [{"term": {"inside": "변소"}}, {"terms": {"version": []}}],
            "minimum_should_match": 1,
        }
    }
    assert found["query"]["bool"] == {
        "filter": [LIVE, held, street, {"terms": {"year": [2020, 2021]}}],
        "must_not": [none],
        "should": [],
    }
