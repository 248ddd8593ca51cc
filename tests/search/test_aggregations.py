"""Aggregations there and back."""

from typing import Any

import pytest

from search import aggregations
from search.plan import Answer, Group, Groups, Selection, Stat

STATS = {"count": 2, "sum": 3, "min": 1, "max": 2, "avg": 1.5}
NO_STATS = {"count": 0, "sum": 0, "min": None, "max": None}


def terms(*buckets: dict[str, Any], rest: int = 0) -> dict[str, Any]:
    return {"by": {"buckets": list(buckets), "sum_other_doc_count": rest}}


def bucket(key: object, count: int, **inner: Any) -> dict[str, Any]:
    return {"key": key, "doc_count": count, **inner}


def test_without_fields_there_is_one_group_of_everything() -> None:
    question = Groups(Selection(), numbers=("m0", "m1"))
    assert aggregations.body(question) == {slot: {"stats": {"field": slot}} for slot in ("m0", "m1")}
    assert aggregations.read(question, {"m0": STATS, "m1": NO_STATS}, 2) == (
        Group((), 2, {"m0": Stat(3.0, 2, 1.0, 2.0), "m1": Stat(0.0, 0, None, None)}),
    )


def test_groups_come_in_the_order_of_their_keys_numbers_as_numbers() -> None:
    answer = terms(bucket(2020.0, 5), bucket(2019, 1), bucket(2021, 7))
    found = aggregations.read(Groups(Selection(), by=("year",)), answer, 0)
    assert [(group.keys, group.records) for group in found] == [((2019,), 1), ((2020,), 5), ((2021,), 7)]


def test_two_fields_give_a_group_for_each_pair_there_is() -> None:
    answer = terms(
        bucket("나", 3, **terms(bucket(2020, 3, m0=STATS))),
        bucket("가", 2, **terms(bucket(2021, 1, m0=STATS), bucket(2020, 1, m0=NO_STATS))),
    )
    found = aggregations.read(Groups(Selection(), by=("d0", "year"), numbers=("m0",)), answer, 0)
    assert [group.keys for group in found] == [("가", 2020), ("가", 2021), ("나", 2020)]


def test_within_each_value_the_second_with_the_most_records_is_known_of_equals_the_last() -> None:
    pairs = {("37", "가"): 2, ("37", "나"): 5, ("37", "다"): 5, ("38", "가"): 9, ("38", "나"): 1}
    answer = Answer(tuple(Group(keys, records) for keys, records in pairs.items()))
    assert answer.fullest_within == {"37": "다", "38": "가"}


@pytest.mark.parametrize(
    ("by", "answer", "cut"),
    [
        (("d0",), terms(bucket("가", 1)), False),
        (("d0",), terms(bucket("가", 1), rest=4), True),
        (("d0", "d1"), terms(bucket("가", 1, **terms(bucket("나", 1)))), False),
        (("d0", "d1"), terms(bucket("가", 1, **terms(bucket("나", 1), rest=1))), True),
        ((), {}, False),
    ],
)
def test_an_answer_without_all_groups_is_known(
    by: tuple[str, ...], answer: dict[str, Any], cut: bool
) -> None:
    assert aggregations.is_cut(Groups(Selection(), by=by), answer) is cut
