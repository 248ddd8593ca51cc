"""The gate before publishing: what was written must be what the stored tables hold, to the last sum."""

from collections.abc import Mapping

from indexer.flatten import Sum
from search.documents import Dataset
from search.engine import Snapshot
from search.plan import Answer, Filter, Groups, Selection, Stat

TOLERANCE = 1e-9
"""Of the sum of the values' sizes; sums of doubles taken in another order differ in their last digits."""

Written = Mapping[str, tuple[Dataset, Mapping[str, Sum]]]


class GateClosed(Exception):
    """The staged build is not what the tables say; it is not published."""


class Unfit(GateClosed):
    """One dataset cannot be published; the others may be. ``dataset`` names it."""

    def __init__(self, dataset: str, why: str) -> None:
        super().__init__(why)
        self.dataset = dataset


def check(snapshot: Snapshot, written: Written) -> None:
    """Compare counts and sums. ``written``: by id each dataset put in and, by slot, what its table holds.

    Raises GateClosed naming dataset, column and both figures.
    """
    for dataset, sums in written.values():
        _check_one(snapshot, dataset, sums)
    expected = {dataset.id: dataset.records for dataset in snapshot.datasets.values() if dataset.records}
    found = {
        str(group.keys[0]): group.records
        for group in _asked(
            snapshot, Groups(Selection(), by=("dataset",), limit=len(expected) + 1_000)
        ).groups
    }
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name, 0) != found.get(name, 0):
            raise GateClosed(
                f"{name}: {expected.get(name, 0):,} records expected, {found.get(name, 0):,} in the index; "
                "the published build stays: gbp index --all builds everything anew"
            )


def _asked(snapshot: Snapshot, question: Groups) -> Answer:
    (answer,) = snapshot.ask([question])
    if answer.partial:
        raise GateClosed("the engine could not count everything in time; the published build stays")
    return answer


def _check_one(snapshot: Snapshot, dataset: Dataset, sums: Mapping[str, Sum]) -> None:
    only = Selection(filters=(Filter("dataset", (dataset.id,)),))
    group = _asked(snapshot, Groups(only, numbers=tuple(sums))).groups[0]
    if group.records != dataset.records:
        raise Unfit(
            dataset.id,
            f"{dataset.id}: {dataset.records:,} records in the table, {group.records:,} in the index; "
            "the published build stays",
        )
    names = {column.slot: column.name for column in dataset.columns}
    for slot, wanted in sums.items():
        stat = group.stats[slot]
        if not _same(stat, wanted):
            raise Unfit(
                dataset.id,
                f"{dataset.id}, column {names[slot]}: {wanted.count:,} values with sum {wanted.total:.15g} "
                f"in the table, {stat.count:,} with sum {stat.sum:.15g} in the index; the published build stays",
            )


def _same(stat: Stat, wanted: Sum) -> bool:
    # equal first: sums beyond the range of a double are infinite on both sides
    near = stat.sum == wanted.total or abs(stat.sum - wanted.total) <= TOLERANCE * wanted.size
    return stat.count == wanted.count and near
