"""Where the records of a result are: counted by cells of a map, each called by the region it lies in."""

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from search.engine import Snapshot
from search.plan import Group, Groups, Selection

FINE, COARSE = "cell_200m", "cell_2km"
MOST_CELLS = 600
"""More circles than these are a stain: then coarse cells are drawn."""

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
    """Coarse cells, which are few: they go along with a search, and tell whether there is a map to draw."""
    return Groups(selection, by=(COARSE,), limit=MOST_CELLS)


def places(snapshot: Snapshot, selection: Selection) -> Places:
    """Cells as fine as can be told apart, each called as most records of the build call it."""
    asked = (Groups(selection, by=(FINE,), limit=MOST_CELLS), question(selection))
    fine, coarse = snapshot.ask(asked)
    cell, counted = (COARSE, coarse) if fine.partial else (FINE, fine)
    (named,) = snapshot.ask([Groups(Selection(), by=(cell, "region"), limit=MOST_NAMED)])
    regions = _regions(named.groups, {str(group.keys[0]) for group in counted.groups})
    spots = [_spot(group, regions) for group in counted.groups]
    return Places(tuple(sorted(spots, key=lambda spot: -spot.records)), cell, counted.partial)


def _regions(groups: Iterable[Group], cells: AbstractSet[str]) -> dict[str, str]:
    """For each of the cells the region that most of its records name."""
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for group in groups:
        if (cell := str(group.keys[0])) in cells:
            found[cell].append((group.records, str(group.keys[1])))
    return {cell: max(named)[1] for cell, named in found.items()}


def _spot(group: Group, regions: dict[str, str]) -> Spot:
    cell = str(group.keys[0])
    lat, lon = map(float, cell.split(","))
    return Spot(lat, lon, regions.get(cell, ""), group.records)
