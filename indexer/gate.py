"""The gate before publishing: what was written must be what the stored tables hold, to the last sum."""

from collections.abc import Mapping, Sequence

from indexer.flatten import Sum
from search.documents import Dataset
from search.engine import Snapshot
from search.plan import Answer, Filter, Group, Groups, Selection, Stat

TOLERANCE = 1e-9
"""Of the sum of the values' sizes; sums of doubles taken in another order differ in their last digits."""

AT_ONCE = 20
"""Datasets asked for in one trip: a server looks at some of them side by side."""

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
    every = list(written.values())
    for start in range(0, len(every), AT_ONCE):
        some = every[start : start + AT_ONCE]
        answers = _asked(snapshot, [Groups(_only(dataset), numbers=tuple(sums)) for dataset, sums in some])
        for (dataset, sums), answer in zip(some, answers, strict=True):
            _check_one(dataset, sums, answer.groups[0])
    expected = {dataset.id: dataset.records for dataset in snapshot.datasets.values() if dataset.records}
    by_dataset = Groups(Selection(), by=("dataset",), limit=len(expected) + 1_000)
    (counted,) = _asked(snapshot, [by_dataset])
    found = {str(group.keys[0]): group.records for group in counted.groups}
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name, 0) != found.get(name, 0):
            raise GateClosed(
                f"{name}: {expected.get(name, 0):,} records expected, {found.get(name, 0):,} in the index; "
                "the published build stays: gbp index --all builds everything anew"
            )


def _only(dataset: Dataset) -> Selection:
    return Selection(filters=(Filter("dataset", (dataset.id,)),))


def _asked(snapshot: Snapshot, questions: Sequence[Groups]) -> Sequence[Answer]:
    answers = snapshot.ask(questions)
    if any(answer.partial for answer in answers):
        raise GateClosed("the engine could not count everything in time; the published build stays")
    return answers


def _check_one(dataset: Dataset, sums: Mapping[str, Sum], group: Group) -> None:
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
