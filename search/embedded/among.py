"""Where tantivy looks for the records of a way: it goes through all records of the datasets that are named. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from search.documents import Dataset
from search.ways import Way, Ways


@dataclass(frozen=True)
class Among:
    """Records of the datasets, or of all but them."""

    datasets: tuple[str, ...]
    excluded: bool


def among(way: Way, found: Ways, datasets: Mapping[str, Dataset], rare: int) -> Among | None:
    """Where to look for the records of a way, so that the fewest are looked at; None: everywhere.

    ``rare``: how many records hold its rarest word. Where fewer words are left to be held, records that hold them all
    are selected too: those need not be kept out.
    """
    if len(way.datasets) == 1:  # as most questions have it: the first records of a dataset
        return Among(way.datasets, excluded=False)
    wanted = frozenset(way.clauses)
    wider = tuple(key for other in found.ways if wanted.issuperset(other.clauses) for key in other.datasets)
    every = _records(datasets, datasets)
    _, excluded, keys = min(
        (looked_at, excluded, keys)
        for keys in {way.datasets, wider}
        for excluded, looked_at in _looked_at(_records(keys, datasets), every, rare)
    )
    if not excluded:
        return Among(keys, excluded=False)
    there = frozenset(keys)
    but = tuple(key for key in datasets if key not in there)
    return Among(but, excluded=True) if but else None


def _looked_at(named: int, every: int, rare: int) -> Iterator[tuple[bool, int]]:
    """Records that are looked at where datasets of so many are named, and where all others are."""
    yield False, named + min(rare, named)
    yield True, every - named + rare


def _records(keys: Iterable[str], datasets: Mapping[str, Dataset]) -> int:
    return sum(datasets[key].records for key in keys)
