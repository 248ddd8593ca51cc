"""Where the records of a result are: counted by cells of a map, each called by the region it lies in."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.documents import cells
from search.engine import Snapshot
from search.plan import Group, Groups, Selection

FINE, COARSE = "cell_200m", "cell_2km"
MOST_CELLS = 600
"""More circles than these are a stain: then coarse cells are drawn."""

MOST_COUNTED = 5_000
"""More fine cells than a district has: then the engine counts by coarse ones, too."""

MOST_NAMED = 5_000
"""Cells of a build that are called by a region."""


@dataclass(frozen=True)
class Spot:
    """A cell with records: its middle in WGS84, the region most of them name (or nothing), how many they are."""

    lat: float
    lon: float
    region: str
    records: int


@dataclass(frozen=True)
class Places:
    """The fullest cells first. ``cut``: there are more cells than are counted."""

    spots: tuple[Spot, ...]
    cell: str
    cut: bool

    @property
    def records(self) -> int:
        return sum(spot.records for spot in self.spots)


def question(selection: Selection) -> Groups:
    """Fine cells: they go along with a search, and tell whether there is a map to draw."""
    return Groups(selection, by=(FINE,), limit=MOST_COUNTED)


def places(snapshot: Snapshot, selection: Selection) -> Places:
    """Cells as fine as can be told apart, each called as most records of the build call it."""
    (fine,) = snapshot.ask([question(selection)])
    if len(fine.groups) <= MOST_CELLS and not fine.partial:
        return _named(snapshot, FINE, _records(fine.groups))
    if not fine.partial:
        return _named(snapshot, COARSE, _coarse(fine.groups))
    (coarse,) = snapshot.ask([Groups(selection, by=(COARSE,), limit=MOST_CELLS)])
    return _named(snapshot, COARSE, _records(coarse.groups), cut=coarse.partial)


def _records(groups: Iterable[Group]) -> dict[str, int]:
    return {str(group.keys[0]): group.records for group in groups}


def _coarse(fine: Iterable[Group]) -> Counter[str]:
    """The same by coarse cells: each holds a hundred fine ones, whole."""
    found: Counter[str] = Counter()
    for cell, records in _records(fine).items():
        found[cells(_middle(cell))[COARSE]] += records
    return found


def _named(snapshot: Snapshot, cell: str, found: Mapping[str, int], *, cut: bool = False) -> Places:
    (named,) = snapshot.ask([Groups(Selection(), by=(cell, "region"), limit=MOST_NAMED)])
    spots = (
        Spot(*_middle(key), str(named.fullest_within.get(key, "")), records) for key, records in found.items()
    )
    shown = sorted(spots, key=lambda spot: -spot.records)
    return Places(tuple(shown[:MOST_CELLS]), cell, cut or len(shown) > MOST_CELLS)


def _middle(cell: str) -> tuple[float, float]:
    lat, lon = map(float, cell.split(","))
    return lat, lon
