"""What OpenSearch is asked, whole."""

from search.gathering import gathered
from search.opensearch import bodies
from search.plan import Best, Clause, Filter, Groups, Selection, Top, Word

LIVE = {"terms": {"version": ["a@1", "b@1"]}}
SELECTION = Selection(
    (
        Clause("화장실", (Word("화장실", across=False), Word("변소", across=False)), ("b",)),
        Clause("천호공원길", (Word("천호공원길", across=True),)),
    ),
    (Filter("year", (2020, 2021)),),
)
FILTER = [
    LIVE,
    {
        "bool": {
            "should": [
                {"bool": {"filter": [{"term": {"inside": "화장"}}, {"term": {"inside": "장실"}}]}},
                {"term": {"inside": "변소"}},
                {"terms": {"dataset": ["b"]}},
            ],
            "minimum_should_match": 1,
        }
    },
    {"bool": {"filter": [{"term": {"across": gram}} for gram in ("천호", "호공", "공원", "원길")]}},
    {"terms": {"year": [2020, 2021]}},
]


def test_groups_ask_for_no_hits_and_no_scores() -> None:
    (part,) = gathered([Groups(SELECTION, by=("year", "area"), numbers=("m0",))])
    assert bodies.request(part, LIVE) == {
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
    assert bodies.request(part, LIVE) == {
        "size": 0,
        "timeout": "3s",
        "track_total_hits": True,
        "query": {"bool": {"filter": [LIVE]}},
    }


def test_hits_are_ranked_by_title_before_body_and_not_counted() -> None:
    assert bodies.request(Top(SELECTION, 3, rank="화장실"), LIVE) == {
        "size": 3,
        "timeout": "3s",
        "track_total_hits": False,
        "track_scores": True,
        "query": {
            "bool": {
                "filter": FILTER,
                "should": [
                    {"match": {"title": {"query": "화장실", "boost": 3.0}}},
                    {"match": {"body": {"query": "화장실", "boost": 1.0}}},
                ],
            }
        },
        "sort": [{"_score": "desc"}, {"_doc": "asc"}],
    }


def test_a_cursor_goes_on_after_a_row() -> None:
    body = bodies.request(Top(Selection(), 20, order="row", after=41), LIVE)
    assert (body["sort"], body["search_after"]) == ([{"ordinal": "asc"}], [41])


def test_what_is_counted_of_the_same_records_is_one_request() -> None:
    by_area, by_year = (Groups(SELECTION, by=(name,)) for name in ("area", "year"))
    (part,) = gathered([by_area, by_year, by_area])
    body = bodies.request(part, LIVE)
    assert {name: inner["terms"]["field"] for name, inner in body["aggs"].items()} == {
        "0_by": "area",
        "1_by": "year",
    }


def test_the_best_of_each_dataset_is_read_without_its_records() -> None:
    body = bodies.request(Best(SELECTION, 300, "천호"), LIVE)
    assert (body["_source"], body["docvalue_fields"], body["size"]) == (False, ["dataset"], 300)
    assert body["track_total_hits"] is False
