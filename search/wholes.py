"""How many records each dataset of a build has by each value of a field: counted once, for a build never changes."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt

from search.documents import Dataset
from search.engine import Snapshot, TooManyGroups
from search.plan import Answer, Filter, Groups, Key, Selection

MOST_GROUPS = 65_000
"""What engines count in one answer."""

RECORDS_AT_A_TIME = 2_000_000
"""Some tenths of a second: readers wait for an engine no longer than a few."""

Numbers = npt.NDArray[np.int64]


class Late(Exception):
    """There are no counts yet: the clock cut the counting short, or another thread is still at it."""


@dataclass(frozen=True)
class Counts:
    """``of``: by dataset the places of its values among ``keys``, and its records with each of them."""

    keys: tuple[Key, ...]
    of: dict[str, tuple[Numbers, Numbers]]

    def added(self, datasets: Iterable[str]) -> dict[Key, int]:
        """Records of all the datasets by value, none where there are none."""
        found = [self.of[one] for one in datasets]
        if not found:
            return {}
        places, records = (np.concatenate(parts) for parts in zip(*found, strict=True))
        # sums of whole numbers are exact in a float up to 2^53
        sums = np.bincount(places, records, len(self.keys)).astype(np.int64)
        there = np.flatnonzero(sums)
        return {self.keys[at]: count for at, count in zip(there.tolist(), sums[there].tolist(), strict=True)}

    def only(self, datasets: AbstractSet[str]) -> "Counts":
        return Counts(self.keys, {key: values for key, values in self.of.items() if key in datasets})

    def beside(self, found: Mapping[str, Mapping[Key, int]]) -> "Counts":
        """With other datasets, of which the records are given by value."""
        keys = tuple(dict.fromkeys(chain(self.keys, *found.values())))
        places = {key: at for at, key in enumerate(keys)}
        return Counts(keys, {**self.of, **{key: _numbers(values, places) for key, values in found.items()}})


@dataclass(frozen=True)
class Wholes:
    """Counts of the datasets of one build by field, made when they are first asked for.

    What was counted of the build before holds for all datasets that were not written anew since; those of too many
    values to be counted then are not counted now.
    Threads may share it. None waits for another: behind a server that hangs they would all stand in a line.
    """

    snapshot: Snapshot
    _same: AbstractSet[str] = frozenset()
    _before: Mapping[str, Counts] = field(default_factory=dict)
    made: dict[str, Counts] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def after(cls, before: "Wholes", snapshot: Snapshot) -> "Wholes":
        """Those of the next build."""
        written = before.snapshot.versions
        made = dict(before.made)  # readers of that build may still add to it
        same = {key for key, version in snapshot.versions.items() if written.get(key) == version}
        return cls(snapshot, same, {name: counts.only(same) for name, counts in made.items()})

    def by(self, name: str) -> Counts:
        """The counts by a field; a dataset of more values than an engine counts is not in them.

        Raises Late, EngineDown.
        """
        if name not in self.made:
            if not self._lock.acquire(blocking=False):
                raise Late
            try:
                self.made[name] = self._counts(name)
            finally:
                self._lock.release()
        return self.made[name]

    def _counts(self, name: str) -> Counts:
        before = self._before.get(name)
        datasets = self.snapshot.datasets.values()
        portions = _portions(one for one in datasets if before is None or one.id not in self._same)
        found = dict(chain.from_iterable(self._counted(datasets, name) for datasets in portions))
        return (before or Counts((), {})).beside(found)

    def _counted(self, datasets: tuple[str, ...], name: str) -> Iterator[tuple[str, dict[Key, int]]]:
        """Of each dataset its records by value; half of the datasets at a time where all have too many values."""
        by = tuple(dict.fromkeys(("dataset", name)))
        question = Groups(Selection(filters=(Filter("dataset", datasets),)), by, limit=MOST_GROUPS)
        answer = self._asked(question)
        if answer is None:
            for half in _halves(datasets):
                yield from self._counted(half, name)
            return
        found: dict[str, dict[Key, int]] = {key: {} for key in datasets}
        for group in answer.groups:
            found[str(group.keys[0])][group.keys[-1]] = group.records
        yield from found.items()

    def _asked(self, question: Groups) -> Answer | None:
        """None where there are more groups than an engine counts."""
        try:
            (answer,) = self.snapshot.ask([question])
        except TooManyGroups:
            return None
        if answer.late:
            raise Late
        return None if answer.partial else answer


def _portions(datasets: Iterable[Dataset]) -> Iterator[tuple[str, ...]]:
    """Datasets with no more records together than are counted at a time; one that has more by itself."""
    portion: list[Dataset] = []
    for one in datasets:
        if portion and sum(other.records for other in portion) + one.records > RECORDS_AT_A_TIME:
            yield tuple(other.id for other in portion)
            portion = []
        portion.append(one)
    if portion:
        yield tuple(one.id for one in portion)


def _halves(datasets: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Nothing is left of a dataset that has too many values by itself."""
    middle = len(datasets) // 2
    return (datasets[:middle], datasets[middle:]) if middle else ()


def _numbers(values: Mapping[Key, int], places: dict[Key, int]) -> tuple[Numbers, Numbers]:
    return (
        np.array([places[key] for key in values], np.int64),
        np.array(list(values.values()), np.int64),
    )
