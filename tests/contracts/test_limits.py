"""What bounds an answer, on every engine alike."""

import pytest

from search.documents import Column, Dataset, Record
from search.engine import Engine, Snapshot, TooManyGroups
from search.plan import PAGING_LIMIT, Groups, Selection, Top
from tests.batches import beside

MANY = 33_000
"""Two levels of so many are more groups than either engine counts in one answer."""


KIND = Column("종류", "category", slot="d0")


def numbered(records: int, *, rows: int = 1) -> tuple[Dataset, list[Record]]:
    """A dataset in which every record has a region of its own, and a kind for each ``rows`` of them."""
    dataset = Dataset("수", "번호", "행정 > 기타", "강동구", "", "n.csv", "e", "2026", records, (KIND,))
    return dataset, [
        Record(
            "수",
            at,
            dataset.area,
            dataset.provider,
            "",
            {},
            region=f"r{at}",
            dimensions={"d0": f"k{at // rows}"},
        )
        for at in range(records)
    ]


def staged(engine: Engine, dataset: Dataset, records: list[Record]) -> Snapshot:
    """A sealed build, as the gate reads it: with more patience than readers have."""
    stage = engine.stage("b1")
    stage.put(dataset, beside(records, dataset))
    found = stage.seal()
    stage.publish()
    return found


def test_groups_beyond_the_limit_are_cut_and_the_answer_says_so(engine: Engine) -> None:
    whole, cut, nested = staged(engine, *numbered(300, rows=100)).ask(
        [
            Groups(Selection(), by=("d0",), limit=3),
            Groups(Selection(), by=("region",), limit=299),
            Groups(Selection(), by=("d0", "region"), limit=99),
        ]
    )
    assert (len(whole.groups), whole.partial) == (3, False)
    assert (len(cut.groups), cut.partial) == (299, True)
    assert (len(nested.groups), nested.partial) == (3 * 99, True)


def test_more_groups_than_an_engine_counts_are_refused_by_name(engine: Engine) -> None:
    snapshot = staged(engine, *numbered(MANY))
    with pytest.raises(TooManyGroups):
        snapshot.ask([Groups(Selection(), by=("region", "d0"), limit=MANY)])
    # each has its own limit: two that are answered alone are not refused for being asked together
    regions, kinds = snapshot.ask([Groups(Selection(), by=(name,), limit=MANY) for name in ("region", "d0")])
    assert [len(regions.groups), len(kinds.groups)] == [MANY, MANY]
    # the last page by number, and a cursor from there on
    last, beyond = snapshot.ask(
        [
            Top(Selection(), 5, offset=PAGING_LIMIT - 5, order="row"),
            Top(Selection(), 5, order="row", after=PAGING_LIMIT - 1),
        ]
    )
    assert [hit.record.ordinal for hit in last.hits] == list(range(PAGING_LIMIT - 5, PAGING_LIMIT))
    assert [hit.record.ordinal for hit in beyond.hits] == list(range(PAGING_LIMIT, PAGING_LIMIT + 5))


def test_no_page_by_number_goes_beyond_the_limit() -> None:
    with pytest.raises(ValueError, match="cursor"):
        Top(Selection(), 1, offset=PAGING_LIMIT)


# IMPORT
