"""The gate before publishing: what was written must be what the stored tables hold, to the last sum."""

import math
from collections.abc import Mapping

from search.documents import Dataset
from search.engine import Snapshot
from search.plan import Filter, Groups, Selection, Stat

TOLERANCE = 1e-9
"""Relative; sums of doubles taken in another order differ in their last digits."""


class GateClosed(Exception):
    """The staged build is not what the tables say; it is not published."""


def check(snapshot: Snapshot, written: Mapping[str, tuple[Dataset, dict[str, tuple[int, float]]]]) -> None:
    """Compare counts and sums. ``written``: dataset and, by slot, number of values and sum.

    Raises GateClosed naming dataset, column and both figures.
    """
    for dataset, sums in written.values():
        _check_one(snapshot, dataset, sums)
    (counted,) = snapshot.ask([Groups(Selection(), by=("dataset",))])
    found = {str(group.keys[0]): group.records for group in counted.groups}
    for dataset in snapshot.datasets.values():
        if found.pop(dataset.id, 0) != dataset.records:
            raise GateClosed(
                f"{dataset.id}: {dataset.records} records expected, the index holds another number"
            )
    if found:
        raise GateClosed(f"records of unknown datasets in the index: {', '.join(sorted(found))}")


def _check_one(snapshot: Snapshot, dataset: Dataset, sums: dict[str, tuple[int, float]]) -> None:
    only = Selection(filters=(Filter("dataset", (dataset.id,)),))
    (answer,) = snapshot.ask([Groups(only, numbers=tuple(sums))])
    group = answer.groups[0]
    if group.records != dataset.records:
        raise GateClosed(
            f"{dataset.id}: {dataset.records} records in the table, {group.records} in the index"
        )
    names = {column.slot: column.name for column in dataset.columns}
    for slot, (count, total) in sums.items():
        stat = group.stats[slot]
        if not _same(stat, count, total):
            raise GateClosed(
                f"{dataset.id}: column {names[slot]}: {count} values with sum {total} in the table, "
                f"{stat.count} with sum {stat.sum} in the index"
            )


def _same(stat: Stat, count: int, total: float) -> bool:
    return stat.count == count and math.isclose(stat.sum, total, rel_tol=TOLERANCE, abs_tol=1e-6)
